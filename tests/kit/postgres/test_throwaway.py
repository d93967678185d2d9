import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_in_their_own_database_of_the_throw_away_cluster() -> None:
    assert connection.settings_dict["NAME"] == "careline_test"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('server_version_num')::int >= 150000")
        assert cursor.fetchone() == ("careline", True)
