"""Words of guides: those that somebody wrote in several languages, and our own for what is wrong and how one ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.company.queries import languages
from careline.domain.knowledge.rules.guides import ARTICLE, HAND_OVER, SOLVED, STOPPED, Fault
from careline.domain.knowledge.rules.languages import language_for

FAULTS = {
    "empty": gettext_noop("A guide needs at least one step."),
    "no_question": gettext_noop("Step %(step)s asks nothing."),
    "dead_end": gettext_noop("Step %(step)s is a dead end: it has no answers."),
    "no_words": gettext_noop("An answer of step %(step)s says nothing."),
    "leads_nowhere": gettext_noop("An answer of step %(step)s leads nowhere."),
    "no_article": gettext_noop("An answer of step %(step)s names no article."),
    "unreached": gettext_noop("No answer leads to step %(step)s."),
    "loop": gettext_noop("Step %(step)s comes back to itself through step %(other)s."),
}
ENDS = {
    SOLVED: gettext_noop("The problem is solved"), HAND_OVER: gettext_noop("Somebody has to look at it"),
    ARTICLE: gettext_noop("An article tells the rest"), STOPPED: gettext_noop("Not walked to its end"),
}  # fmt: skip


def fault_words(fault: Fault) -> str:
    return _(FAULTS[fault.code]) % {"step": fault.step, "other": fault.other}


def end_words(outcome: str) -> str:
    return _(ENDS[outcome]) if outcome in ENDS else ""


def in_words(words: Mapping[str, Any], language: str) -> str:
    """What somebody wrote, in the reader's language, else in the company's, else in any."""
    return str(words.get(language_for(words, wanted=language, company=languages()), ""))
