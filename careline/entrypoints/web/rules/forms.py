"""A rule as its form says it, and the rows of the form as a rule says them. Whatever is wrong comes back as it was written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from careline.domain.triggers.rules.facts import Fact
from careline.entrypoints.web.rules.choices import Choices
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.change_rule import WrittenRule

GROUPS = ("all", "any", "none")
FIRST_FACT, FIRST_ACTION = "subject", "tag"
TAKES = {
    "assign": ("to", "agent"), "team": ("to", "team"), "priority": ("to", "priority"), "status": ("to", "status"), "topic": ("to", "topic"),
    "follow": ("agent", "agent"), "notify_agent": ("agent", "agent"), "notify_team": ("team", "team"),
    "follow_up": ("days", "days"), "send_reply": ("reply", "reply"),
    "webhook": ("webhook", "webhook"), "checklist": ("template", "template"), "set_field": ("field", "field"),
}  # fmt: skip
"""Action: the name of what it takes, and what that is chosen among."""


def new_key() -> str:
    return secrets.token_hex(4)


def written_in(visit: Visit, choices: Choices) -> WrittenRule:
    form = visit.form
    kind = "time" if form.get("kind") == "time" else "trigger"
    conditions: dict[str, list[Any]] = {group: [] for group in GROUPS}
    for key in _keys(form, "c"):
        group = form.get(f"c.{key}.group", "all")
        conditions[group if group in GROUPS else "all"].append(condition_in(form, key, choices))
    actions = [action_in(form, key) for key in _keys(form, "do")]
    whens = [] if kind == "time" else form.getlist("when")
    return WrittenRule(
        form.get("name", ""), kind, whens, _tree(conditions), actions, whole_number(form.get("calendar")), "stops" in form, "off" not in form
    )  # fmt: skip


def condition_in(form: QueryDict, key: str, choices: Choices) -> dict[str, Any]:
    """One row of conditions, in the form of rules/conditions.py; what can't be read stays a text, to be refused with a sentence."""
    code = form.get(f"c.{key}.fact", FIRST_FACT)
    fact = choices.fact(code)
    if fact is None:
        return {"fact": code, "is": ""}
    operator = form.get(f"c.{key}.op", "")
    operator = operator if operator in fact.operators else fact.operators[0]
    if operator in ("is_set", "is_empty"):
        return {"fact": code, operator: True}
    return {"fact": code, operator: _value(form, f"c.{key}", fact)} | _span(form, f"c.{key}", fact)


def action_in(form: QueryDict, key: str) -> dict[str, Any]:
    kind = form.get(f"do.{key}.do", FIRST_ACTION)
    place = f"do.{key}"
    if kind in ("tag", "untag"):
        return {"do": kind, "names": _parted(form.get(f"{place}.names", ""))}
    if kind == "snooze":
        return {"do": kind, "hours": whole_number(form.get(f"{place}.hours")) or 0}
    if kind == "ask_approval":
        return {"do": kind} | {name: form.get(f"{place}.{name}", "").strip() for name in ("action", "amount", "words")}
    if kind in ("note", "reply"):
        prefix = f"{place}.text."
        texts = {
            name.removeprefix(prefix): form.get(name, "").replace("\r\n", "\n")
            for name in form
            if name.startswith(prefix)
        }
        return {"do": kind, "texts": {language: words for language, words in texts.items() if words.strip()}}
    if kind not in TAKES:
        return {"do": kind}
    takes = TAKES[kind][0]
    return {"do": kind, takes: form.get(f"{place}.{takes}", "")} | (
        {"value": form.get(f"{place}.value", "")} if kind == "set_field" else {}
    )


def rows_of(conditions: dict[str, Any]) -> dict[str, list[dict[str, Any]]] | None:
    """The leaves by group, as the form shows them; None where the rule is nested in another way."""
    rows: dict[str, list[dict[str, Any]]] = {group: [] for group in GROUPS}
    if not conditions:
        return rows
    if set(conditions) != {"all"}:
        (kind,) = conditions
        conditions = {"all": [{kind: conditions[kind]}]}
    for part in conditions["all"]:
        if "fact" in part:
            rows["all"].append(part)
            continue
        (kind,) = part
        if kind == "all" or rows[kind] or not all("fact" in leaf for leaf in part[kind]):
            return None
        rows[kind] = part[kind]
    return rows


def _tree(groups: dict[str, list[Any]]) -> dict[str, Any]:
    beside = [{kind: groups[kind]} for kind in ("any", "none") if groups[kind]]
    return {"all": [*groups["all"], *beside]} if groups["all"] or beside else {}


def _keys(form: Iterable[str], what: str) -> list[str]:
    """The rows in the order in which they stand."""
    return list(
        dict.fromkeys(name.split(".")[1] for name in form if name.startswith(f"{what}.") and name.count(".") >= 2)
    )


def _value(form: QueryDict, place: str, fact: Fact) -> Any:
    written = form.get(f"{place}.value", "").strip()
    if fact.kind == "hours":
        return [form.get(f"{place}.from", ""), form.get(f"{place}.until", "")]
    if fact.kind == "yes_no":
        return written == "yes"
    if fact.kind in ("number", "age", "due"):
        return _number(written)
    if fact.kind == "date":
        return written
    many = [word for word in form.getlist(f"{place}.value") if word.strip()]
    return _parted(many[0]) if len(many) == 1 and fact.kind in ("tags", "text", "choices", "code", "key") else many


def _span(form: QueryDict, place: str, fact: Fact) -> dict[str, str]:
    if fact.kind not in ("age", "due"):
        return {}
    return {"unit": form.get(f"{place}.unit", "hours"), "time": form.get(f"{place}.time", "clock")}


def _number(written: str) -> Any:
    try:
        number = float(written.replace(",", "."))
    except ValueError:
        return written
    return int(number) if number == int(number) else number


def _parted(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
