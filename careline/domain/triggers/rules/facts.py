"""The facts that a condition may ask for, each of a kind, and what may be asked of each kind: the whole list.

A fact of the company's own is named by where it stands: field.CODE of the case, customer.field.CODE, company.field.CODE.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NONE = "none"
"""Among ids: nobody, no team, no topic."""
IS, NOT = "is", "is_not"
ANY, ALL, NO = "has_any", "has_all", "has_none"
LEAST, MOST = "at_least", "at_most"
OVER, UNDER = "over", "under"
SET, UNSET = "is_set", "is_empty"
BETWEEN = "between"

# kind: what may be asked, the first being what a form begins with.
OPERATORS: dict[str, tuple[str, ...]] = {
    "code": (IS, NOT), "key": (IS, NOT), "tags": (ANY, ALL, NO), "text": (ANY, ALL, NO), "number": (LEAST, MOST, IS), "yes_no": (IS,),
    "age": (OVER, UNDER), "choices": (ANY, ALL, NO), "date": (LEAST, MOST), "weekday": (IS, NOT), "hours": (BETWEEN,), "due": (UNDER, OVER),
}  # fmt: skip
CATEGORIES = ("open", "waiting", "resolved")
PRIORITIES = ("low", "normal", "high", "urgent")
ACTORS = ("customer", "agent", "rule", "bot", "system")
OPENNESS = ("open", "closed")
SLA_STATES = ("none", "running", "late")

CASE, CUSTOMER, TIME, HAPPENING = "case", "customer", "time", "happening"


@dataclass(frozen=True, slots=True)
class Fact:
    """`of`: under which heading it stands; `among`: the codes there are, where they are the same everywhere."""

    code: str
    kind: str
    of: str = CASE
    among: tuple[str, ...] = ()

    @property
    def operators(self) -> tuple[str, ...]:
        more = (SET, UNSET) if self.is_own or self.code in ("language", "customer_language") else ()
        return OPERATORS[self.kind] + more

    @property
    def is_own(self) -> bool:
        """A field of the company's own."""
        return "field." in self.code


def _listed(*facts: Fact) -> dict[str, Fact]:
    return {fact.code: fact for fact in facts}


FACTS = _listed(
    Fact("category", "code", among=CATEGORIES), Fact("status", "code"), Fact("priority", "code", among=PRIORITIES),
    Fact("team", "key"), Fact("assignee", "key"), Fact("topic", "key"), Fact("tags", "tags"), Fact("channel", "key"),
    Fact("brand", "key"), Fact("language", "code"), Fact("subject", "text"), Fact("text", "text"),
    Fact("messages", "number"), Fact("reopenings", "number"), Fact("is_spam", "yes_no"), Fact("is_snoozed", "yes_no"),
    Fact("has_attachment", "yes_no"), Fact("sla", "code", among=SLA_STATES), Fact("due_in", "due"),
    Fact("customer", "key", CUSTOMER), Fact("company", "key", CUSTOMER), Fact("customer_language", "code", CUSTOMER),
    Fact("age", "age", TIME), Fact("since_customer", "age", TIME), Fact("since_answer", "age", TIME), Fact("waiting", "age", TIME),
    Fact("untouched", "age", TIME), Fact("hours", "code", TIME, OPENNESS), Fact("weekday", "weekday", TIME),
    Fact("time_of_day", "hours", TIME),
    Fact("by", "code", HAPPENING, ACTORS), Fact("by_agent", "key", HAPPENING), Fact("is_first", "yes_no", HAPPENING),
    Fact("priority_before", "code", HAPPENING, PRIORITIES), Fact("category_before", "code", HAPPENING, CATEGORIES),
    Fact("team_before", "key", HAPPENING), Fact("assignee_before", "key", HAPPENING), Fact("topic_before", "key", HAPPENING),
    Fact("tags_added", "tags", HAPPENING), Fact("fields_changed", "choices", HAPPENING),
)  # fmt: skip
"""`text` is what was said in the message that happened, else what the customer wrote last. `since_customer` and `since_answer`
count from the latest message of theirs and of ours; `waiting` from the first that has no answer."""

_OWN = re.compile(r"(?P<whose>(?:customer\.|company\.)?)field\.(?P<code>[a-z][a-z0-9_]{0,49})")
_KIND_OF_FIELD = {
    "text": "text", "url": "text", "number": "number", "date": "date", "choice": "code", "choices": "choices", "yes_no": "yes_no",
}  # fmt: skip


def own_fact(code: str, kind: str) -> Fact:
    """A fact of a field; `kind` as kit/typed_fields.py has it."""
    return Fact(code, _KIND_OF_FIELD[kind], CUSTOMER if code.startswith("c") else CASE)


def own_parts(code: str) -> tuple[str, str] | None:
    """(whose: case, customer or company; the field's code); None for a fact of the list."""
    found = _OWN.fullmatch(code)
    return (found["whose"].rstrip(".") or "case", found["code"]) if found else None
