"""What is drawn once shows what would be drawn now."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.utils import translation
from markupsafe import Markup

from careline.entrypoints.web import drawing
from careline.entrypoints.web.case import drawn
from careline.entrypoints.web.case.thread import Entry, File

_CASE = {"url": "/conversations/12", "is_mine": False, "assignee_id": None}
_CAROL = {"name": "Carol", "address": "carol@example.com"}
_SAID = Entry(
    id="7", kind="incoming", at="2026-11-20T10:00:00Z", at_text="20 Nov 10:00", author_name="Carol", visible_text_html=Markup("<p>It squeaks.</p>"),
    author_initials="C", to=[{"name": "Support", "address": "support@northwind.example"}], from_address="carol@example.com", has_quoted=True,
    quoted_html=Markup("<p>Before</p>"), bounce_text="Came back: full", delivery="sent",
)  # fmt: skip
_OTHERWISE: dict[str, Any] = {
    "id": "8", "kind": "note", "at": "2026-11-21T10:00:00Z", "at_text": "21 Nov 10:00", "author_name": "Ada",
    "visible_text_html": Markup("<p>It rattles.</p>"), "author_initials": "A", "symbol": "tag", "to": [_CAROL], "cc": [_CAROL],
    "attachments": [File("bike.png", "/attachments/3", "2 KB", False, True, "image/png")], "from_address": "c@example.com",
    "verified": "unverified", "is_stranger": True, "has_quoted": False, "quoted_html": Markup("<p>Long before</p>"), "has_html": True,
    "bounce_text": "", "delivery": "failed", "delivery_text": "No such user", "hold_seconds_left": 9, "is_first_unread": True,
    "form": "phone", "form_text": "Call", "rest_url": "/messages/7/text", "quoted_rest_url": "/messages/7/text?of=quoted",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "_messages", {})


def test_every_word_of_a_message_that_changes_is_seen_at_once() -> None:
    assert set(_OTHERWISE) == {field.name for field in fields(Entry)}
    for first in (_SAID, replace(_SAID, kind="event"), replace(_SAID, delivery="held")):
        for name, value in _OTHERWISE.items():
            drawn.message_shown(first, _CASE)
            changed = replace(first, **{name: value})
            assert drawn.message_shown(changed, _CASE) == _anew(changed), name


def test_a_message_is_drawn_once_in_each_language() -> None:
    with translation.override("en"):
        english = drawn.message_shown(_SAID, _CASE)
        assert drawn.message_shown(replace(_SAID), _CASE) is english
    with translation.override("de"):
        german = drawn.message_shown(_SAID, _CASE)
    assert "Quoted history" in english
    assert german == _anew(_SAID, "de") != english


def test_the_menu_of_a_case_leads_to_that_case_alone() -> None:
    for case in (_CASE, {"url": "/conversations/13", "is_mine": True, "assignee_id": 3}):
        wanted = _template("web/case/_case_more.html").render(case=case, csrf_token="a<b")
        assert drawn.case_menu(case, "a<b") == wanted


def _anew(message: Entry, language: str = "en") -> str:
    with translation.override(language):
        return str(_template("web/case/_entry.html").module.entry(message, _CASE))


def _template(name: str) -> Any:
    return engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]


def test_the_rail_of_one_is_never_shown_to_another() -> None:
    ada = {"name": "Ada", "initials": "A", "role": "administrator", "places": {"wall", "orders"}}
    ben = {"name": "Ben", "initials": "B", "role": "representative", "places": {"orders"}}
    shown = [
        drawing.rail(section, me, {"inbox": 0, "outbox_failed": 0, "unrouted": 0}, token)
        for section, me, token in (
            ("inbox", ada, "one"),
            ("inbox", ada, "two"),
            ("orders", ada, "one"),
            ("inbox", ben, "one"),
        )
    ]
    assert [str(shown[0]).replace('value="one"', 'value="two"'), shown[0].count('value="one"')] == [shown[1], 1]
    assert len(set(shown)) == 4
    assert ["Ada" in rail for rail in shown] == [True, True, True, False]
    assert ['href="/wall"' in rail for rail in shown] == [True, True, True, False]
    with translation.override("de"):
        assert drawing.rail("inbox", ada, {"inbox": 0, "outbox_failed": 0, "unrouted": 0}, "one") != shown[0]


def test_a_token_is_made_once_for_an_answer_and_only_where_a_form_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(("first", "second"))
    monkeypatch.setattr(drawing, "get_token", lambda request: next(made))
    token, other = drawing.Token(HttpRequest()), drawing.Token(HttpRequest())
    assert [str(token), token.__html__(), str(token), str(other)] == ["first", "first", "first", "second"]


def test_a_kept_frame_holds_nothing_of_who_looked_first() -> None:
    given: list[str] = []

    def context(hole: Any) -> dict[str, Any]:
        given.append("asked")
        return {"case": _CASE | {"url": hole("url")}, "csrf_token": hole("csrf_token")}

    shown = [
        drawing.framed("web/case/_case_more.html", (), context, {"url": url, "csrf_token": token})
        for url, token in (("/conversations/12", "one"), ('"><b>', "two"))
    ]
    assert given == ["asked"]
    wanted = [
        _template("web/case/_case_more.html").render(case=_CASE | {"url": url}, csrf_token=token)
        for url, token in (("/conversations/12", "one"), ('"><b>', "two"))
    ]
    assert shown == wanted


def test_a_frame_is_kept_for_each_language_and_key() -> None:
    def context(hole: Any) -> dict[str, Any]:
        return {"case": _CASE | {"url": hole("url")}, "csrf_token": ""}

    with translation.override("de"):
        german = drawing.framed("web/case/_case_more.html", ("a",), context, {"url": "/"})
    english = drawing.framed("web/case/_case_more.html", ("a",), context, {"url": "/"})
    other = drawing.framed(
        "web/case/_case_more.html", ("b",), lambda hole: {"case": _CASE | {"url": "other"}, "csrf_token": ""}, {}
    )
    assert english != german
    assert "other" in other
    assert other != english
