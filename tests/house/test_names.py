"""Words that say nothing are not used as names; each room of the domain says what it is."""

import ast
import re

from tests.house.tree import CODE, ROOT, functions, parsed, place, python_files

EMPTY_WORDS = {
    "util", "utils", "helper", "helpers", "common", "misc", "base", "manager", "managers", "handler", "handlers",
    "processor", "processors", "service", "services",
}  # fmt: skip
OF_THE_TRADE = "service_request"
"""What customers ask for beside goods (a credit limit, a loan) is called so; on our pages a request alone is a case."""
EMPTY_VERBS = re.compile(r"^_*(process_|handle_|perform)")
# aiosmtpd calls handle_RCPT and its kin, html.parser calls these; the names are theirs.
NAMED_BY_OTHERS = re.compile(r"^handle_([A-Z]+|exception|starttag|endtag|startendtag|data|comment|decl|pi)$")
# Django loads the module `base` of the package that the settings name as the engine.
FILES_NAMED_BY_OTHERS = {"careline/kit/database/base.py"}
EMPTY_CLASSES = re.compile(r"(Service|Manager|Handler|Processor|Helper|Utils?)$")


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    named = {
        place(path): words
        for path in python_files()
        if place(path) not in FILES_NAMED_BY_OTHERS
        and (
            words := EMPTY_WORDS
            & {part for name in path.relative_to(ROOT).parts for part in _words(name.replace(OF_THE_TRADE, "request"))}
        )
    }
    assert named == {}


def test_functions_say_what_they_do() -> None:
    vague = [
        f"{place(path, function.lineno)} {function.name}"
        for path in python_files()
        for function in functions(path)
        if EMPTY_VERBS.match(function.name) and not NAMED_BY_OTHERS.match(function.name)
    ]
    assert vague == []


def test_classes_are_nouns_of_the_trade() -> None:
    vague = [
        f"{place(path, node.lineno)} {node.name}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and EMPTY_CLASSES.search(node.name)
    ]
    assert vague == []


def test_each_room_of_the_domain_says_what_it_owns() -> None:
    rooms = sorted(path for path in (CODE / "domain").iterdir() if any(path.glob("*.py")))
    assert rooms
    silent = [room.name for room in rooms if not ast.get_docstring(ast.parse((room / "__init__.py").read_text()))]
    assert silent == []


def _words(name: str) -> set[str]:
    return set(name.removesuffix(".py").lower().split("_"))
