"""The connection as Django loads it: settings name this package."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Asked once for every request: a server that went away has closed the socket, and one that is silent has said nothing.

        Where something lies there to be read, or something is under way, Django asks the server itself.
        """
        raw = self.connection
        if raw is None or raw.closed:
            return False
        if raw.info.transaction_status != TransactionStatus.IDLE or _has_said_something(raw.fileno()):
            usable: bool = super().is_usable()
            return usable
        return True


def _has_said_something(socket: int) -> bool:
    looks = select.poll()
    looks.register(socket, select.POLLIN)
    return bool(looks.poll(0))
