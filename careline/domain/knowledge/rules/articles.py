"""What an article may be, and how its words are kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from careline.kit.html.authored import authored
from careline.kit.html.plain import text_of

KINDS = ("article", "faq", "policy", "guide")
AUDIENCES = ("public", "staff")
PICTURES = "/help/pictures/"
"""What the address of every picture in an article begins with; the rest is its `place`."""
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_SLUG = 200, 500, 80
MOST_HTML = 1_000_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_PICTURE = re.compile(re.escape(PICTURES) + r"([\w-]{22})(?![\w-])")
_APART = re.compile(r"[^\w]+|_+")


class BadArticle(ValueError):
    """What somebody wrote can't be kept; `field` says which part of it, the text why, in a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Words:
    """One language of an article, ready to be kept."""

    title: str
    summary: str
    slug: str
    html: str
    text: str


def words_from(*, title: str, summary: str = "", slug: str = "", html: str = "") -> Words:
    """As they may be kept and shown. Raises BadArticle."""
    title, summary = _one_line(title), _one_line(summary)
    if not title:
        raise BadArticle("title", "Give the article a title.")
    if len(title) > LONGEST_TITLE:
        raise BadArticle("title", f"A title has up to {LONGEST_TITLE} characters.")
    if len(summary) > LONGEST_SUMMARY:
        raise BadArticle("summary", f"A summary has up to {LONGEST_SUMMARY} characters.")
    if len(html) > MOST_HTML:
        raise BadArticle("html", f"An article has up to {MOST_HTML:,} characters, with its formatting: part it in two.")
    clean = authored(html, pictures=PICTURES)
    return Words(title, summary, slug_from(slug or title) or "article", clean, text_of(clean))


def slug_from(words: str) -> str:
    """Words as the end of an address: small letters and digits of any script, parted by hyphens."""
    plain = unicodedata.normalize("NFKC", words).lower()
    plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if sign not in _ACCENTS)
    parts = [part for part in _APART.split(unicodedata.normalize("NFC", plain)) if part]
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}" if slug else part[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug


_ACCENTS = {chr(code) for code in range(0x300, 0x370)}


def is_language(code: str) -> bool:
    return bool(_LANGUAGE.fullmatch(code))


def pictures_in(html: str) -> list[str]:
    """The places of the pictures that stand in an article, each once."""
    return list(dict.fromkeys(_PICTURE.findall(html)))


def _one_line(words: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
