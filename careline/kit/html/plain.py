"""HTML read as plain text, the way a person would copy it down."""

from __future__ import annotations

import html as entities
import re

from careline.kit.html.tags import tokens

_MOST_CHARACTERS = 10_000_000
_DEEPEST_QUOTE = 20
_DEEPEST_LIST = 8
_LINE, _PARAGRAPH = 1, 2


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BREAKS = dict.fromkeys(
    _names(
        "address article aside body center dd div dl dt fieldset figcaption figure footer form header html li main nav "
        "option section tbody tfoot thead tr caption"
    ),
    _LINE,
) | dict.fromkeys(_names("blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul"), _PARAGRAPH)
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_INLINE = _names("b strong i em u span font small big sub sup code tt label abbr wbr o:p col tbody thead")
_HIDDEN = re.compile(
    r"display\s*+:\s*+none|mso-hide\s*+:\s*+all|visibility\s*+:\s*+hidden|max-height\s*+:\s*+0[^.\d]", re.I
)
_HREF = re.compile(r"\bhref\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.I)
_ALT = re.compile(r"\balt\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')", re.I)
_START = re.compile(r"\bstart\s*+=\s*+[\"']?(\d{1,6})", re.I)
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\x00"))


def text_of(html: str) -> str:
    """`html` as readable lines. Links stand as `text (address)`, quotes behind `> `, what is hidden is left out.

    Never raises; takes time in proportion to the length, of which the first 10,000,000 characters are read.
    """
    html = html[:_MOST_CHARACTERS]
    page = _Page()
    page.read(html, hiding=True)
    # Hidden to the very end, or nothing but hidden words: rather too much than nothing of what somebody wrote.
    if page.hidden or not page.lines:
        page = _Page()
        page.read(html, hiding=False)
    return page.text()


class _Page:
    """The lines written so far, and where on the page the reader stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.line_depth = 0
        self.space = False
        self.wanted_break = 0
        self.quote_depth = 0
        self.pre = 0
        self.lists: list[int] = []
        self.bullet = ""
        self.links: list[tuple[str, int, int]] = []
        self.row_start = 0
        self.row_is_new = False
        self.cell_starts = False
        self.hidden = 0

    def read(self, html: str, *, hiding: bool) -> None:
        hidden_tag = ""
        for name, content, closes in tokens(html):
            if self.hidden:
                if name == hidden_tag:
                    self.hidden += -1 if closes else 1
                continue
            if not name:
                self.write(content)
            elif hiding and not closes and content and name not in _VOID and _is_hidden(content):
                hidden_tag, self.hidden = name, 1
            elif name not in _INLINE:
                self.turn(name, content, closes)
        self.end_line()

    def text(self) -> str:
        lines: list[str] = []
        for line in self.lines:
            if line.strip("> ") or (lines and lines[-1].strip("> ")):
                lines.append(line)
        while lines and not lines[-1].strip("> "):
            lines.pop()
        return "\n".join(lines)

    def write(self, text: str) -> None:
        if "&" in text:
            text = entities.unescape(text)
        if not text.isascii():
            text = text.translate(_INVISIBLE).replace("\xa0", " ")
        elif "\x00" in text:
            text = text.replace("\x00", "")
        if self.pre:
            self.write_as_is(text)
            return
        words = " ".join(text.split())
        if not words:
            self.space = self.space or bool(text)
            return
        self.begin_words()
        if self.line and (self.space or text[0].isspace()):
            self.line.append(" ")
        self.line.append(words)
        self.space = text[-1].isspace()

    def write_as_is(self, text: str) -> None:
        first, *rest = text.replace("\r\n", "\n").split("\n")
        if first:
            self.begin_words()
            self.line.append(first)
        for line in rest:
            self.begin_words()
            self.end_line(even_empty=True)
            self.line = [line] if line else []

    def begin_words(self) -> None:
        """Settles the line break, the cell border and the bullet that were due before these words."""
        if self.wanted_break:
            self.end_line()
            if self.wanted_break == _PARAGRAPH and self.lines and self.lines[-1].strip("> "):
                self.lines.append(">" * min(self.line_depth, self.quote_depth))
            self.wanted_break = 0
        if self.cell_starts:
            self.cell_starts = False
            if self.line and len(self.lines) == self.row_start:
                self.line.append(" | ")
            else:
                self.end_line()
            self.space = False
        if self.row_is_new:
            self.row_is_new, self.row_start = False, len(self.lines)
        if self.bullet:
            self.line.append(self.bullet)
            self.bullet = ""
            self.space = False
        if not self.line:
            self.line_depth = self.quote_depth
        if self.links and self.links[0][1] < 0:
            self.links = [(self.links[0][0], len(self.lines), len(self.line))]

    def end_line(self, *, even_empty: bool = False) -> None:
        if self.line or even_empty:
            depth = self.line_depth if self.line else self.quote_depth
            self.lines.append(">" * depth + " " * bool(depth) + "".join(self.line).rstrip())
            self.line = []
        self.space = False

    def want(self, level: int) -> None:
        if not self.cell_starts and level > self.wanted_break:
            self.wanted_break = level

    def turn(self, name: str, attributes: str, closes: bool) -> None:
        """What a tag does to the page."""
        if name == "br":
            self.break_line()
        elif name == "a":
            self.leave_link() if closes else self.enter_link(attributes)
        elif name in ("td", "th"):
            self.enter_cell(closes)
        elif name == "img":
            self.show_image(attributes)
        elif name == "hr":
            self.draw_line()
        elif name in _BREAKS:
            if name in ("tr", "table"):
                self.enter_row(name, closes)
            self.want(_BREAKS[name] if not (name in ("ul", "ol") and self.lists) else _LINE)
            if name in ("ul", "ol"):
                self.enter_list(name, attributes, closes)
            elif name == "li" and not closes:
                self.begin_item()
            elif name == "blockquote":
                self.quote_depth = max(0, self.quote_depth - 1) if closes else min(_DEEPEST_QUOTE, self.quote_depth + 1)
            elif name == "pre":
                self.pre = max(0, self.pre - 1) if closes else self.pre + 1

    def break_line(self) -> None:
        if self.wanted_break:
            self.end_line()
            if self.wanted_break == _PARAGRAPH:
                self.lines.append(">" * min(self.line_depth, self.quote_depth))
            self.wanted_break = 0
        self.end_line(even_empty=True)

    def draw_line(self) -> None:
        self.want(_LINE)
        self.begin_words()
        self.line = ["-" * 20]
        self.want(_LINE)

    def enter_row(self, name: str, closes: bool) -> None:
        if name == "tr" and self.cell_starts:
            self.cell_starts = False
            self.wanted_break = _LINE
        if not closes and name == "tr":
            self.row_is_new = True

    def enter_cell(self, closes: bool) -> None:
        if closes:
            if self.line and not self.cell_starts:
                self.wanted_break = 0
                self.cell_starts = True
        elif self.line and not self.wanted_break:
            self.cell_starts = True

    def enter_list(self, name: str, attributes: str, closes: bool) -> None:
        if closes:
            if self.lists:
                self.lists.pop()
            self.bullet = ""
        else:
            start = _START.search(attributes) if name == "ol" else None
            self.lists.append(-1 if name == "ul" else int(start[1]) if start else 1)

    def begin_item(self) -> None:
        number = self.lists[-1] if self.lists else -1
        if number >= 0:
            self.lists[-1] = number + 1
        self.bullet = "  " * min(max(len(self.lists) - 1, 0), _DEEPEST_LIST) + (f"{number}. " if number >= 0 else "- ")

    def enter_link(self, attributes: str) -> None:
        found = _HREF.search(attributes)
        address = entities.unescape(next((part for part in found.groups() if part is not None), "")) if found else ""
        self.links = [(address.strip(), -1, 0)]

    def leave_link(self) -> None:
        if not self.links:
            return
        address, lines, start = self.links.pop()
        if lines < 0:
            return
        text = "".join(self.line[start:] if lines == len(self.lines) else self.line)
        if address.lower().startswith(("http:", "https:", "mailto:")) and not _says(text, address) and self.line:
            self.line.append(f" ({''.join(address.split())})")

    def show_image(self, attributes: str) -> None:
        found = _ALT.search(attributes)
        words = (found[1] or found[2] or "").strip() if found else ""
        if words:
            self.write(f" [{words}] ")


def _is_hidden(attributes: str) -> bool:
    lower = attributes.lower()
    if "style" in lower and ("none" in lower or "hid" in lower or "max-height" in lower):
        return bool(_HIDDEN.search(lower))
    return False


def _says(text: str, address: str) -> bool:
    """Whether the words of a link already are its address."""
    return _core(text) in ("", _core(address))


def _core(address: str) -> str:
    address = "".join(address.split()).lower().strip("<>[]()")
    for scheme in ("mailto:", "https://", "http://"):
        address = address.removeprefix(scheme)
    return address.removeprefix("www.").partition("?")[0].rstrip("/")
