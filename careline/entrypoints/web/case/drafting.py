"""While somebody writes: the draft is kept, shared, taken over; files are uploaded."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.drafts import uploads_of
from careline.domain.files.queries import content_of
from careline.entrypoints.web.case.composer import composer_of, file_of, shared_of, written_in
from careline.entrypoints.web.case.files import file_headers
from careline.entrypoints.web.case.formatting import is_picture
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.presenting import cover_alone
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, moment_words, size_text
from careline.flows.draft import drop_draft, keep_draft, share_draft, take_over_draft
from careline.flows.upload import drop_uploads, upload
from careline.kit.language import language_of

_ENOUGH_WORDS = 40


def draft_kept(visit: Visit, number: int, kind: str) -> HttpResponse:
    """What stands in the composer now, kept for later; with what there is to say of it."""
    if visit.request.method == "DELETE":
        drop_draft(visit.person, number, kind)
        return HttpResponse(status=204)
    content = written_in(visit)
    keep_draft(visit.person, number, kind, content, at=visit.at)
    when = moment_words(visit.at, at=visit.at, zone=visit.zone)
    hint = _language_hint(visit, number, kind, str(content.get("text", "")))
    return JsonResponse({"saved": _("Saved %(time)s") % {"time": when} if content else "", "hint": hint})


def draft_shared(visit: Visit, number: int, kind: str) -> HttpResponse:
    """PUT shows it to colleagues, DELETE hides it again."""
    shared = visit.request.method == "PUT"
    share_draft(visit.person, number, kind, shared=shared, by=visit.by, at=visit.at)
    return part(
        visit,
        "_toast",
        words=_("Your colleagues see this draft now.") if shared else _("This draft is yours alone again."),
    )


def shared(visit: Visit, number: int) -> HttpResponse:
    """Drafts that colleagues show in a case."""
    found = conversation_for(visit.person, number)
    return part(visit, "case/_shared", case=cover_alone(found), shared=shared_of(found, visit))


def draft_owned(visit: Visit, number: int, kind: str) -> HttpResponse:
    """A colleague's shared draft is one's own from now on, and stands in the composer."""
    was = whole_number(visit.form.get("was"))
    if was is None:
        raise Refused(_("Say whose draft it is."))
    take_over_draft(visit.person, number, kind, was=was, by=visit.by, at=visit.at)
    found = conversation_for(visit.person, number)
    return part(visit, "case/_composer", case=cover_alone(found), composer=composer_of(found, visit, kind=kind))


def uploaded(visit: Visit, number: int | None = None) -> HttpResponse:
    """One file of what is being written; of a case to come where no number stands in the address."""
    file = visit.request.FILES.get("file")
    content, name, media_type = file_of(file) if file is not None else (b"", _("The file"), "")
    key, stored = upload(visit.person, content, name=name, media_type=media_type, number=number, at=visit.at)
    told: dict[str, Any] = {
        "id": key, "name": name, "size": size_text(stored.size), "url": f"/uploads/{key}", "cid": stored.content_id,
        "picture": is_picture(media_type),
    }  # fmt: skip
    return JsonResponse(told, status=201)


def upload_shown(visit: Visit, key: int) -> HttpResponse:
    """One's own file before it is sent, or DELETE: it is not wanted."""
    found = next(iter(uploads_of(visit.person.id, ids=[key])), None)
    if found is None:
        raise NotFound(f"There is no file {key}.")
    if visit.request.method == "DELETE":
        drop_uploads(visit.person, [key])
        return HttpResponse(status=204)
    is_shown = is_picture(found.media_type)
    response = HttpResponse(
        content_of(found.digest), content_type=found.media_type if is_shown else "application/octet-stream"
    )
    for name, value in (file_headers(found.name, inline=is_shown) | {"Cache-Control": "private, max-age=3600"}).items():
        response.headers[name] = value
    return response


def _language_hint(visit: Visit, number: int, kind: str, text: str) -> str:
    """A quiet word where an answer is written in another language than the customer's."""
    spoken = languages()
    if kind != "reply" or len(spoken) < 2 or len(text) < _ENOUGH_WORDS:
        return ""
    theirs = conversation_for(visit.person, number).language
    ours = language_of(text, spoken)
    if not theirs or not ours or ours.partition("-")[0] == theirs.partition("-")[0]:
        return ""
    names = {"ours": language_name(ours), "theirs": language_name(theirs)}
    return _("You write in %(ours)s; the customer wrote in %(theirs)s.") % names
