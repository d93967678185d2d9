"""Sessions in the database, read by one plain statement: every request of the screens asks for one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from careline.kit import db


class SessionStore(DatabaseStore):
    """Django's own, but for how it is read. Expiry is real time: a browser knows no test clock."""

    def _get_session_from_db(self) -> Any:
        found = db.row(
            "SELECT session_key, session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > now()",
            [self.session_key],
            prepared=True,
        )
        if found is None:
            self._session_key = None
        return found
