"""Settings that can't work are refused where they are typed, at their field; not found out when mail is missing."""

import pytest

from careline.domain.channels.commands import BadSettings, add_channel
from careline.domain.company.queries import default_brand
from careline.domain.history.actor import SYSTEM
from tests.world import NOON, make_world


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("imap_url", "http://mail.example.com"),
        ("imap_url", "imaps://ben@mail.example.com:many"),
        ("imap_url", "imaps://[mail.example.com"),
        ("imap_after", "burn"),
        ("smtp_url", "mail.example.com"),
    ],
)
def test_a_setting_that_can_not_work_is_refused_at_its_field(name: str, words: str) -> None:
    make_world()
    with pytest.raises(BadSettings) as refused:
        add_channel(
            "email", name="Box", address="box@northwind.example", brand_id=default_brand().pk, team_id=None,
            settings={name: words}, by=SYSTEM, at=NOON,
        )  # fmt: skip
    assert refused.value.field == name
    assert "many" not in str(refused.value)
