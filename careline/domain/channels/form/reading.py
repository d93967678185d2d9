"""The raw form: {"format": 1, "submission", "form": {"id", "name", "version"}, "language", "name", "mail", "subject", "message", "topic",
"answers": [{"label", "shown"}], "fields": {code: value}, "files": [{"name", "type", "content"}], "suspected"}.

`fields` are values fit for the case's own fields, `content` is base64. Everything may be missing or wrong: what can't be read is said
in `defects`, and the rest is kept. Nobody who fills in a form has proven who they are, so it is never verified.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any

from careline.domain.channels.inbound import Inbound, InboundFile, Party

_SUSPECTED = {
    "trap": "It fell into the trap for programs: a field that people do not see was filled in.",
    "links": "It holds many links.",
    "unproven": "Whoever sent it did not answer the question that tells people from programs.",
}


def read(raw: bytes, *, address: str) -> Inbound:
    """Never raises for what is in `raw`. `address` is the one that answers."""
    defects: list[str] = []
    given = _object(raw, defects)
    submission, suspected = _word(given, "submission"), _word(given, "suspected")
    text = "\n\n".join(part for part in (_word(given, "message"), _answers(given)) if part)
    if suspected:
        defects.append(_SUSPECTED.get(suspected, "It looks like spam."))
    inbound = Inbound(
        sender=Party(_word(given, "mail").strip(), " ".join(_word(given, "name").split())), to=[Party(address)] if address else [],
        subject=" ".join(_word(given, "subject").split()), text=text, visible_text=text, attachments=_files(given, defects), defects=defects,
        external_id=f"<form.{_digest(submission)[:32]}@{address.rpartition('@')[2] or 'careline.invalid'}>" if submission else "",
        fingerprint=_digest(f"form {submission}") if submission else hashlib.sha256(b"form " + raw).hexdigest(),
    )  # fmt: skip
    inbound.data = _stated(given, suspected)
    return inbound


def _stated(given: dict[str, Any], suspected: str) -> dict[str, Any]:
    """What the form says of the case itself; flows/stated.py puts it there."""
    topic, fields = given.get("topic"), given.get("fields")
    said = {
        "form": "form",
        "topic": topic if isinstance(topic, int) and not isinstance(topic, bool) else None,
        "fields": _clean(fields) if isinstance(fields, dict) else None,
        "suspected": suspected,
        "language": _word(given, "language")[:20],
    }
    return {name: value for name, value in said.items() if value}


def _clean(value: Any) -> Any:
    """As a database can hold it."""
    if isinstance(value, str):
        return _settled(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {_settled(str(name)): _clean(one) for name, one in value.items()} if isinstance(value, dict) else value


def _object(raw: bytes, defects: list[str]) -> dict[str, Any]:
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        given = None
    if isinstance(given, dict):
        return given
    defects.append("It is not one JSON object; its bytes are shown as text.")
    return {"message": raw.decode("utf-8", "replace")}


def _answers(given: dict[str, Any]) -> str:
    found = given.get("answers")
    pairs = [
        (_word(one, "label"), _word(one, "shown"))
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, dict)
    ]
    return "\n".join(f"{_asking(label)} {shown}" for label, shown in pairs if label or shown)


def _asking(label: str) -> str:
    """A question ends by itself, a name with a colon."""
    return label if label.endswith(("?", "؟", "？", ":")) else f"{label}:"


def _word(given: dict[str, Any], name: str) -> str:
    found = given.get(name)
    return _settled(found) if isinstance(found, str) else ""


def _settled(text: str) -> str:
    """No NUL, no half of a surrogate pair."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def _files(given: dict[str, Any], defects: list[str]) -> list[InboundFile]:
    found, listed = [], given.get("files")
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


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
