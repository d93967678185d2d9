"""Settings → Skills: which there are, and which cases ask for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.structure import paths_of, topics
from careline.domain.routing.queries.terms import requirements
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import may, require
from careline.domain.staff.skills import skills
from careline.entrypoints.web.channel_names import channel_names
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said
from careline.flows.keep_queues import VERB, Rule, add_rule, remove_rule
from careline.flows.keep_skills import add_skill, change_skill, remove_skill


def page_of_skills(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, "staff:read")
    rows = topics()
    known = {
        "topic": {
            row.id: path for row in rows if row.retired_at is None for path in (paths_of(rows, visit.language)[row.id],)
        },
        "channel": channel_names(),
        "team": {row.id: row.name for row in teams()},
    }
    found = skills()
    return page(
        visit, "routing/skills", "settings", _("Skills"), status=status, error=error, kinds=_kinds(),
        rows=[{"id": row.id, "name": row.name, "kind": row.kind, "people": row.people} for row in found],
        rules=[_rule(row, {one.id: one.name for one in found}, known) for row in requirements()], known=known,
        languages=[(code, language_name(code)) for code in languages()], may_change=may(visit.person, VERB),
    )  # fmt: skip


def added(visit: Visit) -> HttpResponse:
    form = visit.form
    return _back(visit, lambda: add_skill(
        visit.person, form.get("name", ""), kind=form.get("kind", ""), by=visit.by, at=visit.at))  # fmt: skip


def changed(visit: Visit, key: int) -> HttpResponse:
    form = visit.form
    if form.get("then") == "remove":
        return _back(visit, lambda: remove_skill(visit.person, key, by=visit.by, at=visit.at))
    return _back(visit, lambda: change_skill(
        visit.person, key, name=form.get("name", ""), kind=form.get("kind", ""), by=visit.by, at=visit.at))  # fmt: skip


def rule_added(visit: Visit) -> HttpResponse:
    form = visit.form
    rule = Rule(
        whole_number(form.get("skill")) or 0, whole_number(form.get("level")) or 1, bool(form.get("must")),
        topic=whole_number(form.get("topic")), language=form.get("language", "")[:20], channel=whole_number(form.get("channel")),
        team=whole_number(form.get("team")),
    )  # fmt: skip
    return _back(visit, lambda: add_rule(visit.person, rule, by=visit.by, at=visit.at))


def rule_removed(visit: Visit, key: int) -> HttpResponse:
    return _back(visit, lambda: remove_rule(visit.person, key, by=visit.by, at=visit.at))


def _back(visit: Visit, act: Any) -> HttpResponse:
    try:
        act()
    except (Refused, NotPossible) as refusal:
        return page_of_skills(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/skills")


def _kinds() -> dict[str, str]:
    return {"language": _("Language"), "product": _("Product"), "channel": _("Channel"), "technical": _("Technical")}


def _rule(row: Any, names: dict[int, str], known: dict[str, dict[int, str]]) -> dict[str, Any]:
    said = [
        *([_("topic %(name)s") % {"name": known["topic"].get(row.topic_id, "?")}] if row.topic_id else []),
        *([_("language %(name)s") % {"name": language_name(row.language)}] if row.language else []),
        *([_("mailbox %(name)s") % {"name": known["channel"].get(row.channel_id, "?")}] if row.channel_id else []),
        *([_("team %(name)s") % {"name": known["team"].get(row.team_id, "?")}] if row.team_id else []),
    ]
    return {
        "id": row.id,
        "skill": names.get(row.skill_id, "?"),
        "level": row.level,
        "must": row.is_mandatory,
        "when": ", ".join(said),
    }
