import pytest

from tests.stories.desk import Desk


@pytest.fixture
def desk(db, settings) -> Desk:
    """The named world with its mailbox; what leaves is kept here."""
    settings.DEMO, settings.SMTP_URL = True, ""
    return Desk()


@pytest.fixture
def busy_desk(transactional_db, settings) -> Desk:
    """The same for stories in which several act at once, each on a connection of their own."""
    settings.DEMO, settings.SMTP_URL = True, ""
    return Desk()
