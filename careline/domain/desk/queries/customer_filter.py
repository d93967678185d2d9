"""Which customers are meant: the filter of the list, of the API and of a saved segment, as one condition over `customers_customer cu`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from careline.domain.company.queries import home_region
from careline.domain.conversations.queries.visibility import visible
from careline.domain.customers.queries.consents import AGREES
from careline.domain.customers.rules.addresses import Unreachable, likeness_of, phone_forms
from careline.domain.customers.rules.words import query_of, sort_name_of
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

NO_COMPANY = 0


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """What is not given leaves it open. `company` 0: none. `fields`: {code: value, or {"min": …, "max": …}}.

    `consent` is a purpose they agree to; `contacted_within` and `silent_for` count days back from the moment of asking, by
    the last change of a case of theirs; `tag` stands on one of their cases; `has` is a kind of address.
    """

    words: str = ""
    company: int | None = None
    language: str = ""
    tag: str = ""
    consent: str = ""
    has: str = ""
    contacted_within: int | None = None
    silent_for: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)

    def as_kept(self) -> dict[str, Any]:
        """As a segment keeps it: without what it leaves open."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, {})}


class BadFilter(ValueError):
    """A filter that says nothing we know; the text is one sentence."""


def filter_of(kept: dict[str, Any]) -> CustomerFilter:
    """What a segment kept, or a caller gave. Raises BadFilter."""
    known = {each.name: str(each.type) for each in fields(CustomerFilter)}
    for name, value in kept.items():
        kind = known.get(name)
        wanted: tuple[type, ...] = (str,) if kind == "str" else (dict,) if name == "fields" else (int,)
        if kind is None:
            raise BadFilter(f"Customers can't be filtered by {name}; there are {', '.join(known)}.")
        if not isinstance(value, wanted) or isinstance(value, bool) or (isinstance(value, int) and abs(value) > 10**15):
            raise BadFilter(f"The value of {name} is not of its kind.")
    for name in ("contacted_within", "silent_for"):
        if not 0 < kept.get(name, 1) <= 36_500:
            raise BadFilter(f"{name} is a number of days, from 1 to 36500.")
    return CustomerFilter(**kept)


def condition_of(
    wanted: CustomerFilter, person: Person, *, at: datetime, verb: str = "customer:read"
) -> tuple[str, dict[str, Any]]:
    """The condition and its parameters, narrowed to whom the person may see by `verb`."""
    seen, params = known_to(person, verb)
    parts = [seen, "cu.erased_at IS NULL", "cu.merged_into_id IS NULL"]
    for part, values in _asked(wanted, person, at=at):
        parts.append(part)
        params |= values
    return " AND ".join(parts), params


def known_to(person: Person, verb: str) -> tuple[str, dict[str, Any]]:
    """Customers are seen through a case that is, by a grant over all, or while they have no case at all."""
    reach = reach_of(person, verb)
    if reach.nothing:
        return "false", {}
    if reach.everything:
        return "true", {}
    condition, params = visible(reach)
    cases = "SELECT FROM conversations_conversation c WHERE c.customer_id = cu.id"
    return f"(EXISTS ({cases} AND {condition}) OR NOT EXISTS ({cases}))", params


def _asked(wanted: CustomerFilter, person: Person, *, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    asked: list[tuple[str, dict[str, Any]]] = []
    if wanted.words.strip():
        asked.append(_of_words(wanted.words))
    if wanted.company == NO_COMPANY:
        asked.append(("cu.organisation_id IS NULL", {}))
    elif wanted.company is not None:
        asked.append(("cu.organisation_id = %(company)s", {"company": wanted.company}))
    if wanted.language:
        asked.append(("cu.language = %(language)s", {"language": wanted.language}))
    if wanted.has:
        asked.append(
            (
                "EXISTS (SELECT FROM customers_address ha WHERE ha.customer_id = cu.id AND ha.kind = %(has)s)",
                {"has": wanted.has},
            )
        )
    if wanted.consent:
        asked.append((AGREES, {"purpose": wanted.consent}))
    asked += _of_cases(wanted, person, at=at)
    for n, (code, value) in enumerate(sorted(wanted.fields.items())):
        asked.append(_of_field(n, code, value))
    return asked


_NAMED = "cu.id IN (SELECT w.id FROM customers_customer w WHERE w.vector @@ %(words)s::tsquery"
_WORKS_THERE = """ UNION ALL SELECT w.id FROM customers_customer w JOIN customers_organisation o ON o.id = w.organisation_id
    WHERE o.sort_name LIKE %(company_words)s"""
_IS_CALLED_BY = " UNION ALL SELECT a.customer_id FROM customers_address a WHERE a.likeness = ANY(%(likenesses)s)"


def _of_words(words: str) -> tuple[str, dict[str, Any]]:
    """All words begin one of the customer's, or the company is called so; a number is found however it is written."""
    query = query_of(words)
    if not query:
        return "false", {}
    company = sort_name_of(words).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    params = {"words": query, "company_words": f"{company}%"}
    try:
        likenesses = [likeness_of("phone", form) for form in phone_forms(words, region=home_region())]
    except Unreachable:
        likenesses = []
    if not any(likenesses):
        return f"{_NAMED}{_WORKS_THERE})", params
    return f"{_NAMED}{_WORKS_THERE}{_IS_CALLED_BY})", params | {"likenesses": [one for one in likenesses if one]}


def _of_cases(wanted: CustomerFilter, person: Person, *, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Only cases that the asker sees count, so that a filter tells nobody of what they may not know."""
    seen, params = visible(reach_of(person, "conversation:read"))
    cases = f"SELECT FROM conversations_conversation c WHERE c.customer_id = cu.id AND {seen}"
    asked: list[tuple[str, dict[str, Any]]] = []
    if wanted.tag:
        tagged = (
            "c.tag_ids && ARRAY(SELECT g.id FROM conversations_tag g WHERE lower(g.name) = lower(%(customer_tag)s))"
        )
        asked.append((f"EXISTS ({cases} AND {tagged})", params | {"customer_tag": wanted.tag}))
    if wanted.contacted_within is not None:
        since = {"contact_since": at - timedelta(days=wanted.contacted_within)}
        asked.append((f"EXISTS ({cases} AND c.updated_at >= %(contact_since)s)", params | since))
    if wanted.silent_for is not None:
        since = {"silent_since": at - timedelta(days=wanted.silent_for)}
        asked.append((f"NOT EXISTS ({cases} AND c.updated_at >= %(silent_since)s)", params | since))
    return asked


def _of_field(n: int, code: str, value: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(value, dict):
        parts = [f"cu.fields ? %(code_{n})s"]
        params: dict[str, Any] = {f"code_{n}": code}
        for name, sign in (("min", ">="), ("max", "<=")):
            if value.get(name) is not None:
                parts.append(f"cu.fields -> %(code_{n})s {sign} %({name}_{n})s")
                params[f"{name}_{n}"] = db.json(value[name])
        return " AND ".join(parts), params
    return f"cu.fields @> %(field_{n})s", {f"field_{n}": db.json({code: value})}
