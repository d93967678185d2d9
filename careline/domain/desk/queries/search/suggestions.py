"""What somebody may mean while they type: operators and their values, cases by number or subject, customers, own searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from careline.domain.desk.queries.search.asked import asked_of
from careline.domain.desk.queries.search.cases import messages_found
from careline.domain.desk.queries.search.hits import hits_of_cases, hits_of_messages
from careline.domain.desk.queries.search.operators import OPERATORS, VALUES
from careline.domain.desk.queries.search.people import customers_found, plain_words
from careline.domain.desk.recent_searches import recent_searches
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db
from careline.kit.search.query import OPERATOR, parse
from careline.kit.search.snippets import as_text

OF_EACH = 4
_AMONG_NEWEST = 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`type` is query, operator (both: search for `query`), conversation or customer (open what bears `key`)."""

    type: str
    text: str
    query: str = ""
    key: int | None = None
    detail: str = ""


def suggestions_for(text: str, person: Person, *, at: datetime, languages: Sequence[str]) -> list[Suggestion]:
    """At most a dozen and a few; own searches alone where nothing is typed yet."""
    text = text.lstrip()[:200]
    earlier = [
        words for words in recent_searches(person.id) if words.casefold().startswith(text.casefold()) and words != text
    ]
    found = [Suggestion("query", words, words) for words in earlier[: OF_EACH if text else 2 * OF_EACH]]
    if not text:
        return found
    return [
        *_operators(text, person),
        *found,
        *_cases(text, person, at=at, languages=languages),
        *_customers(text, person, at=at),
    ]


def _operators(text: str, person: Person) -> list[Suggestion]:
    before, last = text[: text.rfind(" ") + 1], text.rpartition(" ")[2]
    sign, word = ("-", last[1:]) if last.startswith("-") else ("", last)
    name, colon, value = word.partition(":")
    if colon:
        values = islice(_values(name.casefold(), value, person), OF_EACH + 2)
        found = [f'{name}:"{one}"' if " " in one else f"{name}:{one}" for one in values]
    else:
        found = [f"{one}:" for one in OPERATORS if word and one.startswith(word.casefold())]
    return [
        Suggestion("operator", f"{sign}{one}", f"{before}{sign}{one}", detail=_example(one))
        for one in found
        if f"{sign}{one}" != last
    ]


def _example(operator: str) -> str:
    name, _, value = operator.partition(":")
    return "" if value else f"{operator}{OPERATORS[name]}"


def _values(name: str, begun: str, person: Person) -> Iterator[str]:
    """What may stand behind an operator, of the house's own names where it has such."""
    begun = begun.strip('"').casefold()
    yield from (value for value in VALUES.get(name, ()) if value.startswith(begun))
    if name in _NAMES:
        pattern = begun.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        yield from (row.name for row in db.rows(_NAMES[name], [pattern]))


_NAMES = {
    "tag": "SELECT name FROM conversations_tag WHERE name ILIKE %s ORDER BY lower(name) LIMIT 8",
    "team": "SELECT name FROM staff_team WHERE name ILIKE %s ORDER BY lower(name) LIMIT 8",
    "assignee": "SELECT name FROM staff_agent WHERE is_active AND name ILIKE %s ORDER BY lower(name) LIMIT 8",
    "channel": "SELECT name FROM channels_channel WHERE name ILIKE %s ORDER BY lower(name) LIMIT 8",
    "status": "SELECT code AS name FROM conversations_status WHERE code ILIKE %s ORDER BY position LIMIT 8",
}


def _cases(text: str, person: Person, *, at: datetime, languages: Sequence[str]) -> list[Suggestion]:
    """By number; else by words of the subject, the last of which may not be finished."""
    if reach_of(person, "conversation:read").nothing:
        return []
    words = text.lstrip("#").strip()
    if words.isdecimal() and len(words) <= 18:
        from careline.domain.desk.queries.search.cases import cases_found

        numbered = cases_found(asked_of(f"number:{words}", person, at=at, languages=()), person, after=None, limit=1)
        return [_case(hit.number, as_text(hit.title), hit.who) for hit in hits_of_cases(numbered.keys)]
    tokens = parse(text, OPERATORS)
    if any(token.kind == OPERATOR for token in tokens) or not tokens or len(tokens[-1].value) < 3:
        return []
    quoted = [token.value.replace('"', "") for token in tokens if not token.negated]
    subject = " ".join(
        [*(f'subject:"{word}"' for word in quoted[:-1]), *(f'subject:"{word}*"' for word in quoted[-1:])]
    )
    found = messages_found(asked_of(subject, person, at=at, languages=languages), person, after=None, limit=OF_EACH)
    hits = hits_of_messages(found.keys, asked_of("", person, at=at, languages=()).words.marks)
    return [_case(hit.number, as_text(hit.title), hit.who) for hit in hits]


def _customers(text: str, person: Person, *, at: datetime) -> list[Suggestion]:
    words = plain_words(asked_of(text, person, at=at, languages=()))
    if len(words) < 2:
        return []
    people = customers_found(words, person, limit=OF_EACH, among_newest=_AMONG_NEWEST)
    return [
        Suggestion("customer", row.name or row.detail or "", key=row.id, detail=row.detail or "") for row in people.rows
    ]


def _case(number: int | None, title: str, who: str) -> Suggestion:
    return Suggestion("conversation", title, key=number, detail=who)
