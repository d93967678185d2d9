"""How Babel finds our words in Python: what is in gettext, and the whole sentences with which the floors below refuse.

The domain knows no gettext. Its refusals are raised in English and looked up at the door (`said` in entrypoints/web/words.py),
as are the labels of a channel's settings.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from babel.messages.extract import extract_python

# These are for those who write or run Careline, not for who reads a screen.
UNSEEN = {
    "AssertionError",
    "CannotCompose",
    "CannotTypeset",
    "IMAPClientError",
    "QueryCanceled",
    "RouteBroken",
    "error",
}
# What is filled in there is told to programs and to those who import: names of theirs, not figures of ours.
UNFILLED = UNSEEN | {
    "BadContent",
    "BadFilter",
    "BadPolicy",
    "BadRoute",
    "BadSettings",
    "CannotBringIn",
    "NoSuchKind",
    "NotFound",
    "TokenRefused",
    "Unfit",
    "UnfitPreference",
    "ValueError",
    "WrongGrant",
}
Found = tuple[int, str | None, Any, list[str]]


def extract(fileobj: Any, keywords: Any, comment_tags: Any, options: dict[str, Any]) -> Iterator[Found]:
    """Babel's own shape: (line, function, message, comments)."""
    code = fileobj.read()
    if b"gettext" in code:
        yield from extract_python(BytesIO(code), keywords, comment_tags, options)
    if options.get("refusals") and (b"raise " in code or b"Setting(" in code):
        for node in ast.walk(ast.parse(code)):
            yield from ((node.lineno, None, words, []) for words in _told(node) if " " in words or words.istitle())


def _told(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and _name(node.exc) not in UNSEEN:
        filled = [] if _name(node.exc) in UNFILLED else _filled(node.exc.args)
        return [words for words in [*_constants(node.exc.args), *filled] if " " in words]
    if isinstance(node, ast.Call) and _name(node) == "Setting":
        return _constants(node.args[1:3])
    return []


def _filled(given: list[ast.expr]) -> list[str]:
    """Sentences with something filled in, as our translators write them: Keep it under %(longest)s letters.

    Not those that answer what no page asks: names that are not there, and lists of the codes that are.
    """
    sentences = [_with_names(one) for one in given if isinstance(one, ast.JoinedStr)]
    return [words for words in sentences if words and not words.startswith("There is no ")]


def _with_names(sentence: ast.JoinedStr) -> str:
    words, names = "", []
    for part in sentence.values:
        if isinstance(part, ast.Constant):
            words += str(part.value).replace("%", "%%")
        elif isinstance(part, ast.FormattedValue):
            if any(isinstance(inner, ast.Attribute) and inner.attr == "join" for inner in ast.walk(part.value)):
                return ""
            name = getattr(part.value, "attr", "") or getattr(part.value, "id", "") or "what"
            names.append(name.strip("_").lower())
            words += f"%({names[-1]}{names.count(names[-1]) if names.count(names[-1]) > 1 else ''})s"
    return words


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _constants(given: list[ast.expr]) -> list[str]:
    return [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
