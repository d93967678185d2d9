"""Versions of the policy, the rates beside it, and what was decided by it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.policies import Book, rules_from
from careline.domain.approvals.rules.rates import OLDEST, Rates
from careline.kit import db

_COLUMNS = """p.id, p.note, p.author_id, a.name AS author_name, p.written_at, p.valid_from,
    jsonb_array_length(p.rules) AS size FROM approvals_policy p LEFT JOIN staff_agent a ON a.id = p.author_id"""
_MOST_KEPT = 20
_books: dict[tuple[int, datetime], Book] = {}


def book_at(at: datetime) -> Book:
    """The version in force at a moment, taken apart; each is read and taken apart once in a process."""
    head = db.row(
        """SELECT id, written_at FROM approvals_policy WHERE valid_from <= %s ORDER BY valid_from DESC, id DESC LIMIT 1""",
        [at],
        prepared=True,
    )
    if head is None:
        return Book()
    key = (head.id, head.written_at)
    if key not in _books:
        if len(_books) >= _MOST_KEPT:
            _books.clear()
        rules = db.value("SELECT rules FROM approvals_policy WHERE id = %s", [head.id])
        _books[key] = Book(head.id, rules_from(rules))
    return _books[key]


def rates_for(facts: Facts, *, at: datetime) -> Rates:
    """Those that may be needed: none where nothing costs anything."""
    if facts.amount is None:
        return Rates(at.date())
    found = db.rows(
        """SELECT source, target, "on", rate FROM approvals_rate WHERE "on" BETWEEN %s AND %s ORDER BY "on" DESC""",
        [at.date() - OLDEST, at.date()],
        prepared=True,
    )
    known: dict[tuple[str, str], list[Any]] = {}
    for row in found:
        known.setdefault((row.source, row.target), []).append((row.on, row.rate))
    return Rates(at.date(), known)


def rates() -> list[Any]:
    """Each pair's newest: id, source, target, on, rate."""
    return db.rows(
        """SELECT DISTINCT ON (source, target) id, source, target, "on", rate FROM approvals_rate
           ORDER BY source, target, "on" DESC"""
    )


def author_of(policy: int | None, rule: str) -> int | None:
    """Who wrote this rule of a version as it stands; None where that is not known."""
    found: int | None = db.value("SELECT (authors ->> %s)::bigint FROM approvals_policy WHERE id = %s", [rule, policy])
    return found


def versions() -> list[Any]:
    """Without the draft, the newest first: id, note, author_id, author_name, written_at, valid_from, size."""
    return db.rows(f"SELECT {_COLUMNS} WHERE p.valid_from IS NOT NULL ORDER BY p.valid_from DESC, p.id DESC LIMIT 200")


def version(key: int) -> Any | None:
    """The same of one, with its rules."""
    return db.row(f"SELECT p.rules, {_COLUMNS} WHERE p.id = %s", [key])


def draft() -> Any | None:
    """What is being written, with its rules; there is one at most."""
    return db.row(f"SELECT p.rules, {_COLUMNS} WHERE p.valid_from IS NULL")


def in_force(at: datetime) -> Any | None:
    """The version that holds now, with its rules."""
    return db.row(
        f"SELECT p.rules, {_COLUMNS} WHERE p.valid_from <= %s ORDER BY p.valid_from DESC, p.id DESC LIMIT 1", [at]
    )
