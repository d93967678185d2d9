import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("dovecot", Path(__file__).with_name("dovecot.py"))
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)


@pytest.fixture(scope="session")
def server():
    """One Dovecot for all tests; each test has a mailbox of its own (see `account`)."""
    dovecot = _module.Dovecot()
    dovecot.start()
    yield dovecot
    dovecot.close()
