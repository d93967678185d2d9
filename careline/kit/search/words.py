"""Words of a text as search knows them: lower case, without accents, the same for what is stored and what is asked."""

from __future__ import annotations

import re
import unicodedata

_MOST_CHARACTERS = 1_000_000
_MOST_WORDS = 20_000
_LONGEST_WORD = 64

# Letters that Unicode does not take apart into a plain letter and a mark; casefold has done ß already.
_ODD = re.compile("[øłæœđðþħŧŋı]")
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"}
)
# Accents of Latin, Greek and Cyrillic, points of Hebrew, short vowels of Arabic; never the vowels of Thai or Hindi.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u0652\u0670\u0640\u200b-\u200f\u00ad]+")
# Scripts written without spaces (Thai, Lao, Burmese, Khmer, kana, Han) or with endings glued on (Hangul).
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_INDIC = "\u0900-\u0963\u0966-\u0dff\u0f00-\u0fff"
# A sign joins a word only between two letters or digits; all others part words. Two quick passes beat one regex.
_SIGNS = "-.@+/_':"
_LOOSE_SIGN = re.compile(r"[-.@+/_':](?![a-z0-9])")
_SPACES = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in _SIGNS)}
_WORD = re.compile(
    rf"[{_UNSPACED}]++|(?:(?![{_UNSPACED}])[^\W_]|[{_INDIC}])++"
    rf"(?:[-.@+/_'’:](?:(?![{_UNSPACED}])[^\W_]|[{_INDIC}])++)*+"
)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_JOINTS = re.compile(r"[-.@+/_'’:]")
_NUMBER = re.compile(r"\d{3,}")


def words_of(text: str) -> list[str]:
    """The words of `text` in order, repeated as often as they stand there.

    Mail addresses, numbers and codes come whole and in pieces (`order-1001`, `order`, `1001`), hyphened words in pieces
    and joined (`e`, `mail`, `email`); scripts without spaces as pairs of characters. At most 20,000 words of the first
    1,000,000 characters, each cut at 64 characters.
    """
    text = text[:_MOST_CHARACTERS]
    text = text.lower() if text.isascii() else _folded(text)
    plain = text.isascii()
    found = _LOOSE_SIGN.sub(" ", text).translate(_SPACES).split() if plain else _WORD.findall(text)
    words: list[str] = []
    for word in found[:_MOST_WORDS]:
        if word.isalpha() and (plain or word[0] < "\u0e00"):
            words.append(word)
            continue
        words += _pairs(word) if not plain and _IS_UNSPACED.match(word) else _whole_and_pieces(word)
        if len(words) >= _MOST_WORDS:
            break
    return [word[:_LONGEST_WORD] for word in words[:_MOST_WORDS]]


def _folded(text: str) -> str:
    text = text.casefold()
    if _ODD.search(text):
        text = text.translate(_PLAIN)
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _pairs(run: str) -> list[str]:
    if len(run) < 2:
        return [run]
    return [run[at : at + 2] for at in range(min(len(run) - 1, _MOST_WORDS))]


def _whole_and_pieces(word: str) -> list[str]:
    word = word.lstrip(_SIGNS)
    pieces = [piece for piece in _JOINTS.split(word) if piece]
    has_digit = any(piece.isdigit() or _NUMBER.search(piece) for piece in pieces)
    if len(pieces) == 1:
        found = [word]
    elif has_digit or "@" in word:
        found = [word, *pieces]
    else:
        found = [*pieces, "".join(pieces)] if "-" in word or "'" in word or "’" in word else pieces
    if has_digit:
        found += [number for piece in pieces if not piece.isdigit() for number in _NUMBER.findall(piece)]
    return found
