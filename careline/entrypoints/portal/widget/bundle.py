"""The widget as one file, made once per process: modules in the order of their imports, without a build and without a loader.

All of them share one scope inside one function, so a page sees none of our names; a name that two of them use is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from gzip import compress
from hashlib import blake2b
from pathlib import Path

from careline.entrypoints.portal.widget.words import words

SOURCES = Path(__file__).parent / "script"
LAST = "begin"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_NAME = re.compile(r"^(?:export )?(?:async function|function|const|let|class) (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)
_COMMENT_OF_STYLES = re.compile(r"/\*.*?\*/\s*|^[ \t]+", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Script:
    """What is served: `digest` names the content for ever."""

    content: bytes
    packed: bytes
    digest: str


@cache
def script() -> Script:
    content = written(_modules(), styles=(SOURCES / "widget.css").read_text("utf-8")).encode()
    return Script(content, compress(content, 9, mtime=0), blake2b(content, digest_size=8).hexdigest())


def written(modules: dict[str, str], *, styles: str) -> str:
    """One function that is called at once; raises ValueError where two modules give one name, or a module imports what is not there."""
    _check_names(modules)
    parts = [_plain(modules[name]) for name in in_order(modules)]
    table = json.dumps(words(), ensure_ascii=False, separators=(",", ":"))
    sheet = json.dumps(_COMMENT_OF_STYLES.sub("", styles), ensure_ascii=False)
    head = f'(() => {{\n"use strict";\nconst WORDS = {table};\nconst STYLES = {sheet};\n'
    return "".join([head, *parts, "})();\n"])


def in_order(modules: dict[str, str]) -> list[str]:
    """Each after those it imports from."""
    done: list[str] = []

    def take(name: str, on_the_way: tuple[str, ...]) -> None:
        if name in on_the_way or name not in modules:
            raise ValueError(f"{name}.js is imported in a circle, or is not there: {' → '.join((*on_the_way, name))}.")
        for _names, source in _IMPORT.findall(modules[name]):
            if source not in done:
                take(source, (*on_the_way, name))
        if name not in done:
            done.append(name)

    take(LAST, ())
    return done


def _check_names(modules: dict[str, str]) -> None:
    at: dict[str, str] = {}
    for module, text in modules.items():
        for name in _given(text):
            if name in at:
                raise ValueError(f"{module}.js and {at[name]}.js both have a {name}.")
            at[name] = module


def _given(text: str) -> list[str]:
    """Names at the top of a module, those of an import under another name with them."""
    renamed = [
        word.split(" as ")[1].strip()
        for names, _ in _IMPORT.findall(text)
        for word in names.split(",")
        if " as " in word
    ]
    return [*renamed, *_NAME.findall(text)]


def _plain(text: str) -> str:
    renamed = [
        f"const {new.strip()} = {old.strip()};\n"
        for names, _ in _IMPORT.findall(text)
        for old, _as, new in (word.partition(" as ") for word in names.split(","))
        if new
    ]
    body = re.sub(r"^export ", "", _IMPORT.sub("", text), flags=re.MULTILINE)
    if re.search(r"^(import|export)\b", body, re.MULTILINE):
        raise ValueError("A module of the widget imports or exports in a way that bundle.py does not know.")
    return "".join([*renamed, _COMMENT.sub("", body)])


def _modules() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted(SOURCES.glob("*.js"))}
