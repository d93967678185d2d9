"""Canned replies: their pages, and how one gets into the composer."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.desk.queries.gone import gone_from_macros
from careline.domain.files.queries import content_of
from careline.domain.knowledge.queries.canned import (
    file_of,
    folders_of,
    macros_of,
    often_used,
    replies_of,
    reply_abbreviated,
    reply_of,
)
from careline.domain.knowledge.rules.languages import language_for
from careline.domain.knowledge.rules.replies import BadReply, Text
from careline.domain.knowledge.rules.sheet import BadSheet, sheet_of
from careline.domain.knowledge.rules.variables import VARIABLES, unknown_in
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import require
from careline.entrypoints.web.case.composer import files_in
from careline.entrypoints.web.case.files import file_headers
from careline.entrypoints.web.gone import gone_words
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, moment_text, said
from careline.flows.change_canned_reply import (
    VERB,
    WRITES,
    Written,
    add_canned_reply,
    audience_of,
    bring_in_replies,
    change_canned_reply,
    remove_canned_reply,
)
from careline.flows.insert_reply import insert_reply

HOME = "/replies"
IN_PICKER = 30
_LONGEST_TEASER = 140


def replies(visit: Visit) -> HttpResponse:
    """Replies and macros, with how often each was used."""
    require(visit.person, WRITES)
    words = visit.asked.get("q", "").strip()[:200]
    return page(
        visit, "settings/replies", "settings", _("Replies and macros"), query=words, is_bare=not words, audiences=audiences_for(visit),
        replies=[_row(row, visit) for row in replies_of(visit.person, words=words)],
        macros=_macro_rows(macros_of(visit.person, words=words), visit),
    )  # fmt: skip


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, WRITES)
    return _form(visit, Written(""), None, {})


def added(visit: Visit) -> HttpResponse:
    written = _written(visit)
    try:
        add_canned_reply(visit.person, written, by=visit.by, at=visit.at)
    except BadReply as wrong:
        return _form(visit, written, None, {wrong.field: said(wrong)}, status=422)
    return HttpResponseRedirect(HOME)


def edited(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, WRITES)
    row = _theirs(visit, key)
    return _form(visit, _as_it_is(row), row, {})


def changed(visit: Visit, key: int) -> HttpResponse:
    """Saves what the form says, or throws the reply away."""
    row = _theirs(visit, key)
    if visit.form.get("then") == "delete":
        remove_canned_reply(visit.person, key, by=visit.by, at=visit.at)
        return HttpResponseRedirect(HOME)
    written = _written(visit)
    try:
        change_canned_reply(visit.person, key, written, by=visit.by, at=visit.at)
    except BadReply as wrong:
        return _form(visit, written, row, {wrong.field: said(wrong)}, status=422)
    return HttpResponseRedirect(HOME)


def sheet(visit: Visit) -> HttpResponse:
    """All of them as a CSV file."""
    require(visit.person, WRITES)
    response = HttpResponse(sheet_of(replies_of(visit.person, limit=100_000)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="canned-replies.csv"'
    return response


def sheet_taken(visit: Visit) -> HttpResponse:
    """Replies out of a CSV file, all of them or none."""
    audience, team = audience_in(visit)
    given = visit.request.FILES.get("sheet")
    try:
        words = given.read().decode("utf-8-sig") if given is not None else ""
        bring_in_replies(visit.person, words, audience=audience, team_id=team, by=visit.by, at=visit.at)
    except UnicodeDecodeError:
        raise Refused(_("This file is no UTF-8 text: save it as CSV in UTF-8.")) from None
    except (BadSheet, BadReply) as wrong:
        raise Refused(str(wrong)) from None
    return HttpResponseRedirect(HOME)


def offered(visit: Visit, number: int) -> HttpResponse:
    """The picker's list: what holds the words, or what was used last."""
    case = conversation_for(visit.person, number, verb="conversation:note")
    words = visit.asked.get("q", "").strip()[:200]
    found = replies_of(visit.person, words=words, limit=IN_PICKER) if words else often_used(visit.person)
    return part(visit, "settings/_reply_options", rows=[_option(row, case.language) for row in found])


def abbreviations(visit: Visit) -> HttpResponse:
    """What may be typed behind a semicolon."""
    require(visit.person, WRITES)
    found = sorted({row.abbreviation for row in replies_of(visit.person, limit=5_000) if row.abbreviation})
    return HttpResponse(json.dumps(found), content_type="application/json")


def inserted(visit: Visit, number: int, key: int) -> HttpResponse:
    """The words for the composer, counted as one use."""
    return _answer(insert_reply(visit.person, number, key, at=visit.at))


def inserted_by_name(visit: Visit, number: int) -> HttpResponse:
    """The same by its abbreviation."""
    row = reply_abbreviated(visit.person, visit.form.get("abbreviation", ""))
    if row is None:
        raise NotFound("There is no such abbreviation.")
    return inserted(visit, number, row.id)


def file(visit: Visit, key: int) -> HttpResponse:
    """A file that goes with a reply."""
    require(visit.person, WRITES)
    found = file_of(visit.person, key)
    if found is None:
        raise NotFound(f"There is no file {key}.")
    response = HttpResponse(content_of(found.digest), content_type="application/octet-stream")
    for name, value in file_headers(found.name).items():
        response.headers[name] = value
    return response


def audiences_for(visit: Visit) -> list[tuple[str, str]]:
    """Whose it may become: [(value, words)]."""
    scopes = {grant.scope for grant in visit.person.grants.get(VERB, ())}
    found = [("me", _("Only me"))]
    found += [(f"team-{t.id}", _("Team %(name)s") % {"name": t.name}) for t in teams()
              if "all" in scopes or (scopes and t.id in visit.person.team_ids)]  # fmt: skip
    return [*found, ("all", _("Everybody"))] if "all" in scopes else found


def audience_in(visit: Visit) -> tuple[str, int | None]:
    words = visit.form.get("audience", "me")
    team = whole_number(words.removeprefix("team-")) if words.startswith("team-") else None
    return ("team" if team else words), team


def audience_key(audience: str, team: int | None) -> str:
    return f"team-{team}" if audience == "team" else audience


def whose(row: Any) -> str:
    return _("Only me") if row.owner_id else row.team_name or _("Everybody")


def languages_asked(texts: dict[str, Any]) -> list[tuple[str, str]]:
    """The company's languages and those that are there already: [(code, name)]."""
    codes = dict.fromkeys([*languages(), *texts])
    return [(code, language_name(code) or code) for code in codes]


def _macro_rows(rows: list[Any], visit: Visit) -> list[dict[str, Any]]:
    gone = gone_from_macros({row.id: row.actions for row in rows}) if rows else {}
    return [macro_row(row, visit) | {"gone": gone_words(gone.get(row.id, ()))} for row in rows]


def macro_row(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "name": row.name, "folder": row.folder, "whose": whose(row), "uses": row.uses, "url": f"/macros/{row.id}",
        "used_text": moment_text(row.used_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _row(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "name": row.name, "abbreviation": row.abbreviation, "folder": row.folder, "labels": row.labels, "whose": whose(row), "uses": row.uses,
        "used_text": moment_text(row.used_at, at=visit.at, zone=visit.zone), "url": f"{HOME}/{row.id}", "languages": sorted(row.texts),
        "teaser": _teaser(row, visit.language), "has_files": bool(row.files),
    }  # fmt: skip


def _option(row: Any, language: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "abbreviation": row.abbreviation,
        "folder": row.folder,
        "teaser": _teaser(row, language),
    }


def _teaser(row: Any, language: str) -> str:
    said = row.texts.get(language_for(row.texts, wanted=language, company=languages()), {})
    return " ".join(str(said.get("text", "")).split())[:_LONGEST_TEASER]


def _answer(found: Any) -> HttpResponse:
    files = [{"url": f"/canned-files/{f['id']}", "name": f["name"], "type": f["type"]} for f in found.files]
    said = {"text": found.text, "cursor": found.cursor, "unfilled": list(found.unfilled), "files": files}
    return HttpResponse(json.dumps(said), content_type="application/json")


def _theirs(visit: Visit, key: int) -> Any:
    row = reply_of(visit.person, key)
    if row is None:
        raise NotFound(f"There is no canned reply {key}.")
    return row


def _written(visit: Visit) -> Written:
    form = visit.form
    audience, team = audience_in(visit)
    texts = {
        name.removeprefix("text-"): Text(form.get(name, "").replace("\r\n", "\n"))
        for name in form
        if name.startswith("text-")
    }
    labels = tuple(word.strip() for word in form.get("labels", "").split(",") if word.strip())
    files = files_in(visit)
    kept = None if not files and "without_files" not in form else files
    return Written(
        form.get("name", ""), texts, form.get("abbreviation", ""), form.get("folder", ""), labels, audience, team, kept
    )


def _as_it_is(row: Any) -> Written:
    texts = {language: Text(**said) for language, said in row.texts.items()}
    return Written(row.name, texts, row.abbreviation, row.folder, tuple(row.labels), audience_of(row), row.team_id)


def _form(visit: Visit, written: Written, row: Any, wrong: dict[str, str], *, status: int = 200) -> HttpResponse:
    require(visit.person, WRITES)
    unknown = dict.fromkeys(name for said in written.texts.values() for name in unknown_in(said.text))
    return page(
        visit, "settings/reply", "settings", row.name if row else _("New reply"), status=status, written=written,
        wrong={"name": "", "abbreviation": ""} | wrong, kept=row,
        url=f"{HOME}/{row.id}" if row else f"{HOME}/new", audiences=audiences_for(visit), unknown=list(unknown),
        audience=audience_key(written.audience, written.team_id), languages=languages_asked(written.texts), folders=folders_of(visit.person),
        variables=[(name, _(words)) for name, words in VARIABLES.items()],
    )  # fmt: skip
