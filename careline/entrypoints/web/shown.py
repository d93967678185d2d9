"""Pieces of pages that look the same for everybody who sees them: drawn once, kept in memory, never content of a page."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from django.template import engines
from django.utils import translation
from markupsafe import Markup

from careline.entrypoints.web.presenting import Row

KEPT_ROWS = 20_000
"""Some 40 MB at the most; a row that changed is another row."""


def row_shown(row: Row) -> Markup:
    """A row of a list as HTML. Agents look at the same cases again and again: each is drawn once."""
    return _row_shown(row, translation.get_language() or "")


@lru_cache(maxsize=KEPT_ROWS)
def _row_shown(row: Row, language: str) -> Markup:
    return _template("web/_row.html").module.case_row(row)  # type: ignore[no-any-return]


def fixed(name: str) -> Markup:
    """A part of every page that holds nothing of it, in the viewer's language."""
    return _fixed(name, translation.get_language() or "")


@cache
def _fixed(name: str, language: str) -> Markup:
    return Markup(_template(name).render())  # noqa: S704  our own template, escaped by it


def _template(name: str) -> Any:
    return engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]
