"""The raw form: {"id", "from", "to", "cc", "subject", "text", "html", "in_reply_to", "references", "sent_at", "files", "auto_reply", "verified"}.

People are {"value", "name"}; files {"name", "type", "content"} with base64. Everything may be missing or wrong: what cannot
be read is said in `defects`, and the rest is kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from careline.domain.channels.inbound import Authenticity, Inbound, InboundFile, InboundKind, Party
from careline.kit.html import sanitise, text_of


def read(raw: bytes) -> Inbound:
    """Never raises for what is in `raw`."""
    defects: list[str] = []
    given = _object(raw, defects)
    html = _word(given, "html")
    text = _word(given, "text") or (text_of(html) if html else "")
    auto_reply = _word(given, "auto_reply")
    inbound = Inbound(
        kind=InboundKind.AUTO_REPLY if auto_reply else InboundKind.MESSAGE, sender=_party(given.get("from")), to=_parties(given, "to"),
        cc=_parties(given, "cc"), subject=" ".join(_word(given, "subject").split()), text=text, html=sanitise(html) if html else "",
        visible_text=text, sent_at=_moment(given, defects), external_id=_word(given, "id"), in_reply_to=_word(given, "in_reply_to"),
        references=[word for word in _list(given, "references") if isinstance(word, str) and word], attachments=_files(given, defects),
        authenticity=Authenticity(verified=given.get("verified") is True, source="door"), auto_reply=auto_reply, defects=defects,
    )  # fmt: skip
    inbound.fingerprint = _fingerprint(inbound, raw)
    return inbound


def _object(raw: bytes, defects: list[str]) -> dict[str, Any]:
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        given = None
    if isinstance(given, dict):
        return given
    defects.append("It is not one JSON object; its bytes are shown as text.")
    return {"text": raw.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")}


def _word(given: dict[str, Any], name: str) -> str:
    """Text that a database can hold: no NUL, no half of a surrogate pair."""
    found = given.get(name)
    return _settled(found) if isinstance(found, str) else ""


def _settled(text: str) -> str:
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def _list(given: dict[str, Any], name: str) -> list[Any]:
    found = given.get(name)
    return found if isinstance(found, list) else []


def _party(given: Any) -> Party:
    return Party(_word(given, "value").strip(), _word(given, "name")) if isinstance(given, dict) else Party("")


def _parties(given: dict[str, Any], name: str) -> list[Party]:
    return [party for party in map(_party, _list(given, name)) if party.value]


def _moment(given: dict[str, Any], defects: list[str]) -> datetime | None:
    written = _word(given, "sent_at")
    try:
        moment = datetime.fromisoformat(written) if written else None
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        defects.append("Its date cannot be read.")
        return None


def _files(given: dict[str, Any], defects: list[str]) -> list[InboundFile]:
    found = []
    for entry in _list(given, "files"):
        if not isinstance(entry, dict):
            continue
        try:
            content = base64.b64decode(_word(entry, "content"), validate=True)
        except (ValueError, binascii.Error):
            defects.append("A file cannot be read.")
            continue
        found.append(
            InboundFile(_word(entry, "name") or "file", _word(entry, "type") or "application/octet-stream", content)
        )
    return found


def _fingerprint(inbound: Inbound, raw: bytes) -> str:
    digest = hashlib.sha256(inbound.sender.value.lower().encode())
    digest.update(hashlib.sha256(raw).digest())
    return digest.hexdigest()
