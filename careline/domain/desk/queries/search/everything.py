"""One search over all there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from careline.domain.desk.queries.search.asked import Asked, asked_of
from careline.domain.desk.queries.search.cases import cases_found, messages_found
from careline.domain.desk.queries.search.hits import Hit, hits_of_cases, hits_of_messages, hits_of_people
from careline.domain.desk.queries.search.people import companies_found, customers_found, plain_words
from careline.domain.desk.queries.search.spelling import mended
from careline.domain.desk.queries.search.ways import Place
from careline.domain.staff.rules import Person, reach_of

PEOPLE_BESIDE = 3
"""So many customers and companies stand above the cases where no type is asked for."""
_AMONG_NEWEST = 500
TYPES = ("conversation", "customer", "company")


@dataclass(frozen=True, slots=True)
class Results:
    """`instead_of` is what was typed where its spelling was mended and `asked` is the mended query."""

    hits: list[Hit]
    next: Place | None
    asked: Asked
    instead_of: str = ""
    is_cut_short: bool = False


def results_of(
    text: str,
    person: Person,
    *,
    at: datetime,
    languages: Sequence[str],
    type: str = "",
    zone: tzinfo = UTC,
    after: Place | None = None,
    limit: int = 20,
    mend: bool = True,
) -> Results:
    """What the person may see of what was asked, the newest first. `type` is one of TYPES, or empty for all of them.

    Where nothing is found, misspelt words are replaced by the likeliest and the search is made once more.
    """
    asked = asked_of(text, person, at=at, languages=languages, zone=zone)
    found = _found(asked, person, type=type, after=after, limit=limit)
    if found.hits or after is not None or not mend or found.is_cut_short:
        return found
    other = mended(asked)
    if not other:
        return found
    again = _found(
        asked_of(other, person, at=at, languages=languages, zone=zone), person, type=type, after=None, limit=limit
    )
    return replace(again, instead_of=text) if again.hits else found


def _found(asked: Asked, person: Person, *, type: str, after: Place | None, limit: int) -> Results:
    if asked.is_empty:
        return Results([], None, asked)
    if type in ("customer", "company"):
        return _people(asked, person, type=type, after=after, limit=limit)
    beside = [] if type or after is not None else _beside(asked, person)
    if reach_of(person, "conversation:read").nothing:
        return Results(beside, None, asked)
    if asked.has_words or asked.words.is_impossible:
        found = messages_found(asked, person, after=after, limit=limit)
        hits = hits_of_messages(found.keys, asked.words.marks)
    else:
        found = cases_found(asked, person, after=after, limit=limit)
        hits = hits_of_cases(found.keys)
    return Results([*beside, *hits], found.next, asked, is_cut_short=found.is_cut_short)


def _people(asked: Asked, person: Person, *, type: str, after: Place | None, limit: int) -> Results:
    find = customers_found if type == "customer" else companies_found
    people = find(plain_words(asked), person, after=after, limit=limit)
    return Results(hits_of_people(type, people, asked.words.marks), people.next, asked)


def _beside(asked: Asked, person: Person) -> list[Hit]:
    """The case of a number that stands alone, and people."""
    words = plain_words(asked)
    if not words:
        return []
    customers = customers_found(words, person, limit=PEOPLE_BESIDE, among_newest=_AMONG_NEWEST)
    companies = companies_found(words, person, limit=PEOPLE_BESIDE)
    marks = asked.words.marks
    return [
        *_numbered(words, asked, person),
        *hits_of_people("customer", customers, marks),
        *hits_of_people("company", companies, marks),
    ]


def _numbered(words: str, asked: Asked, person: Person) -> list[Hit]:
    if not words.isdecimal() or len(words) > 18 or reach_of(person, "conversation:read").nothing:
        return []
    number = asked_of(f"number:{words}", person, at=datetime.max.replace(tzinfo=UTC), languages=())
    return hits_of_cases(cases_found(number, person, after=None, limit=1).keys)
