"""The editor of a rule: rows of conditions and actions, a preview, and what is wrong beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.automation.rules.trying import MOST_SHOWN, preview_rule
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import Refused
from careline.domain.staff.rules import may_over, require
from careline.domain.triggers.rules.conditions import BadRule
from careline.domain.triggers.rules.facts import FACTS, HAPPENING
from careline.entrypoints.web.approvals.words import action_words
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.rules import forms, names
from careline.entrypoints.web.rules.choices import Choices
from careline.entrypoints.web.rules.examples import example
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import moment_text, said
from careline.flows.approved_actions import BY_HAND
from careline.flows.change_rule import VERB, WrittenRule, add_rule, change_rule, found_rule


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return _form(visit, _for_their_teams(visit, example(visit.asked.get("example", ""))), None)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    written = _written(visit)
    try:
        add_rule(visit.person, written, by=visit.by, at=visit.at)
    except (BadRule, Refused) as wrong:
        return _form(visit, written, None, wrong=said(wrong), status=422)
    return HttpResponseRedirect("/rules")


def edited(visit: Visit, key: int) -> HttpResponse:
    row = found_rule(visit.person, key)
    return _form(visit, _as_written(row), row)


def changed(visit: Visit, key: int) -> HttpResponse:
    row = found_rule(visit.person, key)
    written = _written(visit)
    try:
        change_rule(visit.person, key, written, by=visit.by, at=visit.at)
    except BadRule as wrong:
        return _form(visit, written, row, wrong=said(wrong), status=422)
    return HttpResponseRedirect("/rules")


def previewed(visit: Visit) -> HttpResponse:
    """Which cases of the last week it would have met; nothing is kept."""
    require(visit.person, VERB)
    try:
        found = preview_rule(visit.person, _written(visit), at=visit.at)
    except BadRule as wrong:
        return part(visit, "rules/_preview", wrong=said(wrong), cases=[], is_cut=False)
    cases = [
        {"number": row.number, "subject": row.subject or _("No subject"), "at": moment_text(row.at, at=visit.at, zone=visit.zone)}
        for row in found
    ]  # fmt: skip
    return part(visit, "rules/_preview", wrong="", cases=cases, is_cut=len(cases) == MOST_SHOWN)


def condition_row(visit: Visit) -> HttpResponse:
    """A row more, or a row anew once another fact was chosen."""
    require(visit.person, VERB)
    choices, key = Choices(visit), visit.asked.get("key", "")[:8] or forms.new_key()
    group = visit.asked.get("group", "all")
    leaf = forms.condition_in(visit.asked, key, choices)
    return part(visit, "rules/_condition", row=_condition(leaf, key, group, choices), **_facts(choices))


def action_row(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    choices, key = Choices(visit), visit.asked.get("key", "")[:8] or forms.new_key()
    return part(visit, "rules/_action", row=_action(forms.action_in(visit.asked, key), key, choices), kinds=_kinds())


def no_row(visit: Visit) -> HttpResponse:
    """Nothing, to put in the place of a row that is taken away."""
    require(visit.person, VERB)
    return HttpResponse()


def _written(visit: Visit) -> WrittenRule:
    written = forms.written_in(visit, Choices(visit))
    given = visit.form.get("conditions", "")
    if not given:
        return written
    try:
        return replace(written, conditions=json.loads(given))
    except (ValueError, RecursionError):
        return replace(written, conditions={"?": given[:200]})


def _for_their_teams(visit: Visit, written: WrittenRule) -> WrittenRule:
    """Whoever may write rules for their own teams alone begins with these; what does not begin by “all of these” stays as it is."""
    if may_over(visit.person, VERB) or set(written.conditions) - {"all"}:
        return written
    teams = {"fact": "team", "is": [str(team) for team in visit.person.team_ids]}
    return replace(written, conditions={"all": [teams, *written.conditions.get("all", ())]})


def _as_written(row: Any) -> WrittenRule:
    return WrittenRule(
        row.name, row.kind, row.whens, row.conditions, row.actions, row.calendar_id, row.stops, row.is_active
    )


def _form(visit: Visit, written: WrittenRule, row: Any, *, wrong: str = "", status: int = 200) -> HttpResponse:
    choices = Choices(visit)
    rows = _rows_of(written.conditions)
    groups = [
        {"code": code, "name": _(name), "rows": [_condition(leaf, forms.new_key(), code, choices) for leaf in (rows or {}).get(code, ())]}
        for code, name in names.GROUPS.items()
    ]  # fmt: skip
    actions = written.actions or [{"do": forms.FIRST_ACTION}]
    return page(
        visit, "rules/rule", "settings", row.name if row else _("New rule"), status=status, written=written, kept=row, wrong=wrong,
        url=f"/rules/{row.id}" if row else "/rules/new", groups=groups, is_nested=rows is None,
        conditions=json.dumps(written.conditions, ensure_ascii=False, indent=2) if rows is None else "",
        actions=[_action(action, forms.new_key(), choices) for action in actions], kinds=_kinds(), calendars=choices.of("calendar"),
        whens=[(code, _(name)) for code, name in names.WHENS.items()], **_facts(choices),
    )  # fmt: skip


def _rows_of(conditions: Any) -> dict[str, list[dict[str, Any]]] | None:
    try:
        return forms.rows_of(conditions)
    except (TypeError, ValueError, KeyError):
        return None


def _facts(choices: Choices) -> dict[str, Any]:
    """The facts under their headings, the company's own fields below what they belong to."""
    headings = []
    for of, name in names.HEADINGS.items():
        listed = [(code, _(names.FACTS[code])) for code, fact in FACTS.items() if fact.of == of]
        own = [(code, label) for code, (fact, label) in choices.own().items() if fact.of == of]
        headings.append({"name": _(name), "facts": listed + own, "is_happening": of == HAPPENING})
    return {"headings": headings}


def _condition(leaf: dict[str, Any], key: str, group: str, choices: Choices) -> dict[str, Any]:
    fact = choices.fact(str(leaf.get("fact"))) or FACTS[forms.FIRST_FACT]
    operator = next((word for word in fact.operators if word in leaf), fact.operators[0])
    value = leaf.get(operator, "")
    many = [str(one) for one in value] if isinstance(value, list) else [str(value)] if value not in ("", None) else []
    return {
        "key": key, "group": group, "fact": fact.code, "kind": fact.kind, "operator": operator, "values": many, "among": choices.values_of(fact),
        "operators": [(word, _(names.OPERATORS[word])) for word in fact.operators], "is_yes": value is True, "written": ", ".join(many),
        "unit": leaf.get("unit", "hours"), "time": leaf.get("time", "clock"), "takes_value": operator not in ("is_set", "is_empty"),
        "units": [(code, _(name)) for code, name in names.UNITS.items()], "times": [(code, _(name)) for code, name in names.TIMES.items()],
    }  # fmt: skip


def _action(action: dict[str, Any], key: str, choices: Choices) -> dict[str, Any]:
    kind = action.get("do", forms.FIRST_ACTION)
    takes, among = forms.TAKES.get(kind, ("", ""))
    more = {
        "assign": [("nobody", _("Nobody"))],
        "team": [("none", _("No team"))],
        "topic": [("none", _("No topic"))],
    }.get(kind, [])
    texts = action.get("texts", {})
    return {
        "key": key, "do": kind, "takes": takes, "value": str(action.get(takes, "")) if takes else "", "hours": action.get("hours") or 24,
        "among": more + choices.of(among) if among else [], "names": ", ".join(action.get("names", ())), "field_value": action.get("value", ""),
        "asks": [(code, action_words(code)) for code in BY_HAND] if kind == "ask_approval" else [], "action": action.get("action", ""),
        "amount": action.get("amount", ""), "words": action.get("words", ""),
        "texts": [(code, texts.get(code, "")) for code in dict.fromkeys([*languages(), *texts])] if kind in ("note", "reply") else [],
    }  # fmt: skip


def _kinds() -> list[tuple[str, str]]:
    return [(code, _(name)) for code, name in names.ACTIONS.items()]
