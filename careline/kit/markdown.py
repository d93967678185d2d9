"""Markdown as HTML: headings, paragraphs, lists, quotes, code, tables, links, pictures, emphasis (the common part of CommonMark 0.31).

HTML inside goes through as it stands, so whoever shows the result cleans it first. Takes time in proportion to the length.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable

_FENCE = re.compile(r"^ {0,3}(```+|~~~+)\s*[\w+-]*\s*$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^ {0,3}([-*_])(?:\s*\1){2,}\s*$")
_BULLET = re.compile(r"^( {0,8})([-*+]|\d{1,9}[.)])(\s+)(.*)$")
_QUOTE = re.compile(r"^ {0,3}> ?(.*)$")
_BLOCK_TAG = re.compile(r"^ {0,3}</?(?:div|p|table|ul|ol|blockquote|h[1-6]|pre|figure|details|section|hr|img)\b", re.I)
_CELLS_BELOW = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_DEEPEST = 12


def html_of_markdown(text: str) -> str:
    return "\n".join(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n"), 0))


def _blocks(lines: list[str], depth: int) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif found := _FENCE.match(line):
            at = _fenced(lines, at, found[1], out)
        elif found := _HEADING.match(line):
            out.append(f"<h{len(found[1])}>{inline(found[2])}</h{len(found[1])}>")
            at += 1
        elif _RULE.match(line):
            out.append("<hr>")
            at += 1
        elif _QUOTE.match(line) and depth < _DEEPEST:
            at = _quoted(lines, at, out, depth)
        elif _BULLET.match(line) and depth < _DEEPEST:
            at = _listed(lines, at, out, depth)
        elif "|" in line and at + 1 < len(lines) and "-" in lines[at + 1] and _CELLS_BELOW.match(lines[at + 1]):
            at = _table(lines, at, out)
        else:
            at = _paragraph(lines, at, out)
    return out


def _fenced(lines: list[str], at: int, fence: str, out: list[str]) -> int:
    end = next((n for n in range(at + 1, len(lines)) if lines[n].strip() == fence), len(lines))
    out.append(f"<pre><code>{entities.escape(chr(10).join(lines[at + 1 : end]), quote=False)}</code></pre>")
    return end + 1


def _quoted(lines: list[str], at: int, out: list[str], depth: int) -> int:
    inside = []
    while at < len(lines) and (found := _QUOTE.match(lines[at])):
        inside.append(found[1])
        at += 1
    out.append("<blockquote>" + "\n".join(_blocks(inside, depth + 1)) + "</blockquote>")
    return at


def _listed(lines: list[str], at: int, out: list[str], depth: int) -> int:
    """One list: items begin as deep as the first; what stands deeper belongs to the item above it."""
    first = _BULLET.match(lines[at])
    assert first is not None
    indent, ordered = len(first[1]), first[2][0].isdigit()
    items: list[list[str]] = []
    inner = 0
    while at < len(lines):
        line = lines[at]
        found = _BULLET.match(line)
        if found and len(found[1]) <= indent + 1 and found[2][0].isdigit() == ordered:
            inner = len(found[1]) + len(found[2]) + len(found[3])
            items.append([found[4]])
        elif not line.strip():
            after = lines[at + 1] if at + 1 < len(lines) else ""
            if not after.startswith(" " * max(inner, 1)) and not (
                _BULLET.match(after) and _same(after, indent, ordered)
            ):
                break
            items[-1].append("")
        elif line.startswith(" " * max(2, min(inner, indent + 2))):
            items[-1].append(line[min(inner, len(line) - len(line.lstrip())) :])
        elif found or _HEADING.match(line) or _FENCE.match(line) or _QUOTE.match(line):
            break
        else:
            items[-1].append(line)
        at += 1
    kind = "ol" if ordered else "ul"
    number = int(first[2][:-1]) if ordered else 1
    start = f' start="{number}"' if ordered and number != 1 else ""
    out.append(f"<{kind}{start}>" + "".join(f"<li>{_item(item, depth)}</li>" for item in items) + f"</{kind}>")
    return at


def _same(line: str, indent: int, ordered: bool) -> bool:
    found = _BULLET.match(line)
    return bool(found and len(found[1]) <= indent + 1 and found[2][0].isdigit() == ordered)


def _item(lines: list[str], depth: int) -> str:
    blocks = _blocks(lines, depth + 1)
    if blocks and blocks[0].startswith("<p>") and not any(not line.strip() for line in lines):
        blocks[0] = blocks[0][3:-4]  # a tight list: no paragraph round its words
    return "\n".join(blocks)


def _table(lines: list[str], at: int, out: list[str]) -> int:
    head = "".join(f"<th>{inline(cell)}</th>" for cell in _cells(lines[at]))
    at += 2
    rows = []
    while at < len(lines) and "|" in lines[at]:
        rows.append("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in _cells(lines[at])) + "</tr>")
        at += 1
    out.append(f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>")
    return at


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", bare)]


def _paragraph(lines: list[str], at: int, out: list[str]) -> int:
    if _BLOCK_TAG.match(lines[at]):
        end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
        out.append("\n".join(lines[at:end]))
        return end
    words = [lines[at]]
    at += 1
    while (
        at < len(lines)
        and lines[at].strip()
        and not (_HEADING.match(lines[at]) or _FENCE.match(lines[at]) or _QUOTE.match(lines[at]))
    ):
        if re.fullmatch(r" {0,3}(=+|-+)\s*", lines[at]):
            rank = 1 if "=" in lines[at] else 2
            out.append(f"<h{rank}>{inline(' '.join(words))}</h{rank}>")
            return at + 1
        if _BULLET.match(lines[at]) and not lines[at].lstrip()[0].isdigit():
            break
        words.append(lines[at])
        at += 1
    out.append(f"<p>{inline(chr(10).join(word.lstrip() for word in words))}</p>")
    return at


_CODE = re.compile(r"(`+)(.{1,2000}?)(?<!`)\1(?!`)", re.S)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_LINK = re.compile(
    r"(!?)\[([^\[\]]{0,1000})\]\(\s*<?([^\s()<>]{0,2000}(?:\([^\s()]{0,200}\))?)>?(?:\s+[\"'][^\"']{0,500}[\"'])?\s*\)"
)
_PLAIN_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,2000})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?\S|\S)\1", re.S)
_EMPHASIS = re.compile(r"(?<![\w*])(\*|_)(?=\S)([^*_]{0,2000}?[^\s*_])\1(?![\w*])", re.S)
_GONE = re.compile(r"~~(?=\S)(.{1,2000}?\S|\S)~~", re.S)


def inline(text: str) -> str:
    """What stands inside one block."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\x01{len(kept) - 1}\x02"

    text = text.replace("\x01", "").replace("\x02", "")
    text = _CODE.sub(lambda m: keep(f"<code>{entities.escape(m[2].strip(), quote=False)}</code>"), text)
    text = _ESCAPED.sub(lambda m: keep(entities.escape(m[1])), text)
    text = _PLAIN_ADDRESS.sub(lambda m: keep(f'<a href="{entities.escape(m[1])}">{entities.escape(m[1])}</a>'), text)
    text = _LINK.sub(lambda m: _linked(m, keep), text)
    text = _STRONG.sub(r"<strong>\2</strong>", text)
    text = _EMPHASIS.sub(r"<em>\2</em>", text)
    text = _GONE.sub(r"<s>\1</s>", text)
    text = re.sub(r"(?: {2,}|\\)\n", "<br>\n", text)
    for _ in range(3):  # a link may hold code, and stand in what is kept
        text = re.sub(r"\x01(\d+)\x02", lambda m: kept[int(m[1])], text)
    return text


def _linked(found: re.Match[str], keep: Callable[[str], str]) -> str:
    address, words = entities.escape(entities.unescape(found[3])), found[2]
    if found[1]:
        return keep(f'<img src="{address}" alt="{entities.escape(words)}">')
    return keep(f'<a href="{address}">') + words + "</a>"
