"""What the tests of one file share in the database: made once, and gone without a trace at their end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def lasting(blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture of a module. A test whose fixtures ask for `db` undoes its own part alone."""
    whole = transaction.atomic()
    whole._from_testcase = True  # what has to be the outermost transaction may begin inside
    with blocker.unblock(), whole:
        yield
        transaction.set_rollback(True)
