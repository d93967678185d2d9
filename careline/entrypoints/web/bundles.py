"""Our styles as one file and our scripts as one file, made when the process starts: a page asks for two instead of fifty.

Scripts stay ordinary modules on disk, without a build. Here each becomes a function that is called once, when it is first needed;
its imports become names taken from the others. Names of the files are those of their content, so a browser asks for each once.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path

WEB = Path(__file__).parent / "static" / "web"
SHEETS = ("tokens", "base", "controls", "shell", "inbox", "panes", "board", "case", "composer", "pages", "access", "work", "search",
          "structure", "routing", "ready", "keys", "promises", "rules")  # fmt: skip
"""In this order; a sheet that is not named follows after them, by its name."""
BEGUN = ("toast", "list", "journey", "composer", "keys", "panes", "live", "instant", "select", "board", "play", "presence", "mentions",
         "search", "ready", "rail", "wall", "notices")  # fmt: skip
"""What every page begins, in this order; the rest comes when it is imported."""
ALONE = ("theme", "passkeys", "keysettings")
"""What pages name themselves: before the first paint, or on one page only."""
FOR_EVER = "public, max-age=31536000, immutable"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function|function|const|let) (\w+)", re.MULTILINE)
_CHANGES = re.compile(r"^export let (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)
_LOADER = """const made = {}, kept = {};
const need = (name) => kept[name] ??= made[name]();
const load = (place) => {
  const name = /^\\.\\/(\\w+)\\.js$/.exec(place)?.[1];
  return made[name] ? Promise.resolve().then(() => need(name)) : import(place);
};
"""


# As with modules of their own: one that fails stops no other.
_BEGIN = 'try { need("%s"); } catch (wrong) { reportError(wrong); }\n'


@cache
def styles() -> tuple[str, bytes]:
    """Address and content."""
    found = {sheet.stem: sheet for sheet in sorted((WEB / "css").glob("*.css"))}
    names = [name for name in SHEETS if name in found] + [name for name in found if name not in SHEETS]
    return _named("".join(found[name].read_text(encoding="utf-8") for name in names), "css")


@cache
def scripts() -> tuple[str, bytes]:
    """Address and content."""
    modules = {path.stem: path.read_text(encoding="utf-8") for path in sorted((WEB / "js").glob("*.js"))}
    changing = {name: set(_CHANGES.findall(text)) for name, text in modules.items()}
    parts = [as_function(name, text, changing) for name, text in modules.items() if name not in ALONE]
    return _named("".join([_LOADER, *parts, *(_BEGIN % name for name in BEGUN if name in modules)]), "js")


def as_function(name: str, text: str, changing: dict[str, set[str]]) -> str:
    """A module as one entry of the table; `changing` are the exported variables of each, which are read where they stand."""
    body, taken = _IMPORT.sub("", text), []
    for names, source in _IMPORT.findall(text):
        for word in (word.strip() for word in names.split(",") if word.strip()):
            if word in changing.get(source, ()):
                body = re.sub(rf"\b{word}\.", f'need("{source}").{word}.', body)
            else:
                taken.append(f'const {{ {word.replace(" as ", ": ")} }} = need("{source}");\n')
    given = ", ".join(f"get {word}() {{ return {word}; }}" for _, word in _EXPORT.findall(text))
    body = re.sub(r"\bimport\(", "load(", _EXPORT.sub(r"\1 \2", body))
    if re.search(r"^(import|export)\b", body, re.MULTILINE):
        raise ValueError(f"{name}.js imports or exports in a way that bundles.py does not know.")
    return f"made.{name} = () => {{\n{''.join(taken)}{_COMMENT.sub('', body)}return {{ {given} }};\n}};\n"


def _named(words: str, kind: str) -> tuple[str, bytes]:
    content = words.encode()
    return f"/static/web/{blake2b(content, digest_size=8).hexdigest()}.{kind}", content


TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


def bundle_at(path: str) -> tuple[bytes, str] | None:
    """Content and media type of what has this address; nothing where it is no bundle."""
    for kind, made in (("css", styles), ("js", scripts)):
        if path.endswith(f".{kind}") and path == made()[0]:
            return made()[1], TYPES[kind]
    return None
