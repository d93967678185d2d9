"""One rule of the draft on a form. Changing any begins a draft, a copy of what holds now."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from careline.domain.approvals.queries.policies import draft, in_force
from careline.domain.approvals.rules.conditions import OPERATORS, BadPolicy
from careline.domain.approvals.rules.facts import KINDS, MONEY, NUMBER, YES_NO
from careline.domain.approvals.rules.policies import LADDER, ROLE, SKILL
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound
from careline.domain.knowledge.queries.canned import replies_of
from careline.domain.staff.queries import roles
from careline.domain.staff.rules import require
from careline.domain.staff.skills import skills
from careline.entrypoints.web.approvals.words import FACTS, action_words, known_actions
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.policies.words import OPERATORS as OPERATOR_WORDS
from careline.entrypoints.web.policies.words import OUTCOMES
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said
from careline.flows.keep_policies import VERB, draft_policy

HERE = "/settings/policies"
SPARE_ROWS = 3
_BLANK: dict[str, Any] = {
    "id": "", "name": "", "actions": [], "when": [], "outcome": "approval", "code": "", "sentences": {}, "article": "",
    "approver": {"by": LADDER}, "four_eyes": False, "hours": None, "tells": {},
}  # fmt: skip


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return _form(visit, _BLANK)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    rule = _written(visit, f"r{secrets.token_hex(4)}")
    return _kept(visit, [*_rules(visit), rule], rule, url=f"{HERE}/draft/rules")


def edited(visit: Visit, rule: str) -> HttpResponse:
    require(visit.person, VERB)
    return _form(visit, _found(visit, rule))


def changed(visit: Visit, rule: str) -> HttpResponse:
    require(visit.person, VERB)
    before = _found(visit, rule)
    wanted = {**_written(visit, rule), "code": before["code"]}
    if wanted["outcome"] != before["outcome"]:
        wanted["code"] = ""
    return _kept(visit, [wanted if one["id"] == rule else one for one in _rules(visit)], wanted)


def removed(visit: Visit, rule: str) -> HttpResponse:
    require(visit.person, VERB)
    _found(visit, rule)
    draft_policy(visit.person, [one for one in _rules(visit) if one["id"] != rule], by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": HERE})


def moved(visit: Visit, rule: str) -> HttpResponse:
    require(visit.person, VERB)
    held, rules = _found(visit, rule), [one for one in _rules(visit) if one["id"] != rule]
    to = (whole_number(visit.form.get("to")) or 1) - 1
    rules.insert(max(0, min(to, len(rules))), held)
    draft_policy(visit.person, rules, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": HERE})


def _rules(visit: Visit) -> list[dict[str, Any]]:
    held = draft() or in_force(visit.at)
    return list(held.rules) if held is not None else []


def _found(visit: Visit, rule: str) -> dict[str, Any]:
    for one in _rules(visit):
        if one["id"] == rule:
            return one
    raise NotFound(f"There is no rule {rule[:60]}.")


def _kept(visit: Visit, rules: list[dict[str, Any]], rule: dict[str, Any], *, url: str = "") -> HttpResponse:
    try:
        draft_policy(visit.person, rules, by=visit.by, at=visit.at)
    except BadPolicy as wrong:
        return _form(visit, rule, error=said(wrong), status=422, url=url)
    return HttpResponseRedirect(HERE)


def _written(visit: Visit, key: str) -> dict[str, Any]:
    form = visit.form
    by, _sep, which = form.get("approver", LADDER).partition(":")
    approver: dict[str, Any] = {"by": by}
    if by == ROLE:
        approver["role"] = which
    elif by == SKILL:
        approver |= {"skill": whole_number(which), "level": whole_number(form.get("level")) or 1}
    tells = {end: reply for end in ("approved", "denied") if (reply := whole_number(form.get(f"tells-{end}")))}
    return {
        "id": key, "name": form.get("name", ""), "actions": form.getlist("action"), "when": _conditions(form),
        "outcome": form.get("outcome", ""), "sentences": {one: form.get(f"sentence-{one}", "") for one in languages()},
        "article": form.get("article", ""), "approver": approver, "four_eyes": "four_eyes" in form,
        "hours": whole_number(form.get("hours")), "tells": tells, "percent": whole_number(form.get("percent")),
    }  # fmt: skip


def _conditions(form: QueryDict) -> list[dict[str, Any]]:
    """Rows without a fact are left out; what can't be read stays a text, to be refused with a sentence."""
    found = []
    for n in range(1, 30):
        name = form.get(f"fact-{n}", "")
        if name in KINDS:
            kind, operator = KINDS[name], form.get(f"operator-{n}", "")
            operator = operator if operator in OPERATORS[kind] else OPERATORS[kind][0]
            found.append({"fact": name, operator: _value(kind, operator, form.get(f"value-{n}", "").strip())})
    return found


def _value(kind: str, operator: str, written: str) -> Any:
    if kind == YES_NO or operator == "is_known":
        return written.lower() not in ("no", "false", "0", _("no"))
    if kind == MONEY:
        amount, _sep, currency = written.replace(",", ".").partition(" ")
        return {"amount": amount, "currency": currency.strip() or "EUR"}
    if kind == NUMBER:
        try:
            number = float(written.replace(",", "."))
        except ValueError:
            return written
        return int(number) if number == int(number) else number
    return [word.strip() for word in written.split(",") if word.strip()]


def _form(visit: Visit, rule: dict[str, Any], *, error: str = "", status: int = 200, url: str = "") -> HttpResponse:
    whos = [(LADDER, _("The lowest person above who may"))]
    whos += [(f"{ROLE}:{row.code}", _("Role: %(name)s") % {"name": row.name}) for row in roles()]
    whos += [(f"{SKILL}:{row.id}", _("Skill: %(name)s") % {"name": row.name}) for row in skills()]
    approver = rule["approver"]
    rows = [_row(n, one) for n, one in enumerate(rule["when"], 1)]
    rows += [
        {"n": n, "fact": "", "operator": "", "value": ""} for n in range(len(rows) + 1, len(rows) + SPARE_ROWS + 1)
    ]
    known = dict.fromkeys((*known_actions(), *rule["actions"]))
    return page(
        visit, "policies/rule", "settings", rule["name"] or _("New rule"), status=status, error=error, rule=rule, rows=rows,
        url=url or (f"{HERE}/draft/rules/{rule['id']}" if rule["id"] else f"{HERE}/draft/rules"), is_new=not rule["id"] or bool(url),
        actions=[(code, action_words(code)) for code in known], facts=[(code, _(words)) for code, words in FACTS.items()],
        operators=[(code, _(words)) for code, words in OPERATOR_WORDS.items()], outcomes=[(code, _(words)) for code, words in OUTCOMES.items()],
        whos=whos, who=f"{approver['by']}:{approver.get('role') or approver.get('skill')}" if approver["by"] != LADDER else LADDER,
        level=approver.get("level", 1), languages=[(code, language_name(code)) for code in languages()],
        replies=[(row.id, row.name) for row in replies_of(visit.person)],
    )  # fmt: skip


def _row(n: int, condition: dict[str, Any]) -> dict[str, Any]:
    operator = next(word for word in condition if word != "fact")
    value = condition[operator]
    if isinstance(value, dict):
        value = f"{value['amount']} {value['currency']}"
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    elif isinstance(value, list):
        value = ", ".join(value)
    return {"n": n, "fact": condition["fact"], "operator": operator, "value": value}
