"""Decisions about views: what a filter asks, which views everybody has, how pressing a due moment is."""

from careline.domain.desk.rules.due import SOON, due_state
from careline.domain.desk.rules.filters import BadFilter, Filter, Span, filter_data, filter_from
from careline.domain.desk.rules.views import COLUMNS, DEFAULT_VIEWS, KINDS, SORTS, SPLITS, View

__all__ = [
    "COLUMNS",
    "DEFAULT_VIEWS",
    "KINDS",
    "SOON",
    "SORTS",
    "SPLITS",
    "BadFilter",
    "Filter",
    "Span",
    "View",
    "due_state",
    "filter_data",
    "filter_from",
]
