"""What the register of complaints goes by: rule sets in versions, categories, causes, letters."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from careline.domain.complaints.queries import book
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import complaint_rules as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows import keep_complaint_rules as keeping
from careline.flows.keep_complaint_rules import VERB, RulesWanted

_RULES, _CATEGORIES, _CAUSES, _LETTERS = (
    "/complaint-rules",
    "/complaint-categories",
    "/complaint-causes",
    "/complaint-letters",
)


@route("GET", _RULES, query=PageQuery, answer=Page[shapes.ComplaintRules])
def all_rules(call: Call) -> Any:
    """Every version of every rule set."""
    require(call.person, VERB)
    holds = {row.id for row in book.rules_in_force(call.at)}
    return short_page_of([_rules(row, holds) for row in book.all_versions()], call.query)


@route("POST", _RULES, body=shapes.GivenComplaintRules, answer=shapes.ComplaintRules, status=201)
def new_rules(call: Call) -> Any:
    """A rule set of its own."""
    return _kept_rules(call, None)


@route("POST", _RULES + "/{id}/versions", body=shapes.GivenComplaintRules, answer=shapes.ComplaintRules, status=201)
def next_rules(call: Call) -> Any:
    """The next version of a rule set. Complaints stay under the version of their day."""
    return _kept_rules(call, call.id)


@route("GET", _CATEGORIES, query=PageQuery, answer=Page[shapes.ComplaintCategory])
def all_categories(call: Call) -> Any:
    """Also those put aside."""
    require(call.person, "complaint:read")
    rows = book.categories(with_old=True)
    return short_page_of([shapes.ComplaintCategory(str(row.id), row.name, row.is_active) for row in rows], call.query)


@route("POST", _CATEGORIES, body=shapes.GivenComplaintCategory, answer=shapes.ComplaintCategory, status=201)
def new_category(call: Call) -> Any:
    """What complaints are sorted by."""
    given = call.body
    key = keeping.keep_complaint_category(call.person, given.name, is_active=given.is_active, by=call.by, at=call.at)
    return Created(_CATEGORIES, shapes.ComplaintCategory(str(key), " ".join(given.name.split()), given.is_active))


@route("PUT", _CATEGORIES + "/{id}", body=shapes.GivenComplaintCategory, answer=shapes.ComplaintCategory)
def changed_category(call: Call) -> Any:
    """Renames it, or puts it aside."""
    given = call.body
    keeping.keep_complaint_category(
        call.person, given.name, key=call.id, is_active=given.is_active, by=call.by, at=call.at
    )
    return shapes.ComplaintCategory(str(call.id), " ".join(given.name.split()), given.is_active)


@route("GET", _CAUSES, query=PageQuery, answer=Page[shapes.ComplaintCause])
def all_causes(call: Call) -> Any:
    """In the order of the tree, also those put aside."""
    require(call.person, "complaint:read")
    return short_page_of([_cause(one, active) for one, active in book.causes(with_old=True)], call.query)


@route("POST", _CAUSES, body=shapes.GivenComplaintCause, answer=shapes.ComplaintCause, status=201)
def new_cause(call: Call) -> Any:
    """At the top, or below another one."""
    given = call.body
    key = keeping.keep_complaint_cause(
        call.person, given.name, parent=int(given.parent) if given.parent else None, is_active=given.is_active, by=call.by, at=call.at
    )  # fmt: skip
    return Created(_CAUSES, _cause_by(key))


@route("PUT", _CAUSES + "/{id}", body=shapes.GivenComplaintCause, answer=shapes.ComplaintCause)
def changed_cause(call: Call) -> Any:
    """Renames it, or puts it aside; it stays where it stands."""
    given = call.body
    keeping.keep_complaint_cause(
        call.person, given.name, key=call.id, is_active=given.is_active, by=call.by, at=call.at
    )
    return _cause_by(call.id)


@route("GET", _LETTERS, query=PageQuery, answer=Page[shapes.KeptComplaintLetter])
def all_letters(call: Call) -> Any:
    """The company's own; without them ours are sent."""
    require(call.person, VERB)
    return short_page_of([_letter(row) for row in book.letters(with_old=True)], call.query)


@route("POST", _LETTERS, body=shapes.GivenComplaintLetter, answer=shapes.KeptComplaintLetter, status=201)
def new_kept_letter(call: Call) -> Any:
    """What is written at a step, by language."""
    return Created(_LETTERS, _kept_letter(call, None))


@route("PUT", _LETTERS + "/{id}", body=shapes.GivenComplaintLetter, answer=shapes.KeptComplaintLetter)
def changed_letter(call: Call) -> Any:
    """Written anew, or put aside."""
    return _kept_letter(call, call.id)


def _kept_rules(call: Call, instead_of: int | None) -> Created:
    given = call.body
    terms = {kind: term for kind, term in to_builtins(given.terms).items() if term is not None}
    wanted = RulesWanted(
        given.name, terms, to_builtins(given.extension), _key(given.brand), _key(given.product), given.country, _key(given.calendar),
        given.body, given.is_off, given.valid_from,
    )  # fmt: skip
    key = keeping.keep_complaint_rules(call.person, wanted, instead_of=instead_of, by=call.by, at=call.at)
    holds = {row.id for row in book.rules_in_force(call.at)}
    return Created(_RULES, _rules(book.rules_by_id(key), holds))


def _key(words: str | None) -> int | None:
    return int(words) if words is not None else None


def _kept_letter(call: Call, key: int | None) -> shapes.KeptComplaintLetter:
    given = call.body
    done = keeping.keep_complaint_letter(
        call.person, given.kind, name=given.name, texts=given.texts, outcome=given.outcome, key=key, is_active=given.is_active, by=call.by,
        at=call.at,
    )  # fmt: skip
    return _letter(book.letter_by_id(done))


def _rules(row: Any, holds: set[int]) -> shapes.ComplaintRules:
    keys = [str(key) if key else None for key in (row.brand_id, row.product_id, row.calendar_id)]
    terms = {kind: shapes.ComplaintTerm(**term) for kind, term in row.terms.items()}
    extension = shapes.ComplaintTerm(**row.extension) if row.extension else None
    return shapes.ComplaintRules(
        str(row.id), row.code, row.name, shapes.ComplaintDeadlines(**terms), extension, keys[0], keys[1], row.country, keys[2], row.body,
        row.is_off, row.valid_from, row.id in holds,
    )  # fmt: skip


def _cause(placed: Any, is_active: bool) -> shapes.ComplaintCause:
    return shapes.ComplaintCause(str(placed.id), list(placed.path), is_active)


def _cause_by(key: int) -> shapes.ComplaintCause:
    return next(_cause(one, active) for one, active in book.causes(with_old=True) if one.id == key)


def _letter(row: Any) -> shapes.KeptComplaintLetter:
    return shapes.KeptComplaintLetter(str(row.id), row.kind, row.outcome, row.name, row.texts, row.is_active)
