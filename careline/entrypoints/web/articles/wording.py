"""What articles are called on the screens: their kinds, their states, where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.knowledge.rules.languages import language_for

KINDS = {
    "article": gettext_noop("Article"), "faq": gettext_noop("Question and answer"), "guide": gettext_noop("Guide to a product"),
    "policy": gettext_noop("Policy of the company"),
}  # fmt: skip
STATES = {
    "draft": gettext_noop("Draft"), "review": gettext_noop("In review"), "approved": gettext_noop("Approved"),
    "scheduled": gettext_noop("Scheduled"), "published": gettext_noop("Published"), "replaced": gettext_noop("Replaced"),
    "withdrawn": gettext_noop("Withdrawn"), "archived": gettext_noop("Archived"),
}  # fmt: skip
CHIPS = {"draft": "", "review": "waiting", "approved": "open", "scheduled": "open", "published": "good"}
REASONS = {
    "unclear": gettext_noop("It is hard to understand"), "wrong": gettext_noop("It is wrong, or out of date"),
    "missing": gettext_noop("My question is not answered"), "other": gettext_noop("Something else"),
}  # fmt: skip
_OF_WEIGHT = ("published", "draft", "review", "approved", "scheduled")


def kind_words(kind: str) -> str:
    return _(KINDS[kind]) if kind in KINDS else kind


def state_words(state: str) -> str:
    return _(STATES[state]) if state in STATES else state


def reason_words(reason: str) -> str:
    return _(REASONS[reason]) if reason in REASONS else ""


def in_words(names: Mapping[str, str] | None, language: str, house: Sequence[str] = ()) -> str:
    """A name that stands in several languages, in the reader's if it can be."""
    return (names or {}).get(language_for(names or {}, wanted=language, company=house), "")


def title_of(versions: list[dict[str, Any]], language: str, house: Sequence[str] = ()) -> str:
    """The article's title in the reader's language if it has one, else in the house's: of what is published, else of what is on its way."""
    titles: dict[str, str] = {}
    for one in sorted(versions, key=lambda one: one["state"] != "published"):
        titles.setdefault(one["language"], one["title"])
    return in_words(titles, language, house)


def states_by_language(versions: list[dict[str, Any]]) -> list[dict[str, str]]:
    """[{language, state, chip, words}]: for each language what is on its way, and what readers see."""
    shown = [one for one in versions if one["state"] in _OF_WEIGHT] or versions
    return [
        {"language": one["language"], "state": one["state"], "chip": CHIPS.get(one["state"], ""), "words": state_words(one["state"])}
        for one in shown
    ]  # fmt: skip


def moment_from(words: str | None) -> datetime | None:
    """A moment out of JSON."""
    return datetime.fromisoformat(words) if words else None
