"""What each operator asks of a case (`c`) or of a message (`m`), as a condition with its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.domain.desk.queries.search.operators import CATEGORIES
from careline.domain.staff.rules import Person
from careline.kit import db
from careline.kit.search.moments import span_of
from careline.kit.search.query import Token

_UNREAD = """(c.last_message_id IS NOT NULL AND NOT EXISTS (SELECT FROM conversations_reading sr
    WHERE sr.conversation_id = c.id AND sr.agent_id = {me} AND sr.message_id >= c.last_message_id))"""
_NOTED = "EXISTS (SELECT FROM conversations_message nm WHERE nm.conversation_id = c.id AND nm.kind = 'note')"
_OF_TAG = "c.tag_ids && ARRAY(SELECT g.id FROM conversations_tag g WHERE lower(g.name) = lower({value}))"
_OF_STATUS = """c.status_id IN (SELECT s.id FROM conversations_status s WHERE s.code = {value}
    OR EXISTS (SELECT FROM jsonb_each_text(s.name) AS n WHERE lower(n.value) = lower({value})))"""
_AGENTS = "SELECT a.id FROM staff_agent a WHERE a.email = lower({value}) OR a.name ILIKE {beginning} OR a.name ILIKE '%% ' || {beginning}"
_TEAMS = "SELECT t.id FROM staff_team t WHERE t.name ILIKE {beginning}"
_CHANNELS = "SELECT ch.id FROM channels_channel ch WHERE ch.kind = lower({value}) OR lower(ch.address) = lower({value}) OR ch.name ILIKE {beginning}"
_CUSTOMERS = "SELECT ad.customer_id FROM customers_address ad WHERE ad.value = lower({value})"
_NAMED_CUSTOMERS = "SELECT cu.id FROM customers_customer cu WHERE cu.vector @@ {words}::tsquery"
_COMPANIES = """SELECT cu.id FROM customers_customer cu JOIN customers_organisation o ON o.id = cu.organisation_id
    WHERE o.name ILIKE {beginning} OR o.domains @> {domain}"""

Condition = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, in which zone; and for the names of parameters the place of the token."""

    person: Person
    at: datetime
    zone: tzinfo = UTC
    place: int = 0


class NotAValue(ValueError):
    """What stands behind an operator means nothing to it."""


def condition_of(token: Token, asking: Asking) -> Condition:
    """Raises NotAValue."""
    sql, values = _MEANINGS[token.name](token, asking)
    names = {name: f"q{asking.place}_{name}" for name in values}
    sql = sql.format(**{name: f"%({placed})s" for name, placed in names.items()})
    return (f"NOT coalesce({sql}, false)" if token.negated else sql), {
        placed: values[name] for name, placed in names.items()
    }


def date_condition(token: Token, column: str, asking: Asking) -> Condition:
    """before:, after: and on: of a column. Raises NotAValue."""
    span = span_of(token.value, at=asking.at, zone=asking.zone)
    if span is None:
        raise NotAValue(token.value)
    since, until = f"q{asking.place}_since", f"q{asking.place}_until"
    sql, params = {
        "before": (f"{column} < %({since})s", {since: span[0]}),
        "after": (f"{column} >= %({since})s", {since: span[0]}),
        "on": (f"{column} >= %({since})s AND {column} < %({until})s", {since: span[0], until: span[1]}),
    }[token.name]
    return (f"NOT ({sql})" if token.negated else f"({sql})"), params


def _is(token: Token, asking: Asking) -> Condition:
    value = token.value.casefold()
    if value in CATEGORIES:
        return "(c.category = {category} AND NOT c.is_spam)", {"category": CATEGORIES[value]}
    found: dict[str, Condition] = {
        "spam": ("c.is_spam", {}),
        "snoozed": ("(c.snoozed_until > {at})", {"at": asking.at}),
        "unread": (_UNREAD, {"me": asking.person.id}),
        "unassigned": ("(c.assignee_id IS NULL)", {}),
        "assigned": ("(c.assignee_id IS NOT NULL)", {}),
        "mine": ("(c.assignee_id = {me})", {"me": asking.person.id}),
        "note": (_NOTED, {}),
    }
    if value not in found:
        raise NotAValue(token.value)
    return found[value]


def _has(token: Token, asking: Asking) -> Condition:
    value = token.value.casefold().rstrip("s")
    if value not in ("attachment", "file", "note"):
        raise NotAValue(token.value)
    return (_NOTED if value == "note" else "c.has_attachment"), {}


def _assignee(token: Token, asking: Asking) -> Condition:
    return _person_in("c.assignee_id", token, asking)


def _person_in(column: str, token: Token, asking: Asking) -> Condition:
    value = token.value.casefold()
    if value == "me":
        return f"({column} = {{me}})", {"me": asking.person.id}
    if value in ("none", "nobody"):
        return f"({column} IS NULL)", {}
    return f"({column} IN ({_AGENTS}))", _named(token.value)


def _among(column: str) -> Callable[[Token, Asking], Condition]:
    def condition(token: Token, asking: Asking) -> Condition:
        if token.value.casefold() == "me":
            return f"({column} @> ARRAY[{{me}}::bigint])", {"me": asking.person.id}
        return f"({column} && ARRAY({_AGENTS}))", _named(token.value)

    return condition


def _team(token: Token, asking: Asking) -> Condition:
    if token.value.casefold() in ("none", "nobody"):
        return "(c.team_id IS NULL)", {}
    return f"(c.team_id IN ({_TEAMS}))", {"beginning": _named(token.value)["beginning"]}


def _customer(token: Token, asking: Asking) -> Condition:
    from careline.domain.customers.rules.words import query_of

    if token.value.isdecimal() and len(token.value) <= 18:
        return "(c.customer_id = {id})", {"id": int(token.value)}
    if "@" in token.value:
        return f"(c.customer_id IN ({_CUSTOMERS}))", {"value": token.value}
    words = query_of(token.value)
    if not words:
        raise NotAValue(token.value)
    return f"(c.customer_id IN ({_NAMED_CUSTOMERS}))", {"words": words}


def _company(token: Token, asking: Asking) -> Condition:
    values = {"beginning": _named(token.value)["beginning"], "domain": db.json([token.value.casefold()])}
    return f"(c.customer_id IN ({_COMPANIES}))", values


def _number(token: Token, asking: Asking) -> Condition:
    digits = token.value.lstrip("#")
    if not digits.isdecimal() or len(digits) > 18:
        raise NotAValue(token.value)
    return "(c.number = {number})", {"number": int(digits)}


def _priority(token: Token, asking: Asking) -> Condition:
    if token.value.casefold() not in PRIORITIES:
        raise NotAValue(token.value)
    return "(c.priority = {priority})", {"priority": PRIORITIES[token.value.casefold()]}


def _field(token: Token, asking: Asking) -> Condition:
    if not token.detail:
        raise NotAValue(token.value)
    parts, values = [], {}
    for n, value in enumerate(_readings(token.value)):
        parts.append(f"c.fields @> {{field{n}}}")
        values[f"field{n}"] = db.json({token.detail: value})
    return f"({' OR '.join(parts)})", values


def _readings(value: str) -> Iterator[Any]:
    """What was typed, as each kind of field would keep it."""
    yield value
    yield [value]
    if value.casefold() in ("yes", "true", "no", "false"):
        yield value.casefold() in ("yes", "true")
    try:
        number = float(value)
    except ValueError:
        return
    if abs(number) < 1e15:
        yield int(number) if number.is_integer() else number


def _plain(sql: str, name: str = "value") -> Callable[[Token, Asking], Condition]:
    return lambda token, asking: (f"({sql})", {name: token.value})


def _named(value: str) -> dict[str, Any]:
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"value": value, "beginning": f"{escaped}%"}


_MEANINGS: dict[str, Callable[[Token, Asking], Condition]] = {
    "is": _is, "has": _has, "tag": _plain(_OF_TAG), "status": _plain(_OF_STATUS), "priority": _priority, "assignee": _assignee,
    "team": _team, "channel": lambda token, asking: (f"(c.channel_id IN ({_CHANNELS}))", _named(token.value)),
    "customer": _customer, "company": _company, "number": _number, "follower": _among("c.follower_ids"),
    "mentions": _among("c.mentioned_ids"), "field": _field,
    "language": _plain("c.language = lower({value}) OR c.language LIKE lower({value}) || '-%%'"),
}  # fmt: skip
