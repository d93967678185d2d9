"""What the register goes by is kept: rule sets in versions, categories, the tree of causes, letters."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from careline.domain.calendars.queries import calendar_by_id
from careline.domain.company.queries import languages, site_of
from careline.domain.complaints.commands import book
from careline.domain.complaints.commands.book import NewRules
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.book import cause_parents, causes, rules_by_id
from careline.domain.complaints.rules.causes import DEEPEST
from careline.domain.complaints.rules.handling import OUTCOMES
from careline.domain.complaints.rules.terms import FINAL, KINDS, BadTerms, Terms, terms_from
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.orders.queries.products import product_by_id
from careline.domain.staff.rules import Person, require

VERB = "complaint:manage"
LATEST = timedelta(days=366)
MOST_NAME, MOST_TEXT = 200, 20_000


@dataclass(frozen=True, slots=True)
class RulesWanted:
    """`terms`: {"acknowledgement" | "holding" | "final": {"count", "unit", "warn"}}; `extension` the same of one term, or None."""

    name: str
    terms: Any
    extension: Any = None
    brand: int | None = None
    product: int | None = None
    country: str = ""
    calendar: int | None = None
    body: str = ""
    is_off: bool = False
    valid_from: datetime | None = None


def keep_complaint_rules(
    agent: Person, wanted: RulesWanted, *, instead_of: int | None = None, by: Actor, at: datetime
) -> int:
    """A new rule set, or the next version of one; its key. What was begun stays under its own version.

    Raises Forbidden, NotFound, ComplaintRefused.
    """
    require(agent, VERB)
    name = _name(wanted.name)
    terms = _terms(wanted)
    valid_from = wanted.valid_from or at
    if not at <= valid_from <= at + LATEST:
        raise ComplaintRefused("bad_day", "Rules begin to hold now, or on a day of the next twelve months.")
    country = wanted.country.strip().upper()
    if country and re.fullmatch("[A-Z]{2}", country) is None:
        raise ComplaintRefused("bad_country", "Name a country by its two letters, as in DE.")
    _require_known(wanted)
    before = rules_by_id(instead_of) if instead_of is not None else None
    if instead_of is not None and before is None:
        raise NotFound(f"There are no complaint rules {instead_of}.")
    new = NewRules(
        before.code if before is not None else secrets.token_hex(8), name, terms, valid_from, wanted.brand, wanted.product, country,
        wanted.calendar, wanted.body.strip()[:2000], wanted.is_off,
    )  # fmt: skip
    return book.add_rules(new, author=agent.id, by=by, at=at)


def keep_complaint_category(
    agent: Person, name: str, *, key: int | None = None, is_active: bool = True, by: Actor, at: datetime
) -> int:
    """Raises Forbidden, NotFound, ComplaintRefused."""
    require(agent, VERB)
    return _kept(lambda: book.save_category(key, name=_name(name), is_active=is_active, by=by, at=at), "category", key)


def keep_complaint_cause(
    agent: Person,
    name: str,
    *,
    key: int | None = None,
    parent: int | None = None,
    is_active: bool = True,
    by: Actor,
    at: datetime,
) -> int:
    """A new one below `parent` or at the top; one that is there keeps its place. Raises Forbidden, NotFound, ComplaintRefused."""
    require(agent, VERB)
    if parent is not None:
        if parent not in cause_parents():
            raise ComplaintRefused("no_such_cause", "There is no such cause to put it below.")
        depth = next((placed.depth for placed, _ in causes(with_old=True) if placed.id == parent), 0)
        if key is None and depth + 1 >= DEEPEST:
            raise ComplaintRefused("too_deep", f"The tree of causes is {DEEPEST} levels deep at most.")
    return _kept(
        lambda: book.save_cause(key, name=_name(name), parent=parent, is_active=is_active, by=by, at=at), "cause", key
    )


def keep_complaint_letter(
    agent: Person,
    kind: str,
    *,
    name: str,
    texts: Mapping[str, str],
    outcome: str = "",
    key: int | None = None,
    is_active: bool = True,
    by: Actor,
    at: datetime,
) -> int:
    """`texts` by language. Raises Forbidden, NotFound, ComplaintRefused."""
    require(agent, VERB)
    if kind not in KINDS:
        raise ComplaintRefused("bad_kind", f"A letter is for {', '.join(KINDS)}.")
    if outcome and (kind != FINAL or outcome not in OUTCOMES):
        raise ComplaintRefused("bad_outcome", f"Only a final letter is for one outcome: {', '.join(OUTCOMES)}.")
    if unknown := [language for language in texts if language not in languages()]:
        raise ComplaintRefused("bad_language", f"The company does not write in {unknown[0][:20]}.")
    written = {language: text.strip()[:MOST_TEXT] for language, text in texts.items() if text.strip()}
    if not written:
        raise ComplaintRefused("no_words", "Write the letter in one language at least.")
    return _kept(
        lambda: book.save_letter(
            key, kind=kind, outcome=outcome, name=_name(name), texts=written, is_active=is_active, by=by, at=at
        ),
        "letter",
        key,
    )


def _terms(wanted: RulesWanted) -> Terms:
    try:
        return terms_from(wanted.terms, wanted.extension)
    except BadTerms as wrong:
        raise ComplaintRefused("bad_terms", str(wrong)) from None


def _require_known(wanted: RulesWanted) -> None:
    if wanted.brand is not None and site_of(wanted.brand) is None:
        raise ComplaintRefused("no_such_brand", "There is no such brand.")
    if wanted.product is not None and product_by_id(wanted.product) is None:
        raise ComplaintRefused("no_such_product", "There is no such product.")
    if wanted.calendar is not None and calendar_by_id(wanted.calendar) is None:
        raise ComplaintRefused("no_such_calendar", "There are no such opening hours.")


def _name(words: str) -> str:
    name = " ".join(words.split())[:MOST_NAME]
    if not name:
        raise ComplaintRefused("no_name", "Give it a name.")
    return name


def _kept(save: Any, noun: str, key: int | None) -> int:
    try:
        with transaction.atomic():
            found: int | None = save()
    except IntegrityError:
        raise ComplaintRefused("name_taken", "There is one of this name already.") from None
    if found is None:
        raise NotFound(f"There is no complaint {noun} {key}.")
    return found
