"""Articles out of files of another help centre, as drafts; and all of ours as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import Refused
from careline.domain.files.queries import content_of
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.queries.articles import all_words, article_addressed, categories_of, pictures_of
from careline.domain.knowledge.rules.article_files import (
    BadFile,
    FileArticle,
    as_file,
    from_file,
    with_pictures,
)
from careline.domain.knowledge.rules.article_files import (
    pictures_of as pictures_shown,
)
from careline.domain.knowledge.rules.articles import PICTURES, BadArticle, is_language, slug_from
from careline.domain.staff.rules import Person, require
from careline.flows.write_article import WRITE, Written, add_article, add_picture, write_words
from careline.kit.zips import BadZip, unzipped, zipped

MOST = 2_000
LARGEST = 60 * 1024 * 1024


@dataclass(slots=True)
class Brought:
    """`left_out`: what is no article, each with the reason in a sentence."""

    added: int = 0
    changed: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)


def bring_in_articles(
    agent: Person, name: str, content: bytes, *, brand: int, language: str, by: Actor, at: datetime
) -> Brought:
    """Every article of a zip file, of one Markdown or HTML file, or of a CSV sheet, as a draft. An article that has the same address
    already gets its words as a new draft: bringing the same file in twice doubles nothing. Raises Forbidden, Refused."""
    require(agent, WRITE)
    if not is_language(language):
        raise Refused("Name the language by its code, as in en or de.")
    if len(content) > LARGEST:
        raise Refused("A file to bring in has up to 60 MB: part it in several.")
    try:
        files = dict(unzipped(content)) if content[:2] == b"PK" else {name: content}
    except BadZip as wrong:
        raise Refused(str(wrong)) from wrong
    brought, found = Brought(), _articles_in(files, language)
    if len(found) > MOST:
        raise Refused(f"At most {MOST:,} articles at once.")
    tied: dict[str, int] = {}
    for one in found:
        if isinstance(one, tuple):
            brought.left_out.append(one)
            continue
        try:
            _keep(agent, one, files, tied, brought, brand=brand, by=by, at=at)
        except (BadArticle, Refused) as wrong:
            brought.left_out.append((one.path, str(wrong)))
    if not found:
        raise Refused("There is no Markdown, HTML or CSV file in it.")
    return brought


def articles_as_files(agent: Person) -> bytes:
    """A zip file: the newest words of every language of every article as HTML, with their pictures. Raises Forbidden."""
    require(agent, WRITE)
    files: list[tuple[str, bytes]] = []
    pictures: dict[str, str] = {}
    for row in all_words():
        for picture in pictures_of(row.article_id) if PICTURES in row.html else ():
            pictures[picture.place] = picture.digest
        words = as_file(row).replace(f'src="{PICTURES}', 'src="../pictures/')
        files.append((f"{row.language}/{row.slug}-{row.article_id}.html", words.encode()))
    files += [(f"pictures/{place}", content_of(digest)) for place, digest in sorted(pictures.items())]
    return zipped(files)


def _articles_in(files: Mapping[str, bytes], language: str) -> list[FileArticle | tuple[str, str]]:
    found: list[FileArticle | tuple[str, str]] = []
    for path, body in sorted(files.items()):
        if "__MACOSX" in path or path.rpartition("/")[2].startswith("."):
            continue
        try:
            found += from_file(path, body, language=language)
        except BadFile as wrong:
            found.append((path, str(wrong)))
    return found


def _keep(
    agent: Person, one: FileArticle, files: Mapping[str, bytes], tied: dict[str, int], brought: Brought, *, brand: int, by: Actor, at: datetime
) -> None:  # fmt: skip
    written = Written(one.title, one.html, one.summary, one.slug)
    key = tied.get(one.article) if one.article else None
    key = key or article_addressed(brand, one.language, one.slug or slug_from(one.title))
    if key is None:
        facts = Facts(brand, _shelf(brand, one.category), one.kind, one.audience, one.product, agent.id)
        key = add_article(agent, facts, one.language, written, by=by, at=at)
        brought.added += 1
    else:
        write_words(agent, key, one.language, written, by=by, at=at)
        brought.changed += 1
    if one.article:
        tied[one.article] = key
    addresses: dict[str, str] = {}
    for path in pictures_shown(one):
        if path in files:
            addresses[path] = add_picture(agent, key, files[path], name=path.rpartition("/")[2], by=by, at=at)
    if addresses:
        html = with_pictures(one.html, one.path, addresses)
        write_words(agent, key, one.language, Written(one.title, html, one.summary, one.slug), by=by, at=at)


def _shelf(brand: int, category: str) -> int | None:
    """The category by its address or by a name of it; none where there is none like it."""
    wanted = category.strip().lower()
    for row in categories_of(brand) if wanted else ():
        if wanted == row.slug or wanted in {str(name).lower() for name in _names(row)}:
            return int(row.id)
    return None


def _names(row: Any) -> list[Any]:
    return list(row.names.values())
