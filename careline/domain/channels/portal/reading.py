"""The raw form: {"id", "from": {"value", "name"}, "to", "case", "text", "in_reply_to", "sent_at", "files": [{"name", "type", "content"}], "seal"}.

It is made by us (`written`), and sealed: only with its seal does it prove its sender and name its case. What cannot be read
is said in `defects`, and the rest is kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from careline.domain.channels.inbound import Authenticity, Inbound, InboundFile, Party
from careline.kit.keys import ring

_PURPOSE = "portal message"
_SEAL_LENGTH = 32


def written(*, name: str, sender: Party, to: str, case: int, subject: str, text: str, files: Sequence[InboundFile],
            in_reply_to: str, at: datetime) -> bytes:  # fmt: skip
    """The raw message as it is stored, sealed. `name` is its own in the outside world, without angle brackets."""
    said: dict[str, Any] = {
        "id": f"<{name}>", "from": {"value": sender.value, "name": sender.name}, "to": to, "case": case, "subject": subject,
        "text": text, "in_reply_to": in_reply_to, "sent_at": at.astimezone(UTC).isoformat(),
        "files": [
            {"name": file.name, "type": file.media_type, "content": base64.b64encode(file.content).decode()} for file in files
        ],
    }  # fmt: skip
    return json.dumps({**said, "seal": ring().sign(_PURPOSE, _sealed_part(said), length=_SEAL_LENGTH)}).encode()


def read(raw: bytes) -> Inbound:
    """Never raises for what is in `raw`."""
    defects: list[str] = []
    given = _object(raw, defects)
    seal, said = _word(given, "seal"), {name: word for name, word in given.items() if name != "seal"}
    is_ours = len(seal) == _SEAL_LENGTH and ring().is_signed(_PURPOSE, _sealed_part(said), seal)
    text, number, to = _word(given, "text"), given.get("case"), _word(given, "to")
    inbound = Inbound(
        sender=_party(given.get("from")), to=[Party(to)] if to else [], subject=" ".join(_word(given, "subject").split()), text=text,
        visible_text=text, sent_at=_moment(_word(given, "sent_at"), defects), external_id=_word(given, "id"),
        in_reply_to=_word(given, "in_reply_to"), attachments=_files(given, defects), defects=defects,
        authenticity=Authenticity(verified=is_ours, source="portal" if is_ours else ""),
        data={"signed_cases": [number]} if is_ours and isinstance(number, int) else {},
    )  # fmt: skip
    digest = hashlib.sha256(inbound.sender.value.lower().encode())
    digest.update(hashlib.sha256(raw).digest())
    inbound.fingerprint = digest.hexdigest()
    return inbound


def _sealed_part(said: dict[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


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


def _party(given: Any) -> Party:
    return Party(_word(given, "value").strip(), _word(given, "name")) if isinstance(given, dict) else Party("")


def _moment(words: str, defects: list[str]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words) if words else None
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        defects.append("Its date cannot be read.")
        return None


def _files(given: dict[str, Any], defects: list[str]) -> list[InboundFile]:
    found: list[InboundFile] = []
    listed = given.get("files")
    for entry in listed if isinstance(listed, list) else []:
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
