"""Our styles as one file and our scripts as one file, made when the process starts: a page asks for two instead of fifty.
What is seldom needed at once (LATER) comes in files of its own when somebody first asks for it.

Scripts stay ordinary modules on disk, without a build. Here each becomes a function that is called once, when it is first needed;
its imports become names taken from the others. Names of the files are those of their content, so a browser asks for each once.
"""

from __future__ import annotations

import json
import re
from functools import cache
from hashlib import blake2b
from pathlib import Path

WEB = Path(__file__).parent / "static" / "web"
SHEETS = ("tokens", "base", "controls", "shell", "inbox", "panes", "board", "case", "composer", "pages", "access", "work",
          "structure", "routing", "ready", "keys", "promises")  # fmt: skip
"""In this order; a sheet that is not named follows after them, by its name."""
ROOMS = ("search", "wall", "rules", "articles", "sides")
"""What no inbox shows: one file of their own, which every page but the inbox takes as well."""
BEGUN = ("toast", "list", "journey", "composer", "keys", "panes", "live", "instant", "select", "presence", "mentions", "search", "ready",
         "rail", "notices")  # fmt: skip
"""What every page begins, in this order; the rest comes when it is imported."""
LATER = {"writing": ("editor",), "finding": ("finder", "fuzzy", "chooser", "palette", "keysheet"), "kinds": ("board", "play"),
         "wall": ("wall",), "articles": ("articles",), "practice": ("practice",), "answers": ("answers",), "visitor": ("visitor",)}  # fmt: skip
"""What is fetched when it is first imported, in files by these names; nothing outside a group may import from it by name."""
SEEN = {"board": ".board", "play": '#list[data-kind="play"]', "wall": ".wall", "articles": "[data-article-editor]", "practice": "[data-practice]",
        "answers": "[data-composer][data-draft]", "visitor": "#visitor"}  # fmt: skip
"""What begins when something like this stands on the page."""
ALONE = ("theme", "passkeys", "keysettings")
"""What pages name themselves: before the first paint, or on one page only."""
FOR_EVER = "public, max-age=31536000, immutable"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function|function|const|let) (\w+)", re.MULTILINE)
_CHANGES = re.compile(r"^export let (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)
_LOADER = """const made = {}, kept = {}, later = %s, seen = %s;
const need = (name) => kept[name] ??= made[name]();
const load = (place) => {
  const name = /^\\.\\/(\\w+)\\.js$/.exec(place)?.[1];
  if (made[name]) return Promise.resolve().then(() => need(name));
  return later[name] ? import(later[name]).then((found) => { found.add(made, need, load); return need(name); }) : import(place);
};
const look = () => {
  for (const name in seen) if (document.querySelector(seen[name])) { delete seen[name]; load(`./${name}.js`).catch(reportError); }
};
"""
_LOOK = (
    'look();\ndocument.addEventListener("htmx:afterSwap", look);\ndocument.addEventListener("careline:list", look);\n'
)
_COMMENT_OF_STYLES = re.compile(r"/\*.*?\*/\s*|^[ \t]+", re.MULTILINE | re.DOTALL)
_ROOM_OF_STYLES = re.compile(r" ?([{};]) ?|(:|,) (?=[^}\n]*[;}])")


# As with modules of their own: one that fails stops no other.
_BEGIN = 'try { need("%s"); } catch (wrong) { reportError(wrong); }\n'


@cache
def styles(*, of_rooms: bool = False) -> tuple[str, bytes]:
    """Address and content."""
    found = {sheet.stem: sheet for sheet in sorted((WEB / "css").glob("*.css"))}
    others = [name for name in found if name not in (*SHEETS, *ROOMS)]
    names = [*ROOMS] if of_rooms else [*(name for name in SHEETS if name in found), *others]
    words = "".join(found[name].read_text(encoding="utf-8") for name in names)
    return _named(_ROOM_OF_STYLES.sub(lambda m: m[1] or m[2], _COMMENT_OF_STYLES.sub("", words)), "css")


@cache
def scripts() -> tuple[str, bytes]:
    """Address and content."""
    modules = _modules()
    files = {name: later(group)[0] for group, names in LATER.items() for name in names if name in modules}
    parts = [text for name, text in modules.items() if name not in files]
    loader = _LOADER % (json.dumps(files), json.dumps(SEEN))
    return _named("".join([loader, *parts, *(_BEGIN % name for name in BEGUN if name in modules), _LOOK]), "js")


@cache
def later(group: str) -> tuple[str, bytes]:
    """Address and content of what is fetched when somebody first asks for it."""
    parts = [text for name, text in _modules().items() if name in LATER[group]]
    return _named("".join(["export const add = (made, need, load) => {\n", *parts, "};\n"]), "js")


@cache
def _modules() -> dict[str, str]:
    """All but those that stand alone, each as one entry of the table."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((WEB / "js").glob("*.js"))}
    changing = {name: set(_CHANGES.findall(text)) for name, text in texts.items()}
    return {name: as_function(name, text, changing) for name, text in texts.items() if name not in ALONE}


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
    kind = path.rpartition(".")[2]
    made = [styles(), styles(of_rooms=True)] if kind == "css" else [scripts(), *(later(group) for group in LATER)]
    content = dict(made).get(path)
    return (content, TYPES[kind]) if content is not None else None
