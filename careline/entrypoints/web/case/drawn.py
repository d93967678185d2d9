"""Parts of a case's page that look alike for many: drawn once, kept in memory. What is seen of a case is never decided here."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template import engines
from django.utils import translation
from markupsafe import Markup, escape

from careline.entrypoints.web.case.thread import Entry
from careline.entrypoints.web.drawing import Hole, filled
from careline.entrypoints.web.tints import tint

KEPT_MESSAGES, LONGEST_KEPT = 2_000, 12_000
"""Some 20 MB at the most; a message that changed is another one."""
MOST_FRAMED = 3
_TEXTS = ("id", "at", "at_text", "author_name", "author_initials", "visible_text_html", "from_address", "form_text", "quoted_html", "rest_url",
          "quoted_rest_url")  # fmt: skip
_SAYS = ("kind", "symbol", "verified", "has_quoted", "has_html", "delivery", "form")
_ADDRESS, _TOKEN = "~address-of-the-case~", "~token-of-the-form~"
_messages: dict[tuple[Any, ...], Markup] = {}


def message_shown(message: Entry, case: Any) -> Markup:
    """One entry of a thread. What only this viewer or this moment sees (unread, counting down, a stranger's) is drawn anew."""
    if message.is_first_unread or message.is_stranger or message.delivery == "held":
        return _message(message, case)
    key = (*_words_of(message), translation.get_language())
    drawn = _messages.get(key)
    if drawn is None:
        drawn = _message(message, case)
        if len(drawn) <= LONGEST_KEPT:
            if len(_messages) >= KEPT_MESSAGES:
                _messages.clear()
            _messages[key] = drawn
    return drawn


def _words_of(message: Entry) -> tuple[Any, ...]:
    """Everything that a message's HTML is made of."""
    return (
        message.id, message.kind, message.at, message.at_text, message.author_name, message.author_initials, message.visible_text_html,
        message.symbol, message.from_address, message.verified, message.has_quoted, message.quoted_html, message.has_html,
        message.bounce_text, message.delivery, message.delivery_text, message.form, message.form_text,
        message.rest_url, message.quoted_rest_url,
        tuple((p["name"], p["address"]) for p in message.to), tuple((p["name"], p["address"]) for p in message.cc),
        *message.attachments,
    )  # fmt: skip


def _message(message: Entry, case: Any) -> Markup:
    if message.kind != "event" and not _is_odd(message):
        return _plain_message(message)
    drawn: Markup = _template("web/case/_entry.html").module.entry(message, case)
    return drawn


def _is_odd(message: Entry) -> bool:
    """With something about it that few have: it is drawn by itself."""
    return bool(
        message.is_first_unread or message.is_stranger or message.attachments or message.bounce_text or message.delivery_text
        or message.delivery not in ("", "sent") or len(message.to) > MOST_FRAMED or len(message.cc) > MOST_FRAMED or not message.author_initials
    )  # fmt: skip


def _plain_message(message: Entry) -> Markup:
    """Who wrote what, to whom and when: around the words all of one kind look alike."""
    people = {"to": message.to, "cc": message.cc}
    texts = {name: getattr(message, name) for name in _TEXTS}
    holes = texts | {"tint": tint(message.author_name)}
    for line, named in people.items():
        for n, person in enumerate(named):
            holes[f"{line}_{n}_address"], holes[f"{line}_{n}_name"] = (
                person["address"],
                person["name"] or person["address"],
            )
    said: dict[str, Any] = {name: getattr(message, name) for name in _SAYS}
    key = (*said.values(), len(message.to), len(message.cc), *(bool(texts[name]) for name in _TEXTS))

    def draw(hole: Hole) -> str:
        shown: dict[str, Any] = {name: hole(name) if text else text for name, text in texts.items()}
        marked: dict[str, Any] = {line: [{"address": hole(f"{line}_{n}_address"), "name": hole(f"{line}_{n}_name")} for n, _ in enumerate(named)]
                  for line, named in people.items()}  # fmt: skip
        entry = Entry(**said, **shown, **marked)
        made = str(_template("web/case/_entry.html").module.entry(entry, {}))
        return made.replace(f'{tint(entry.author_name)}" title=', f'{hole("tint")}" title=')

    return Markup(filled("web/case/_entry.html", key, draw, holes))  # noqa: S704  what stands in the holes is escaped


def case_menu(case: Any, token: Any) -> Markup:
    """The menu on a case's cover: the same for all cases but for where it leads."""
    drawn = _case_menu(translation.get_language() or "", bool(case["is_mine"]), bool(case["assignee_id"]))
    return Markup(drawn.replace(_ADDRESS, escape(case["url"])).replace(_TOKEN, escape(str(token))))  # noqa: S704  both are escaped


@lru_cache(maxsize=64)
def _case_menu(language: str, is_mine: bool, has_assignee: bool) -> str:
    case = {"url": _ADDRESS, "is_mine": is_mine, "assignee_id": int(has_assignee)}
    return str(_part("web/case/_case_more.html", case=case, csrf_token=_TOKEN))


def ways_to_send(later: list[tuple[str, str, str]]) -> Markup:
    """Send, and its sisters; the moments that are offered are others each minute."""
    return _ways_to_send(translation.get_language() or "", tuple(later))


@lru_cache(maxsize=64)
def _ways_to_send(language: str, later: tuple[tuple[str, str, str], ...]) -> Markup:
    return _part("web/case/_send.html", composer={"later": later})


def _part(name: str, **given: Any) -> Markup:
    return Markup(_template(name).render(**given))  # noqa: S704  our own template, escaped by it


def _template(name: str) -> Any:
    return engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]
