"""Articles as files: Markdown with front matter, HTML with meta lines, CSV; read from others' desks, written for them."""

from __future__ import annotations

import csv
import html as entities
import io
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from careline.domain.knowledge.rules.articles import AUDIENCES, KINDS, MOST_HTML, is_language, slug_from
from careline.kit.markdown import html_of_markdown

MOST_ROWS = 5_000
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
_LINE = re.compile(r"^([A-Za-z_][\w -]{0,40}):[ \t]*(.*)$")
# A tag ends before the next begins, so that what never ends is not looked through again from each beginning.
_TITLE = re.compile(r"<title[^<>]*>(.{0,1000}?)</title>", re.S | re.I)
_FIRST_HEADING = re.compile(r"<h1\b[^<>]*>(.{0,2000}?)</h1>", re.S | re.I)
_META = re.compile(r"<meta\s+name=[\"']([\w:.-]{1,60})[\"']\s+content=[\"']([^\"']{0,1000})[\"']", re.I)
_LANG = re.compile(r"<html\b[^<>]*\blang=[\"']([\w-]{2,20})[\"']", re.I)
_BODY = re.compile(r"<body\b[^<>]*>(.*?)(?:</body>|\Z)", re.S | re.I)
_TAGS = re.compile(r"<[^>]*>")
_PICTURE = re.compile(r"(<img\b[^<>]*?\bsrc=)([\"'])([^\"']{1,1000})\2", re.I)
_LANGUAGE_IN_PATH = re.compile(r"(?:^|/)([a-z]{2}(?:-[A-Z]{2})?)/[^/]+$|\.([a-z]{2}(?:-[A-Z]{2})?)\.\w+$")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("title", "summary", "slug", "language", "category", "kind", "audience", "product", "article", "html")


class BadFile(ValueError):
    """A file that is no article, in a sentence."""


@dataclass(frozen=True, slots=True)
class FileArticle:
    """One language of an article out of a file. `article` is what ties its languages together, `category` a name or an address."""

    path: str
    title: str
    html: str
    language: str
    summary: str = ""
    slug: str = ""
    category: str = ""
    kind: str = "article"
    audience: str = "public"
    product: str = ""
    article: str = ""


def from_file(path: str, content: bytes, *, language: str) -> list[FileArticle]:
    """The articles of one file, by its ending; none of a file that is neither Markdown, HTML nor CSV. Raises BadFile."""
    ending = path.rpartition(".")[2].lower()
    if ending not in ("md", "markdown", "html", "htm", "csv"):
        return []
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\x00", "")
    except UnicodeDecodeError:
        raise BadFile("It is no UTF-8 text.") from None
    found = _LANGUAGE_IN_PATH.search(path)
    language = (found[1] or found[2]) if found else language
    if ending == "csv":
        return _from_csv(path, text, language)
    if len(text) > 2 * MOST_HTML:
        raise BadFile(f"An article has up to {MOST_HTML:,} characters, with its formatting: part it in two.")
    if ending in ("html", "htm"):
        return [_from_html(path, text, language)]
    return [_from_markdown(path, text, language)]


def with_pictures(html: str, path: str, addresses: Mapping[str, str]) -> str:
    """The same with pictures pointing to where they are kept now: `addresses` by their path in the zip file."""

    def placed(found: re.Match[str]) -> str:
        address = addresses.get(picture_path(entities.unescape(found[3]), path), "")
        return f'{found[1]}"{address}"' if address else found[0]

    return _PICTURE.sub(placed, html)


def pictures_of(article: FileArticle) -> list[str]:
    """Paths inside the zip file of the pictures that it shows."""
    paths = (picture_path(entities.unescape(found[3]), article.path) for found in _PICTURE.finditer(article.html))
    return list(dict.fromkeys(path for path in paths if path))


def picture_path(address: str, path: str) -> str:
    """Where a picture lies, seen from the root of the zip file; empty for one of the web, and for one outside."""
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.I):
        return ""
    base = "" if address.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(base, unquote(address.lstrip("/").split("?")[0].split("#")[0])))
    return "" if joined.startswith("..") else joined


def as_file(row: Any) -> str:
    """HTML with everything in it that `from_file` reads."""
    meta = {
        "description": row.summary, "slug": row.slug, "category": row.category_slug or "", "kind": row.kind, "audience": row.audience,
        "product": row.product, "article": str(row.article_id), "state": row.state,
    }  # fmt: skip
    lines = "\n".join(
        f'<meta name="{name}" content="{entities.escape(words)}">' for name, words in meta.items() if words
    )
    return (
        f'<!doctype html>\n<html lang="{row.language}">\n<head><meta charset="utf-8"><title>{entities.escape(row.title, quote=False)}</title>\n'
        f"{lines}\n</head>\n<body>\n{row.html}\n</body>\n</html>\n"
    )


def _from_markdown(path: str, text: str, language: str) -> FileArticle:
    front = _FRONT.match(text)
    said = _front_matter(front[1]) if front else {}
    body = html_of_markdown(text[front.end() :] if front else text)
    return _made(path, said, body, language)


def _from_html(path: str, text: str, language: str) -> FileArticle:
    said = {name.lower(): entities.unescape(words) for name, words in _META.findall(text)}
    said.setdefault("summary", said.get("description", ""))
    if (title := _TITLE.search(text)) and title[1].strip():
        said.setdefault("title", _plain(title[1]))
    if found := _LANG.search(text):
        said.setdefault("language", found[1])
    body = _BODY.search(text)
    return _made(path, said, body[1] if body else text, language)


def _from_csv(path: str, text: str, language: str) -> list[FileArticle]:
    try:
        rows = list(
            csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=text.split("\n", 1)[0].count), strict=True)
        )
    except csv.Error as error:
        raise BadFile(f"This CSV file can't be read: {error}.") from None
    if not rows or "title" not in rows[0] or not {"html", "markdown", "text"} & set(rows[0]):
        raise BadFile("The first line names the columns: title, and html, markdown or text.")
    if len(rows) > MOST_ROWS:
        raise BadFile(f"At most {MOST_ROWS:,} rows at once.")
    found = []
    for n, row in enumerate(rows, start=2):
        said = {
            name: _bare((words or "").strip())
            for name, words in row.items()
            if isinstance(name, str) and isinstance(words, str)
        }
        html = (
            said.get("html")
            or html_of_markdown(said.get("markdown", ""))
            or f"<p>{entities.escape(said.get('text', ''))}</p>"
        )
        found.append(_made(f"{path}, row {n}", said, html, language))
    return found


def _made(path: str, said: dict[str, str], html: str, language: str) -> FileArticle:
    title = said.get("title", "")
    if not title and (heading := _FIRST_HEADING.search(html)):
        title = _plain(heading[1])
        html = html[: heading.start()] + html[heading.end() :]
    if not title:
        raise BadFile("It has no title.")
    kind, audience = said.get("kind", "article"), said.get("audience", "public")
    spoken = said.get("language") or said.get("lang") or language
    return FileArticle(
        path, title[:200], html, spoken if is_language(spoken) else language, said.get("summary", "")[:500], slug_from(said.get("slug", "")),
        said.get("category", ""), kind if kind in KINDS else "article", "staff" if kind == "policy" or audience not in AUDIENCES else audience,
        said.get("product", "")[:100], said.get("article", ""),
    )  # fmt: skip


def _front_matter(text: str) -> dict[str, str]:
    """`name: words`, one on a line, as in Jekyll and Hugo; what is nested deeper is passed over."""
    found = (_LINE.match(line) for line in text.split("\n"))
    return {one[1].strip().lower(): one[2].strip().strip("\"'") for one in found if one and one[2].strip()}


def _plain(html: str) -> str:
    return " ".join(entities.unescape(_TAGS.sub(" ", html)).split())


def _bare(word: str) -> str:
    return word[1:] if word.startswith("'") and word[1:].startswith(_FORMULA) else word
