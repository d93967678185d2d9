"""Macros with words in them, as canned replies; what else they do stays out, and is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from careline.entrypoints.console.brought_values import key_of, line_of, words_of
from careline.entrypoints.console.importers.zendesk.objects import Objects
from careline.entrypoints.console.placeholders import in_our_words
from careline.flows.brought import ReadyText, Record, Unread

_TEXT, _HTML = "comment_value", "comment_value_html"
_SAID_WITH_IT = {_TEXT, _HTML, "comment_mode_is_public"}


def ready_texts(objects: Objects) -> Iterator[Record]:
    for where, macro in objects.of("macros"):
        title = line_of(macro.get("title"))
        actions = [one for one in macro.get("actions") or [] if isinstance(one, dict)]
        said = {one.get("field"): _last(one.get("value")) for one in actions}
        text, html = in_our_words(said.get(_TEXT, "")), in_our_words(said.get(_HTML, ""))
        if macro.get("active") is False:
            yield Unread(where, f"The macro {title} was switched off there.")
            continue
        if title and (text or html):
            folder, _, name = title.rpartition("::")
            yield ReadyText(key_of(macro["id"]), name, text, html, folder.replace("::", " / "))
        others = sorted({str(one.get("field")) for one in actions} - _SAID_WITH_IT)
        if others or not (title and (text or html)):
            yield Unread(
                where,
                f"The macro {title} does more than write: {', '.join(others) or 'nothing'}. Build that anew under Macros.",
            )


def _last(value: Any) -> str:
    """`["channel:all", "text"]` or the text alone."""
    return words_of(value[-1] if isinstance(value, list) and value else value)
