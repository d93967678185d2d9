"""Rooms of a visitor: the site, the visit, the talk and its messages."""

from __future__ import annotations

import threading
import time
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.chats import whereabouts
from careline.domain.chats.calling import tell
from careline.domain.chats.queries import message_said, opening_of, said_in, site_by_token, thread_of
from careline.domain.chats.rules.sites import language_for
from careline.domain.chats.rules.talks import LONGEST_TEXT, MOST_FILES, is_client_id
from careline.domain.company.queries import languages
from careline.entrypoints.api.widget import shapes
from careline.entrypoints.api.widget.door import Call, address_of, check_origin, nothing_here, refused
from careline.entrypoints.api.widget.limits import MESSAGES, TALKS_FROM, VISITS
from careline.entrypoints.api.widget.shown import message_shown, site_shown, thread_shown
from careline.flows.take_in import House
from careline.flows.visit_site import visit_site
from careline.flows.write_in_chat import Said, begin_chat, write_in_chat

_HOUSE_KEPT_SECONDS = 1.0
KEPT_SECONDS = 30
"""How long a browser may show a site as it was: a page view asks for it."""
_house: tuple[float, House] | None = None
_house_lock = threading.Lock()


def site(call: Call, token: str) -> Any:
    call.site = site_by_token(token)
    if call.site is None:
        raise nothing_here()
    check_origin(call.request, call.site)
    shown = site_shown(call.site, asked=call.request.headers.get("Accept-Language", ""), at=call.at)
    return HttpResponse(
        msgspec.json.encode(shown),
        content_type="application/json",
        headers={"Cache-Control": f"max-age={KEPT_SECONDS}"},
    )


def visit(call: Call, token: str) -> Any:
    """A new visitor, or one who comes again with the token it was given."""
    given = call.body(shapes.NewVisit)
    call.site = site_by_token(token)
    if call.site is None:
        raise nothing_here()
    check_origin(call.request, call.site)
    call.count(VISITS, address_of(call.request))
    language = language_for(call.request.headers.get("Accept-Language", ""), call.site.languages)
    made = visit_site(
        call.site, token=given.visitor or "", identity=given.identity or "", language=language, at=call.at
    )
    note_page(call, made.visitor.id, given.page, referrer=given.referrer or "")
    thread = thread_of(made.visitor.id)
    return 201, {
        "visitor": made.token,
        "thread": thread_shown(thread, made.visitor, at=call.at) if thread is not None else None,
        "is_identified": made.visitor.is_identified,
        "name": made.visitor.name or None,
    }


def begin(call: Call) -> Any:
    """A talk begins with its first message; outside the opening hours it is the offline form."""
    given = call.body(shapes.NewThread)
    call.count(MESSAGES, str(call.visitor.id))
    said = _said(given, None)
    assert call.site is not None
    held = thread_of(call.visitor.id)
    if held is None or (held.state != "open" and held.first_client_id != said.client_id):
        call.count(TALKS_FROM, address_of(call.request))
    is_open, _opens_at = opening_of(call.site, at=call.at)
    language = (given.language or call.visitor.language)[:35].replace("\0", "")
    written = begin_chat(
        call.site,
        call.visitor,
        said,
        fields=given.fields,
        language=language,
        is_open=is_open,
        house=house(),
        at=call.at,
    )
    tell(call.visitor.id, "began")
    thread = thread_of(call.visitor.id)
    return (201 if written.is_new else 200), thread_shown(thread, call.visitor, at=call.at)


def thread(call: Call) -> Any:
    found = thread_for(call)
    asked = call.request.GET
    after, before = whole_number(asked.get("after")), whole_number(asked.get("before"))
    return thread_shown(found, call.visitor, after=after, before=before, at=call.at)


def write(call: Call) -> Any:
    """The same `client_id` again is answered with the same message."""
    given = call.body(shapes.NewMessage)
    found = thread_for(call)
    said = _said(given, given.n)
    before = message_said(f"chat-{found.key}-{said.client_id}")
    if before is None:
        if found.state != "open":
            raise refused(409, _("This talk has ended: begin a new one."), "ended")
        call.count(MESSAGES, str(call.visitor.id))
    written = write_in_chat(found, call.visitor, said, before=before, house=house(), at=call.at)
    if whereabouts.note_typing(call.visitor.id, preview="", is_over=True):
        tell(call.visitor.id, "stopped")
    shown = said_in(found, call.visitor, only=written.message)
    if not shown:
        raise nothing_here()  # the case was removed meanwhile
    return (201 if written.is_new else 200), message_shown(shown[0], found.key)


def thread_for(call: Call) -> Any:
    found = thread_of(call.visitor.id)
    if found is None:
        raise nothing_here()
    return found


def note_page(call: Call, visitor: int, page: shapes.Page, *, referrer: str = "") -> None:
    url, title = (words.replace("\0", "")[:500] for words in (page.url, page.title))
    if url.startswith(("https://", "http://")):
        whereabouts.note_page(visitor, url=url, title=title, at=call.at, referrer=referrer[:500])


def whole_number(words: str | None) -> int | None:
    return int(words) if words and words.isascii() and words.isdecimal() and len(words) < 19 else None


def house() -> House:
    """What intake needs to know of the house, read anew each second."""
    global _house
    with _house_lock:
        if _house is None or time.monotonic() > _house[0]:
            _house = time.monotonic() + _HOUSE_KEPT_SECONDS, House(channels(), languages())
        return _house[1]


def forget_house() -> None:
    global _house
    _house = None


def _said(given: Any, n: int | None) -> Said:
    """Raises a refusal for what is no message."""
    text = given.text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    if not is_client_id(given.client_id):
        raise refused(422, "client_id is 1 to 64 letters, digits, - and _.", "invalid")
    if n is not None and not 0 < n < 2**31 - 1:
        raise refused(422, "n counts up from 1.", "invalid")
    files = [whole_number(key) for key in given.files]
    if len(files) > MOST_FILES or None in files:
        raise refused(422, _("At most %(n)s files at once.") % {"n": MOST_FILES}, "invalid")
    if not text.strip() and not files:
        raise refused(422, _("There is nothing to send: write something or attach a file."), "empty_message")
    if len(text) > LONGEST_TEXT:
        raise refused(422, _("This is too long."), "too_long")
    return Said(given.client_id, text, n, tuple(key for key in files if key is not None))
