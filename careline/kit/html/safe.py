"""A stranger's HTML, safe to show in a sandboxed frame: an allow-list, with everything remote put to sleep."""

from __future__ import annotations

import html as entities
import re

import nh3

from careline.kit.html.plain import text_of
from careline.kit.html.style import safe_style
from careline.kit.html.written import html_of

# Past this the tree costs more than a screen is worth; the same words are then shown as plain paragraphs.
_MOST_CHARACTERS = 2_000_000
_MOST_TAGS = 100_000
_MOST_ENTITIES = 50_000
_DEEPEST = 400


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TAGS = _names(
    """
    a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt
    em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section
    small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr
    """
)
# Their content is not meant to be read, or is read by a browser in a different way than by us.
_DROPPED_WITH_CONTENT = _names(
    "script style title template noscript noembed noframes iframe svg math xml object applet audio video canvas"
)
_CELL = {"align", "valign", "width", "height", "bgcolor", "colspan", "rowspan", "nowrap"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"style", "dir", "lang", "title", "align"},
    "a": {"href"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "font": {"color", "face", "size"},
    "hr": {"size", "width", "color", "noshade"},
    "img": {"src", "alt", "width", "height", "border", "data-remote-src", "data-cid"},
    "li": {"value"},
    "ol": {"start", "type"},
    "table": {"width", "height", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": _CELL,
    "th": _CELL,
    "tr": {"valign", "bgcolor", "height"},
    "ul": {"type"},
}
_OUTSIDE = ' target="_blank" rel="noopener noreferrer nofollow">'
_LINK_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
_SRC = re.compile(r' (?:src|data-remote-src|data-cid)="([^"]*)"')
_IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\x9f]+")


def sanitise(html: str) -> str:
    """`html` without anything that runs, loads, submits or reaches outside its frame.

    Images on the web get `data-remote-src` instead of `src`, images inside the mail `data-cid` (the bare content id);
    links open outside, without referrer. Far too large or far too deep input comes back as plain paragraphs.
    """
    if _is_too_large(html) or _is_too_deep(html):
        return html_of(text_of(html)).replace(' rel="noopener noreferrer">', _OUTSIDE)
    try:
        clean = _CLEANER.clean(html)
    except UnicodeEncodeError:  # half a surrogate pair, which no output encoding could carry either
        clean = _CLEANER.clean(html.encode("utf-8", "replace").decode("utf-8"))
    return _IMAGE.sub(_sleeping_image, clean)


def _is_too_large(html: str) -> bool:
    return len(html) > _MOST_CHARACTERS or html.count("<") > _MOST_TAGS or html.count("&") > _MOST_ENTITIES


_OPENING = re.compile(r"<(/?)([a-zA-Z]\w*)")
_NEVER_DEEP = _names("br img hr col wbr input meta link area base p li td tr th")


def _is_too_deep(html: str) -> bool:
    """Whether tags nest so deep that tree builders, ours or the browser's, slow down more than the text grows."""
    if html.count("<") <= _DEEPEST:
        return False
    depth = 0
    for closing, name in _OPENING.findall(html):
        if name.lower() in _NEVER_DEEP:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "style":
        return safe_style(value) or None
    if attribute == "href":
        return value if _bare(value).lower().startswith(_LINK_SCHEMES) else None
    if attribute in ("src", "data-remote-src"):
        return value if _bare(value).lower().startswith(("http:", "https:", "cid:", "//")) else None
    return value


def _sleeping_image(found: re.Match[str]) -> str:
    attributes = found[1]
    source = _SRC.search(attributes)
    if not source:
        return found[0]
    address = _bare(entities.unescape(source[1]))
    name = "data-remote-src"
    if address.lower().startswith("cid:"):
        name, address = "data-cid", address[4:]
    elif source[0].startswith(" data-cid"):
        name = "data-cid"
    elif address.startswith("//"):
        address = "https:" + address
    return f'<img{_SRC.sub("", attributes)} {name}="{entities.escape(address)}">'


def _bare(address: str) -> str:
    """The address as a browser reads it: white space and control characters do not count."""
    return _IGNORED_IN_ADDRESSES.sub("", address)


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_DROPPED_WITH_CONTENT),
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed_value,
    strip_comments=True,
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative="deny",
)
