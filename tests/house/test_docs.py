"""The reference pages name all that can be typed or set."""

import ast
import re

from careline.entrypoints.console.main import COMMANDS
from tests.house.tree import CODE, ROOT, files, parsed, place, python_files

REFERENCE = ROOT / "docs" / "reference"
SETTING = re.compile(r"CARELINE_[A-Z][A-Z_]*[A-Z]")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


def test_every_setting_is_in_the_reference() -> None:
    known = set(SETTING.findall((REFERENCE / "environment.md").read_text("utf-8")))
    assert settings_read() - known == set()


def test_every_command_is_in_the_reference() -> None:
    page = (REFERENCE / "commands.md").read_text("utf-8")
    missing = {name for name in commands() if not re.search(rf"careline (\w+ )?{name}\b", page)}
    assert missing == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [path for path in files() if path.suffix == ".md"]
    broken = [
        f"{place(page)} → {target}"
        for page in pages
        for target in LINK.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_found_from_the_list_of_pages() -> None:
    docs = ROOT / "docs"
    linked = {(docs / target).resolve() for target in LINK.findall((docs / "README.md").read_text("utf-8"))}
    decisions = {path for path in files() if path.parent == docs / "decisions"}  # these have a list of their own
    pages = {path for path in files() if path.suffix == ".md" and path.is_relative_to(docs)}
    assert sorted(place(page) for page in pages - linked - decisions - {docs / "README.md"}) == []


def settings_read() -> set[str]:
    """Names of all environment variables of ours that the code mentions."""
    return {
        name
        for path in python_files(CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SETTING.fullmatch(node.value)
        for name in [node.value]
    }


def commands() -> set[str]:
    """What `careline` knows, parts of commands (`mail parse`) included; what begins with _ is not for people."""
    parts = {
        node.args[0].value
        for path in python_files(CODE / "entrypoints" / "console")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "add_parser"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    return {name for name in {*COMMANDS, *parts} if not str(name).startswith("_")}
