"""Sessions in the database, read by one plain statement: every request of the screens asks for one."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
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

    def opened_with(self, session_data: str) -> None:
        """For whoever has read what the session holds already, in one statement with what belongs to it."""
        self._session_cache = self.decode(session_data)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Django's own check of the signature, once for the same text; whoever asks is given a copy that is theirs to change."""
        held: dict[str, Any] = json.loads(_opened(session_data, settings.SECRET_KEY))
        return held


@lru_cache(maxsize=5_000)
def _opened(session_data: bytes | str, _secret: str) -> str:
    return json.dumps(DatabaseStore().decode(session_data))
