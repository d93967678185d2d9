"""Settings → Acknowledgements: what a first mail is answered at once, by mailbox and topic, with a preview."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.structure import paths_of, topics
from careline.domain.sla.queries.acknowledgements import all_words
from careline.domain.sla.rules.acknowledgements import Words
from careline.domain.staff.rules import require
from careline.entrypoints.web.channel_names import channel_names
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name
from careline.flows.keep_acknowledgements import VERB, keep_words, preview_words, remove_words

_URL = "/settings/acknowledgements"


def listing(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    boxes, paths, kept = _boxes(), _paths(visit), all_words()
    written, names = {one.channel for one in kept if one.topic is None}, channel_names()
    rows = [
        {
            "url": f"{_URL}/{one.id}", "mailbox": names[one.channel], "topic": paths.get(one.topic or 0, ""), "is_on": one.is_on,
            "languages": ", ".join(language_name(code) for code, text in sorted(one.texts.items()) if text.strip()),
        }
        for one in kept if one.channel in boxes
    ]  # fmt: skip
    rows += [
        {
            "url": f"{_URL}/new?channel={box.id}", "mailbox": names[box.id], "topic": "", "is_on": bool(box.settings.get("acknowledge")),
            "languages": "",
        }
        for box in boxes.values() if box.id not in written
    ]  # fmt: skip
    rows.sort(key=lambda row: (str(row["mailbox"]).lower(), str(row["topic"]).lower()))
    return page(visit, "escalation/acknowledgements", "settings", _("Acknowledgements"), rows=rows)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    box = _boxes().get(whole_number(visit.asked.get("channel")) or 0)
    if box is None:
        return _form(visit, Words(0))
    text = str(box.settings.get("acknowledgement") or "")
    return _form(visit, Words(box.id, None, bool(box.settings.get("acknowledge")), {languages()[0]: text}))


def shown(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    found = next((one for one in all_words() if one.id == key), None)
    if found is None:
        raise NotFound(f"There is no acknowledgement {key}.")
    return _form(visit, found)


def saved(visit: Visit) -> HttpResponse:
    words = _written(visit)
    try:
        keep_words(visit.person, words, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, words, error=str(refusal), status=422)
    return HttpResponseRedirect(_URL)


def previewed(visit: Visit) -> HttpResponse:
    words = _written(visit)
    try:
        said = [
            {
                "code": code,
                "language": language_name(code),
                "text": preview_words(visit.person, words, code, at=visit.at),
            }
            for code in languages()
        ]
    except Refused as refusal:
        return part(visit, "escalation/_acknowledgement", said=[], error=str(refusal))
    return part(visit, "escalation/_acknowledgement", said=said, error="")


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_words(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": _URL})


def _written(visit: Visit) -> Words:
    texts = {code: visit.form.get(f"text-{code}", "").replace("\r\n", "\n").strip() for code in languages()}
    return Words(
        whole_number(visit.form.get("channel")) or 0, whole_number(visit.form.get("topic")), bool(visit.form.get("is_on")),
        {code: text for code, text in texts.items() if text}, whole_number(visit.form.get("key")),
    )  # fmt: skip


def _form(visit: Visit, held: Words, *, error: str = "", status: int = 200) -> HttpResponse:
    texts: list[dict[str, Any]] = [
        {"code": code, "language": language_name(code), "text": held.texts.get(code, "")} for code in languages()
    ]
    return page(
        visit, "escalation/acknowledgement", "settings", _("Acknowledgement"), status=status, held=held, error=error, texts=texts,
        mailboxes=[{"id": key, "name": name} for key, name in channel_names().items()],
        topics=sorted(_paths(visit).items(), key=lambda one: one[1]),
    )  # fmt: skip


def _boxes() -> dict[int, Any]:
    return {box.id: box for box in channels()}


def _paths(visit: Visit) -> dict[int, str]:
    rows = topics()
    paths = paths_of(rows, visit.language)
    return {row.id: paths[row.id] for row in rows if row.retired_at is None}
