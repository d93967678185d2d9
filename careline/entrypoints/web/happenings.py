"""What happened on a case, in one sentence each."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.entrypoints.web.visit import Visit

_PRIORITIES = {number: name for name, number in PRIORITIES.items()}
UNTOLD = {"conversation.opened", "conversation.waits", "conversation.handed_in", "conversation.hint_dropped"}


def happening_words(row: Any, visit: Visit) -> tuple[str, Markup] | None:
    """(icon, sentence with the actor's name in bold); None for what is not worth a line."""
    if row.name in UNTOLD or (row.name == "conversation.reopened" and row.data.get("was") != "resolved"):
        return None
    who = row.agent_name or {"customer": _("The customer"), "rule": _("A rule"), "bot": _("The assistant")}.get(
        row.actor_kind, "Careline"
    )
    told = _SENTENCES.get(row.name)
    if told is None:
        symbol, words = "event", html.escape(f"{row.name.partition('.')[2].replace('_', ' ')}")
        return symbol, Markup("{}: ").format(_strong(who)) + Markup(words)  # noqa: S704
    symbol, sentence = told
    return symbol, Markup(sentence(row)).format(who=_strong(who))  # noqa: S704


def _strong(name: str) -> Markup:
    return Markup("<strong>{}</strong>").format(name)


def _assigned(row: Any) -> str:
    data = row.data
    if data.get("assignee") != data.get("assignee_before"):
        if data.get("assignee") is None:
            return _("{who} put it back for anybody")
        if row.actor_kind == "agent" and row.assignee_name == row.agent_name:
            return _("{who} took it")
        return _escaped(_("{who} assigned it to <strong>%(name)s</strong>"), row.assignee_name)
    if row.team_name is None:
        return _("{who} took it from its team")
    return _escaped(_("{who} moved it to team <strong>%(name)s</strong>"), row.team_name)


def _escaped(sentence: str, name: str | None) -> str:
    """A name in a sentence that is formatted once more."""
    return sentence % {"name": html.escape(name or "?").replace("{", "{{").replace("}", "}}")}


_SENTENCES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "conversation.assigned": ("take", _assigned),
    "conversation.resolved": ("resolve", lambda row: _("{who} resolved it")),
    "conversation.reopened": ("reopen", lambda row: _("{who} opened it again")),
    "conversation.snoozed": ("clock", lambda row: _("{who} put it aside until later")),
    "conversation.woken": ("clock", lambda row: _("It is back")),
    "conversation.tagged": ("tag", lambda row: _("{who} changed the tags")),
    "conversation.prioritised": (
        "priority",
        lambda row: _escaped(_("{who} set the priority to %(name)s"), _PRIORITIES.get(row.data.get("priority", 2))),
    ),
    "conversation.problem_changed": (
        "warning",
        lambda row: _("{who} tied it to a known issue") if row.data.get("problem") else _("{who} untied it from a known issue"),
    ),
    "conversation.problem_refused": ("warning", lambda row: _("{who} said that it is not a known issue")),
    "conversation.renamed": ("edit", lambda row: _("{who} changed the subject")),
    "conversation.marked_spam": ("bounce", lambda row: _("{who} marked it as spam")),
    "conversation.unmarked_spam": ("check", lambda row: _("{who} said it is no spam")),
    "conversation.absorbed": (
        "link",
        lambda row: _escaped(_("{who} joined case #%(name)s to it"), str(row.data.get("from", ""))),
    ),
    "conversation.merged": (
        "link",
        lambda row: _escaped(_("{who} merged it into #%(name)s"), str(row.data.get("into", ""))),
    ),
}
