"""Formatted text as people write it in our own editor: a few tags, no look of its own, safe to stand in a page of ours."""

from __future__ import annotations

import nh3

from careline.kit.html.plain import text_of
from careline.kit.html.written import html_of


def _names(words: str) -> set[str]:
    return set(words.split())


_MOST_CHARACTERS = 400_000
_MOST_TAGS = 20_000
_TAGS = _names("a b blockquote br code div em i img li ol p pre s strong u ul")
_DROPPED_WITH_CONTENT = _names("script style title template noscript iframe svg math object applet audio video canvas")
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes={"a": {"href"}, "img": {"alt", "data-cid"}, "ol": {"start"}},
    strip_comments=True,
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
)


def formatted(html: str) -> str:
    """`html` with nothing but emphasis, lists, quotes, code, links and pictures of its own message (`data-cid`).

    No attribute that loads, runs or draws comes through; what is far too large becomes plain paragraphs.
    """
    if len(html) > _MOST_CHARACTERS or html.count("<") > _MOST_TAGS:
        return html_of(text_of(html[: 10 * _MOST_CHARACTERS]))
    return _CLEANER.clean(html.encode("utf-8", "replace").decode("utf-8"))
