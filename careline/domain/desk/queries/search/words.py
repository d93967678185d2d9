"""The words of a query as the index knows them: each as it stands, or by its stem in one of the company's languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from careline.domain.conversations.commands.messages import CONFIGS
from careline.domain.desk.queries.search.operators import TEXT_PARTS
from careline.kit import db
from careline.kit.search import words_of
from careline.kit.search.query import OPERATOR, PHRASE, PREFIX, UNKNOWN, Token
from careline.kit.search.snippets import Marks

SHORTEST_PREFIX = 3
"""A shorter one would also begin the marks of stems (`de:`) and parts (`f=`)."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)
# A word without accents, as a pattern that finds it with them too.
_ACCENTED = {
    "a": "aàáâãäåāăą", "c": "cçćč", "d": "dďđ", "e": "eèéêëēėęě", "g": "gğ", "i": "iìíîïīįı", "l": "lł", "n": "nñńň",
    "o": "oòóôõöøōő", "r": "rř", "s": "sśšşș", "t": "tťţț", "u": "uùúûüūůű", "y": "yýÿ", "z": "zźżž",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AskedWords:
    """`tsquery` in to_tsquery's own syntax, empty where no words are asked; `patterns` are phrases to look for in the text.

    `is_impossible`: words were asked that hold no letter and no digit, which nothing can match. `plain` are words
    that may be misspelt. `is_negative`: only what must not be there is said.
    """

    tsquery: str = ""
    patterns: tuple[str, ...] = ()
    unwanted_patterns: tuple[str, ...] = ()
    is_impossible: bool = False
    is_negative: bool = False
    plain: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)


def asked_words(tokens: Sequence[Token], languages: Sequence[str], *, typing: bool = False) -> AskedWords:
    """What the tokens ask of a message's text; `typing`: the last word may be the beginning of one."""
    texts = [token for token in tokens if token.kind != OPERATOR or (token.name in TEXT_PARTS and token.value)]
    if not texts:
        return AskedWords()
    beginning = tokens[-1] if typing and tokens[-1].kind not in (PHRASE, OPERATOR) else None
    stems = _stems([t.value.lower() for t in texts if t.kind not in (PHRASE, PREFIX, OPERATOR)], languages)
    wanted, unwanted, is_impossible = [], [], False
    for token in texts:
        said = _said(token, stems, is_beginning=token is beginning)
        if token.negated:
            unwanted += [f"!({said})"] if said and not _is_phrase(token) else []
        elif said:
            wanted.append(f"({said})")
        else:
            is_impossible = True
    phrases = [(token, phrase_pattern(token.value)) for token in texts if _is_phrase(token)]
    return AskedWords(
        tsquery=" & ".join([*wanted, *unwanted]),
        patterns=tuple(pattern for token, pattern in phrases if not token.negated),
        unwanted_patterns=tuple(pattern for token, pattern in phrases if token.negated),
        is_impossible=is_impossible,
        is_negative=not wanted,
        plain=tuple(words_of(t.value)[0] for t in texts if t.kind == "word" and not t.negated and _LETTERS.fullmatch(t.value)
                    and words_of(t.value)),
        marks=_marks([token for token in texts if not token.negated], stems, beginning),
    )  # fmt: skip


def phrase_pattern(phrase: str) -> str:
    """A regular expression of PostgreSQL (case left aside) that finds the words one behind the other."""
    words = re.findall(r"[^\W_]+", phrase)[:20]
    if words and _UNSPACED.search(words[0]):
        return "".join(map(_accented, words))
    return r"\m" + "[^[:alnum:]]+".join(map(_accented, words)) + r"\M"


def _is_phrase(token: Token) -> bool:
    """Several words, or signs without spaces between them, whose order counts."""
    return token.kind == PHRASE and len(words_of(token.value)) > 1


def _said(token: Token, stems: dict[str, list[str]], *, is_beginning: bool) -> str:
    words = words_of(token.value)
    if not words:
        return ""
    if token.kind == OPERATOR:
        mark = TEXT_PARTS[token.name]
        has_star = token.value.endswith("*")
        return " & ".join(_quoted(f"{mark}={word}") + (":*" if has_star else "") for word in _needed(words))
    if token.kind == PHRASE:
        return " & ".join(map(_quoted, dict.fromkeys(_needed(words))))
    if token.kind == PREFIX:
        return _beginning(words)
    alternatives = [_whole(words), *map(_quoted, stems.get(token.value.lower(), []))]
    if token.kind == UNKNOWN:
        alternatives = [" & ".join(map(_quoted, dict.fromkeys([*words_of(token.name), *words])))]
    if is_beginning:
        alternatives.append(_beginning(words))
    return " | ".join(f"({said})" for said in dict.fromkeys(alternatives))


def _beginning(words: list[str]) -> str:
    *whole, last = _needed(words)
    can_begin = len(last) >= SHORTEST_PREFIX or bool(_UNSPACED.match(last))
    return " & ".join([*map(_quoted, whole), _quoted(last) + (":*" if can_begin else "")])


def _whole(words: list[str]) -> str:
    """One word as it was typed: whole, or all its pieces; `e-mail` also as `email`."""
    first, *pieces = words
    if not pieces or "@" in first:
        return _quoted(first)
    if "".join(words[:-1]) == words[-1]:
        return f"({' & '.join(map(_quoted, words[:-1]))}) | {_quoted(words[-1])}"
    if re.search(r"[^\w]", first):
        return f"{_quoted(first)} | ({' & '.join(map(_quoted, pieces))})"
    return " & ".join(map(_quoted, dict.fromkeys(words)))


def _needed(words: list[str]) -> list[str]:
    """Of an address the whole suffices."""
    return [words[0]] if "@" in words[0] else words


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _stems(words: list[str], languages: Sequence[str]) -> dict[str, list[str]]:
    asked = [word for word in dict.fromkeys(words) if _LETTERS.fullmatch(word)]
    known = [language for language in languages if language in CONFIGS]
    if not asked or not known:
        return {}
    found = db.rows(
        """SELECT w.word, tsvector_to_array(message_vector('{}', w.word, l.config::regconfig, l.mark)) AS stems
           FROM unnest(%s::text[]) AS w (word), unnest(%s::text[], %s::text[]) AS l (config, mark)""",
        [asked, [CONFIGS[language] for language in known], known],
    )
    stems: dict[str, list[str]] = {}
    for row in found:
        stems.setdefault(row.word, []).extend(row.stems)
    return stems


def _marks(tokens: Sequence[Token], stems: dict[str, list[str]], beginning: Token | None) -> Marks:
    words: set[str] = set()
    prefixes: set[str] = set()
    for token in tokens:
        if token.kind == OPERATOR and token.name not in ("subject", "filename"):
            continue
        found = words_of(token.value)
        words.update(found)
        if found and (token.kind == PREFIX or token is beginning):
            prefixes.add(found[-1])
        # A stem is what its words begin with, mostly: near enough for marking.
        prefixes.update(stem.partition(":")[2] for stem in stems.get(token.value.lower(), []) if len(stem) > 6)
    return Marks(frozenset(words), tuple(sorted(prefixes)))


def _accented(word: str) -> str:
    return "".join(f"[{_ACCENTED[letter]}]" if letter in _ACCENTED else letter for letter in _plain(word))


def _plain(word: str) -> str:
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
