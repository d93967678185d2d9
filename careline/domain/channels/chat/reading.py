"""The raw form: {"visitor", "name", "thread", "client_id", "text", "language", "subject", "verified", "files", "page", "fields"}.

`files` name contents that are stored already: {"digest", "name", "type"}. Everything may be missing or wrong: what cannot be
read is said in `defects`, and the rest is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from careline.domain.channels.chat.addresses import message_word, thread_word, visitor_address
from careline.domain.channels.inbound import Authenticity, Inbound, InboundFile, Party
from careline.domain.files.queries import content_of
from careline.kit.storage import ContentMissing

_DIGEST = re.compile(r"[0-9a-f]{64}")


def read(raw: bytes) -> Inbound:
    """Never raises for what is in `raw`."""
    defects: list[str] = []
    given = _object(raw, defects)
    text, thread, name = _word(given, "text"), _word(given, "thread"), _word(given, "client_id")
    visitor = _word(given, "visitor")
    inbound = Inbound(
        sender=Party(visitor_address(visitor) if visitor else "", " ".join(_word(given, "name").split()), "chat"),
        subject=" ".join(_word(given, "subject").split()),
        text=text,
        visible_text=text,
        external_id=message_word(thread, name) if thread and name else "",
        references=[thread_word(thread)] if thread else [],
        attachments=_files(given, defects),
        authenticity=Authenticity(verified=given.get("verified") is True, source="door"),
        defects=defects,
        data={"form": "chat"},
    )
    inbound.fingerprint = _fingerprint(visitor, thread, name, raw)
    return inbound


def _object(raw: bytes, defects: list[str]) -> dict[str, Any]:
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        given = None
    if isinstance(given, dict):
        return given
    defects.append("It is not one JSON object; its bytes are shown as text.")
    return {"text": raw.decode("utf-8", "replace")}


def _word(given: dict[str, Any], name: str) -> str:
    """Text that a database can hold: no NUL, no half of a surrogate pair."""
    found = given.get(name)
    if not isinstance(found, str):
        return ""
    return found.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def _files(given: dict[str, Any], defects: list[str]) -> list[InboundFile]:
    entries = given.get("files")
    found = []
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        digest = _word(entry, "digest")
        try:
            content = content_of(digest if _DIGEST.fullmatch(digest) else "0" * 64)
        except (ContentMissing, ValueError, OSError):
            defects.append("A file is no longer stored.")
            continue
        found.append(
            InboundFile(_word(entry, "name") or "file", _word(entry, "type") or "application/octet-stream", content)
        )
    return found


def _fingerprint(visitor: str, thread: str, name: str, raw: bytes) -> str:
    digest = hashlib.sha256(f"chat {visitor} {thread} {name}".encode())
    if not (thread and name):
        digest.update(raw)
    return digest.hexdigest()
