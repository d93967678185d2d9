"""What the composer shows before it sends, and what it was told to send."""

from __future__ import annotations

from datetime import datetime
from email.utils import getaddresses
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import drafts_of
from careline.domain.conversations.queries.work import kept_files
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.conversations.rules.recipients import Recipients
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import size_text
from careline.flows.draft import keep_draft
from careline.flows.reply import recipients_of
from careline.flows.uploaded import Attachment, keep_upload

_SIGNS = set("()<>[]:;@,.")
KINDS = ("reply", "note", "forward")


def composer_of(
    case: Any,
    visit: Visit,
    *,
    kind: str = "",
    written: dict[str, Any] | None = None,
    people_of_case: list[Any] | None = None,
) -> dict[str, Any]:
    """The composer as it opens: a draft goes on where it was left, an answer names its recipients."""
    drafts = {} if written else drafts_of(case.id, agent=visit.person.id)
    kind = kind if kind in KINDS else next((one for one in KINDS if one in drafts), "reply")
    draft = written or drafts.get(kind) or {}
    people = (
        _people(draft)
        if draft.get("to")
        else Recipients()
        if kind == "forward"
        else recipients_of(case, everybody=True, people=people_of_case)
    )
    channel = channel_by_id(case.channel_id) if case.channel_id else None
    return {
        "kind": kind,
        "to": [_shown(p) for p in people.to],
        "cc": [_shown(p) for p in people.cc],
        "bcc": [_shown(p) for p in people.bcc],
        "text": str(draft.get("text", "")),
        "files": _kept_shown(case, visit, draft.get("kept", ())),
        "signature": channel.signature if channel else "",
        "with_signature": bool(draft.get("signature", True)) and bool(channel and channel.signature),
        "with_history": bool(draft.get("history", kind == "forward")),
    }


def draft_kept(visit: Visit, number: int, kind: str) -> HttpResponse:
    """What stands in the composer now, kept for later."""
    content = written_in(visit) if visit.request.method == "PUT" else {}
    keep_draft(visit.person, number, kind, content, at=visit.at)
    return HttpResponse(status=204)


def written_in(visit: Visit) -> dict[str, Any]:
    """The form as a draft keeps it; empty where nothing was written."""
    form = visit.form
    text = form.get("text", "")
    if not text.strip() and "kept" not in form:
        return {}
    people = {line: form.getlist(line) for line in ("to", "cc", "bcc")}
    return {
        "text": text,
        **people,
        "kept": form.getlist("kept"),
        "signature": "signature" in form,
        "history": "history" in form,
    }


def recipients_in(visit: Visit) -> Recipients:
    """Who was named in the form. Raises Refused for what is no address."""
    return Recipients(*(tuple(named(visit.form.getlist(line))) for line in ("to", "cc", "bcc")))


def files_in(visit: Visit) -> tuple[Attachment, ...]:
    """The files that were attached, stored."""
    return tuple(_stored(file, visit) for file in visit.request.FILES.getlist("files"))


def kept_in(visit: Visit, case: Any) -> tuple[Attachment, ...]:
    """Files that came back with an answer that was taken back, as far as they are still wanted."""
    ids = _keys(visit.form.getlist("kept"))
    found = kept_files(case.id, agent=visit.person.id, ids=ids) if ids else []
    return tuple(Attachment(row.digest, row.name, row.media_type, row.size) for row in found)


def _kept_shown(case: Any, visit: Visit, ids: Any) -> list[dict[str, Any]]:
    keys = _keys(ids)
    found = kept_files(case.id, agent=visit.person.id, ids=keys) if keys else []
    return [{"id": row.id, "name": row.name, "size_text": size_text(row.size)} for row in found]


def _keys(words: Any) -> list[int]:
    return [key for word in words if (key := whole_number(str(word))) is not None]


def send_at(visit: Visit) -> datetime | None:
    """When it is to leave: the agent's own time on the wall. Raises Refused for the past and for nonsense."""
    words = visit.form.get("send_at", "").strip()
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise Refused(_("This is not a time: %(words)s") % {"words": words}) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=visit.zone)
    moment = moment.astimezone(visit.at.tzinfo)
    if moment <= visit.at:
        raise Refused(_("This time has passed already; choose a later one."))
    return moment


def named(words: list[str]) -> list[Recipient]:
    """People as they were typed: `Carol <carol@example.com>` or the address alone. Raises Refused for what is none."""
    people = []
    for name, address in getaddresses(words):
        local, at, domain = address.strip().rpartition("@")
        if not (local and at and "." in domain) or any(sign.isspace() for sign in address):
            raise Refused(_("This is not a mail address: %(words)s") % {"words": address or name or ", ".join(words)})
        people.append(Recipient(address.strip(), name))
    return people


def _people(draft: dict[str, Any]) -> Recipients:
    lines = (draft.get(line, ()) for line in ("to", "cc", "bcc"))
    return Recipients(
        *(tuple(Recipient(address, name) for name, address in getaddresses(list(words))) for words in lines)
    )


def _shown(person: Recipient) -> dict[str, str]:
    return {"name": person.name, "address": person.value, "whole": whole(person.name, person.value)}


def whole(name: str, address: str) -> str:
    """`Carol <carol@example.com>`, as `named` reads it back; a name with signs of its own stands in quotes."""
    if not name or name == address:
        return address
    plain = name.replace("\\", "").replace('"', "")
    return f'"{plain}" <{address}>' if _SIGNS & set(plain) else f"{plain} <{address}>"


def _stored(file: UploadedFile[Any], visit: Visit) -> Attachment:
    content = file.read()
    name = (file.name or "").replace("\\", "/").rpartition("/")[2][:255]
    media_type = (file.content_type or "").split(";")[0].strip().lower()
    return Attachment(
        keep_upload(content, at=visit.at), name or "file", media_type or "application/octet-stream", len(content)
    )
