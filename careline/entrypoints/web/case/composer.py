"""What the composer shows before it sends, and what it was told to send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import getaddresses
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from careline.domain.channels.adapter import Capabilities, NoSuchKind, adapter_of
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import drafts_of
from careline.domain.conversations.queries.drafts import is_shared, shared_drafts, uploads_of
from careline.domain.conversations.queries.work import kept_files
from careline.domain.conversations.rules.files import LARGEST, attached_pattern
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.conversations.rules.recipients import Recipients
from careline.entrypoints.web.case.formatting import editable, is_picture
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import later, moment_words, size_text
from careline.flows.reply import recipients_of
from careline.flows.upload import content_id_of
from careline.flows.uploaded import Attachment, keep_upload
from careline.kit.html import formatted

_SIGNS = set("()<>[]:;@,.")
KINDS = ("reply", "note", "forward")
_TEASER = 280


def composer_of(
    case: Any,
    visit: Visit,
    *,
    kind: str = "",
    written: dict[str, Any] | None = None,
    people_of_case: list[Any] | None = None,
    messages: Sequence[Any] = (),
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
        else recipients_of(case, everybody=True, people=people_of_case, messages=messages)
    )
    channel = channel_by_id(case.channel_id) if case.channel_id else None
    able = Capabilities(html=True, files=True) if kind == "note" else _capabilities(channel)
    files = _kept_shown(case, visit, draft.get("kept", ())) + _uploaded_shown(visit, draft.get("uploaded", ()))
    html = str(draft.get("html", "")) if able.html else ""
    signature = channel.signature if channel and not able.waits else ""  # in a talk nobody signs
    return {
        "kind": kind,
        "to": [_shown(p) for p in people.to],
        "cc": [_shown(p) for p in people.cc],
        "bcc": [_shown(p) for p in people.bcc],
        "text": str(draft.get("text", "")),
        "html": editable(html, files),
        "files": files,
        "is_rich": able.html,
        "takes_files": able.files,
        "max_length": able.max_length,
        "signature": signature,
        "with_signature": bool(draft.get("signature", True)) and bool(signature),
        "with_history": bool(draft.get("history", kind == "forward")),
        "is_shared": bool(drafts.get(kind)) and is_shared(case.id, agent=visit.person.id, kind=kind),
        "shared": shared_of(case, visit),
        "later": later_choices(visit),
        **limits(),
    }


def writing_of(visit: Visit, text: str) -> dict[str, Any]:
    """The field of a case to come, with what was written and uploaded where it comes back."""
    files = _uploaded_shown(visit, visit.form.getlist("uploaded"))
    shown = {"text": text, "html": editable(html_in(visit), files), "files": files, "is_rich": True, "max_length": 0}
    return shown | limits()


def limits() -> dict[str, Any]:
    """What the browser has to know before it uploads or sends."""
    return {"largest": LARGEST, "largest_text": size_text(LARGEST), "attached": attached_pattern()}


def shared_of(case: Any, visit: Visit) -> list[dict[str, Any]]:
    """Drafts that colleagues show."""
    return [
        {
            "kind": row.kind, "agent_id": row.agent_id, "agent_name": row.agent_name, "text": str(row.content.get("text", ""))[:_TEASER],
            "at_text": moment_words(row.updated_at, at=visit.at, zone=visit.zone),
        }
        for row in shared_drafts(case.id, but=visit.person.id)
    ]  # fmt: skip


def later_choices(visit: Visit) -> list[tuple[str, str, str]]:
    """(value, words, the moment in the agent's zone)."""
    words = {"hour": _("In an hour"), "tomorrow": _("Tomorrow morning"), "week": _("On Monday")}
    found = []
    for value, said in words.items():
        moment = later(value, at=visit.at, zone=visit.zone)
        if moment is not None:
            found.append((value, said, moment_words(moment, at=visit.at, zone=visit.zone)))
    return found


def written_in(visit: Visit) -> dict[str, Any]:
    """The form as a draft keeps it; empty where nothing was written."""
    form = visit.form
    text, html = form.get("text", ""), html_in(visit)
    if not text.strip() and not html and "kept" not in form and "uploaded" not in form:
        return {}
    people = {line: form.getlist(line) for line in ("to", "cc", "bcc")}
    return {
        "text": text,
        **({"html": html} if html else {}),
        **people,
        "kept": form.getlist("kept"),
        "uploaded": form.getlist("uploaded"),
        "signature": "signature" in form,
        "history": "history" in form,
    }


def html_in(visit: Visit) -> str:
    """What was written in the editor, clean; empty where it says nothing, or where the plain field was written in."""
    html = formatted(visit.form.get("html", ""))
    return html if visit.form.get("text", "").strip() or "<img" in html else ""


def recipients_in(visit: Visit) -> Recipients:
    """Who was named in the form. Raises Refused for what is no address."""
    return Recipients(*(tuple(named(visit.form.getlist(line))) for line in ("to", "cc", "bcc")))


def attachments_in(visit: Visit, case: Any, *, html: str) -> tuple[Attachment, ...]:
    """All that goes along. Pictures that were put into the text and taken out of it again stay behind."""
    files = (*(kept_in(visit, case) if case is not None else ()), *uploaded_in(visit), *files_in(visit))
    in_text = set(visit.form.getlist("pictured"))
    return tuple(f for f in files if f.content_id not in in_text or f' data-cid="{f.content_id}"' in html)


def files_in(visit: Visit) -> tuple[Attachment, ...]:
    """The files that were attached without an upload before, stored."""
    return tuple(_stored(file, visit) for file in visit.request.FILES.getlist("files"))


def uploaded_in(visit: Visit) -> tuple[Attachment, ...]:
    """Files that were uploaded while it was written. Raises Refused where one is gone, so that nothing is left out silently."""
    ids = keys_of(visit.form.getlist("uploaded"))
    found = uploads_of(visit.person.id, ids=ids) if ids else []
    if len(found) < len(set(ids)):
        raise Refused(_("A file is no longer here: attach it again. Nothing was sent."))
    return tuple(
        Attachment(row.digest, row.name, row.media_type, row.size, content_id=content_id_of(row.digest))
        for row in found
    )


def kept_in(visit: Visit, case: Any) -> tuple[Attachment, ...]:
    """Files that came back with an answer that was taken back, as far as they are still wanted."""
    ids = keys_of(visit.form.getlist("kept"))
    found = kept_files(case.id, agent=visit.person.id, ids=ids) if ids else []
    return tuple(Attachment(row.digest, row.name, row.media_type, row.size, content_id=row.content_id) for row in found)


def keys_of(words: Any) -> list[int]:
    return [key for word in words if (key := whole_number(str(word))) is not None]


def send_at(visit: Visit) -> datetime | None:
    """When it is to leave: by a word, or the agent's own time on the wall. Raises Refused for the past and for nonsense."""
    chosen = visit.form.get("later", "")
    if chosen in ("hour", "tomorrow", "week"):
        return later(chosen, at=visit.at, zone=visit.zone)
    words = visit.form.get("send_at", "").strip()
    if not words:
        if chosen:
            raise Refused(_("Say when it is to leave."))
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


def whole(name: str, address: str) -> str:
    """`Carol <carol@example.com>`, as `named` reads it back; a name with signs of its own stands in quotes."""
    if not name or name == address:
        return address
    plain = name.replace("\\", "").replace('"', "")
    return f'"{plain}" <{address}>' if _SIGNS & set(plain) else f"{plain} <{address}>"


def file_of(file: UploadedFile[Any]) -> tuple[bytes, str, str]:
    """Content, name and type of what a browser sends."""
    name = (file.name or "").replace("\\", "/").rpartition("/")[2][:255]
    media_type = (file.content_type or "").split(";")[0].strip().lower()
    return file.read(), name or "file", media_type or "application/octet-stream"


def takes_html(case: Any) -> bool:
    """Whether the way an answer leaves by carries formatting."""
    return _capabilities(channel_by_id(case.channel_id) if case.channel_id else None).html


def _capabilities(channel: Any) -> Capabilities:
    """A mailbox that is gone is answered by another one, so by mail."""
    try:
        return adapter_of(channel.kind if channel else "email").capabilities
    except NoSuchKind:
        return Capabilities()


def _kept_shown(case: Any, visit: Visit, ids: Any) -> list[dict[str, Any]]:
    keys = keys_of(ids)
    found = kept_files(case.id, agent=visit.person.id, ids=keys) if keys else []
    return [_file_shown(row, "kept", f"/attachments/{row.id}", row.content_id) for row in found]


def _uploaded_shown(visit: Visit, ids: Any) -> list[dict[str, Any]]:
    keys = keys_of(ids)
    found = uploads_of(visit.person.id, ids=keys) if keys else []
    return [_file_shown(row, "uploaded", f"/uploads/{row.id}", content_id_of(row.digest)) for row in found]


def _file_shown(row: Any, field: str, url: str, content_id: str) -> dict[str, Any]:
    return {
        "id": row.id, "name": row.name, "size_text": size_text(row.size), "field": field, "url": url, "cid": content_id,
        "is_picture": is_picture(row.media_type),
    }  # fmt: skip


def _people(draft: dict[str, Any]) -> Recipients:
    lines = (draft.get(line, ()) for line in ("to", "cc", "bcc"))
    return Recipients(
        *(tuple(Recipient(address, name) for name, address in getaddresses(list(words))) for words in lines)
    )


def _shown(person: Recipient) -> dict[str, str]:
    return {"name": person.name, "address": person.value, "whole": whole(person.name, person.value)}


def _stored(file: UploadedFile[Any], visit: Visit) -> Attachment:
    content, name, media_type = file_of(file)
    return Attachment(keep_upload(content, at=visit.at), name, media_type, len(content))
