"""`CARELINE_DATABASE_URL` as Django's database settings."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class BadDatabaseUrl(ValueError):
    """The URL is not one of PostgreSQL's; the sentence says what is wanted."""


def database_settings(url: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name?host=/socket/folder` as Django wants it; an empty URL gives a dummy.

    With the dummy, commands that need no database (`careline mail parse`) can still import the settings.
    """
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadDatabaseUrl("CARELINE_DATABASE_URL must begin with postgresql://, as in postgresql://user@host/name.")
    query = parse_qs(parts.query)
    options = {key: values[-1] for key, values in query.items() if key not in ("host", "port")}
    return {
        "ENGINE": "careline.kit.database",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[-1],
        "PORT": query.get("port", [str(parts.port or "")])[-1],
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "application_name": "careline"},
        "TEST": {"NAME": "careline_test"},
    }
