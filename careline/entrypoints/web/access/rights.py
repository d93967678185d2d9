"""What may somebody do, and why: the answer on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.rules.reasons import Explained, Reason
from careline.domain.staff.rules import Person
from careline.entrypoints.web.access.places import places
from careline.entrypoints.web.access.verb_words import places_words, scope_words, verb_groups, verb_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.explain import Source, rights, why


def rights_shown(visit: Visit, key: int) -> HttpResponse:
    found, known = rights(visit.person, key, at=visit.at), places()
    groups = [
        {"name": group["name"], "verbs": [
            {"words": verb["words"], "verb": verb["verb"], "sources": [_source(one, known) for one in found.sources.get(verb["verb"], ())]}
            for verb in group["verbs"]]}
        for group in verb_groups()
    ]  # fmt: skip
    number = whole_number(visit.asked.get("case"))
    answer, missing = _about_case(visit, key, number) if number else (None, "")
    return page(
        visit, "access/rights", "people", found.who.name, who=found.who, groups=groups, number=number or "", case=answer, missing=missing,
        absent=[one.name for one in found.who.absent],
    )  # fmt: skip


def _about_case(visit: Visit, key: int, number: int) -> tuple[list[dict[str, Any]] | None, str]:
    try:
        who, answers = why(visit.person, key, number, at=visit.at)
    except NotFound as missing:
        return None, str(missing)
    seen = answers if answers[0].is_allowed else answers[:1]  # who does not see a case does nothing else to it either
    return [
        {"words": verb_words(one.verb), "verb": one.verb, "is_allowed": one.is_allowed, "why": _why(one, who)}
        for one in seen
    ], ""


def _source(source: Source, known: dict[str, dict[int, str]]) -> dict[str, str]:
    return {
        "scope": scope_words(source.line.scope), "code": source.line.scope, "where": places_words(source.line, known),
        "role": source.role_name, "role_url": f"/roles/{source.role}", "absent": source.absent_name,
    }  # fmt: skip


def _why(one: Explained, who: Person) -> str:
    if one.reasons:
        return "; ".join(dict.fromkeys(_reason(reason, who) for reason in one.reasons))
    if one.is_kept_out:
        return _("The case is restricted to named people, and %(name)s is not one of them.") % {"name": who.name}
    if not one.is_held:
        return _("No role of theirs allows this.")
    return _(
        "A role of theirs allows this, but this case is out of its reach: neither their own, nor where the role reaches."
    )


def _reason(reason: Reason, who: Person) -> str:
    words = {
        "all": _("A role of theirs reaches all cases"), "assignee": _("It is their case"), "follower": _("They follow it"),
        "mentioned": _("They are named in a note"),
        "team": _("It is in a team of theirs"),
    }[reason.why]  # fmt: skip
    if reason.allowed.is_narrowed:
        words = _("%(reason)s, where the role is narrowed to") % {"reason": words}
    if reason.absent is None:
        return words
    absent = next((one.name for one in who.absent if one.id == reason.absent), str(reason.absent))
    return _("standing in for %(name)s") % {"name": absent}
