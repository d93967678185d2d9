import itertools

import pytest

from tests.domain.channels.email.imap.dovecot import Dovecot

NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server():
    """One Dovecot for all tests; each test has a mailbox of its own (see `account`)."""
    dovecot = Dovecot()
    dovecot.start()
    yield dovecot
    dovecot.close()


@pytest.fixture
def account():
    return f"support{next(NUMBERS)}"


@pytest.fixture
def theirs(server, account):
    """The mailbox as another mail program sees it."""
    client = server.client(account)
    client.select_folder("INBOX")
    yield client
    client.shutdown()
