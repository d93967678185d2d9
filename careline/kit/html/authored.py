"""HTML that people of the house write for readers: headings, lists, tables, pictures of our own, links. No look, nothing that runs."""

from __future__ import annotations

import re

import nh3

from careline.kit.html.plain import text_of
from careline.kit.html.written import html_of


def _names(words: str) -> set[str]:
    return set(words.split())


MOST_CHARACTERS = 400_000
_MOST_TAGS = 20_000
_DEEPEST = 100
_TAGS = _names(
    "a abbr b bdi bdo blockquote br caption code dd details dl dt em figcaption figure h2 h3 h4 hr i img kbd li mark ol p pre s strong"
    " sub summary sup table tbody td tfoot th thead tr u ul"
)
_DROPPED_WITH_CONTENT = _names(
    "script style title template noscript noembed noframes iframe svg math xml object applet audio video canvas textarea select"
)
_HEADINGS = re.compile(r"<(/?)h1\b", re.I)
_LOW_HEADINGS = re.compile(r"<(/?)h[56]\b", re.I)
_NAMED = re.compile(r"[a-z][a-z0-9-]{0,60}", re.I)
_OURS = re.compile(r"/[\w%~.,;:@!$&'()*+=/?#-]*")
_OPENING = re.compile(r"<(/?)(blockquote|div|dl|ul|ol|table|details|figure|span|section|b|i|em|u|s|strong)\b", re.I)


def authored(html: str, *, pictures: str) -> str:
    """`html` as it may stand in a page of ours. Pictures come from addresses that begin with `pictures` only; a heading of the first
    rank becomes one of the second, since the page has its own. What is far too large or deep becomes plain paragraphs."""
    html = html.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    if len(html) > MOST_CHARACTERS or html.count("<") > _MOST_TAGS or _is_too_deep(html):
        return html_of(text_of(html[: 10 * MOST_CHARACTERS]))
    html = _LOW_HEADINGS.sub(r"<\1h4", _HEADINGS.sub(r"<\1h2", html))

    def allowed(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return value if _leads_somewhere(value) else None
        if attribute == "src":
            return value if re.fullmatch(re.escape(pictures) + r"[\w-]+", value) else None
        if attribute == "id":
            return value if _NAMED.fullmatch(value) else None
        return value

    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes={
            "a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}, "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "*": {"dir", "lang"},
        },
        attribute_filter=allowed,
        strip_comments=True,
        link_rel="noopener",
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="pass_through",
    )  # fmt: skip
    return re.sub(r'<img(?![^>]* src=")[^>]*>', "", clean)


def _leads_somewhere(address: str) -> bool:
    """An address of the web, of mail or telephone, one of our own by its path, or a place on the same page."""
    bare = re.sub(r"[\x00-\x20\x7f-\x9f]+", "", address)
    if "\\" in bare:  # a browser reads it as a slash
        return False
    if bare.startswith("#"):
        return bool(_NAMED.fullmatch(bare[1:]))
    if bare.startswith("/"):
        return not bare.startswith("//") and bool(_OURS.fullmatch(bare))
    return bare.lower().startswith(("http://", "https://", "mailto:", "tel:"))


def _is_too_deep(html: str) -> bool:
    depth = 0
    for closing, _name in _OPENING.findall(html):
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _DEEPEST:
            return True
    return False
