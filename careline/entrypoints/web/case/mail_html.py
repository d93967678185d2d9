"""A mail as its sender made it, shown in a frame that can neither run nor fetch anything."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import attachments_of, case_of_message, html_of
from careline.entrypoints.web.case.mail_images import inside, proxied
from careline.entrypoints.web.headers import MAIL_POLICY, SHOWN_TYPES
from careline.entrypoints.web.visit import Visit

_INSIDE = re.compile(r' data-cid="([^"]*)"')
_OUTSIDE = re.compile(r' data-remote-src="([^"]*)"')
_PAGE = """<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light"><base target="_blank">
<style>body{{margin:12px;font:15px/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff;overflow-wrap:anywhere}}
p.careline-bar{{margin:-12px -12px 12px;padding:8px 12px;background:#f2f2ef;border-bottom:1px solid #ddd}}
img{{max-width:100%;height:auto}}table{{max-width:100%}}</style><title>{title}</title></head><body>{body}</body></html>"""

_BAR = '<p class="careline-bar"><a href="?images=1" target="_self">{words}</a></p>'


def mail_html(visit: Visit, message: int) -> HttpResponse:
    number = case_of_message(message)
    if number is None:
        raise NotFound(f"There is no message {message}.")
    conversation_for(visit.person, number)
    body, bar = with_own_images(html_of(message), attachments_of(message), at=visit.at), ""
    if _OUTSIDE.search(body) and visit.asked.get("images") != "1":
        bar = _BAR.format(words=html.escape(_("Show the pictures from the web")))
    elif visit.asked.get("images") == "1":
        body = _OUTSIDE.sub(lambda found: _source(proxied(html.unescape(found[1]), at=visit.at)), body)
    page = _PAGE.format(title=html.escape(_("As the sender made it")), body=bar + body)
    return HttpResponse(page, headers={"Content-Security-Policy": MAIL_POLICY, "X-Robots-Tag": "noindex"})


def with_own_images(body: str, files: list[Any], *, at: datetime) -> str:
    """Images that travel inside the mail, from their place among its attachments."""
    places = {file.content_id: file.id for file in files if file.content_id and file.media_type in SHOWN_TYPES}

    def source(found: re.Match[str]) -> str:
        key = places.get(html.unescape(found[1]).strip("<>"))
        return _source(inside(key, at=at)) if key else found[0]

    return _INSIDE.sub(source, body)


def _source(address: str) -> str:
    return f' src="{html.escape(address)}"'
