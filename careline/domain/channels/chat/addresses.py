"""Names that visitors, talks and their messages have in the outside world."""

from __future__ import annotations

_NOWHERE = "chat.invalid"


def visitor_address(key: str) -> str:
    return f"visitor-{key}@{_NOWHERE}"


def is_visitor(address: str) -> bool:
    return address.startswith("visitor-") and address.endswith(f"@{_NOWHERE}")


def thread_word(thread: str) -> str:
    """What all messages of a talk refer to; in the form of a Message-ID, because mails of the case refer to it as well."""
    return f"<{thread}@{_NOWHERE}>"


def message_word(thread: str, name: str) -> str:
    return f"<{thread}.{name}@{_NOWHERE}>"
