"""Each wish that is said to be fulfilled names a test that is there."""

import ast
import re

from tests.house.tree import ROOT, parsed

PAGE = ROOT / "docs" / "why" / "wishes.md"
WORKED_THROUGH = {*range(1, 7), *range(8, 22), *range(26, 33), 37, 43, 45, 47, 48, 49, 52, 57, 58, 59, 61}
_ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]+) \|$", re.MULTILINE)
_PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_wish_that_was_worked_through_has_its_row() -> None:
    assert set(proofs()) == WORKED_THROUGH


def test_every_wish_names_tests_that_are_there() -> None:
    missing = {
        row: [f"{path}::{name}" for path, name in named if name not in stories_in(path)]
        for row, named in proofs().items()
    }
    assert {row: names for row, names in missing.items() if names} == {}
    assert [row for row, named in proofs().items() if not named] == []


def proofs() -> dict[int, list[tuple[str, str]]]:
    return {int(row): _PROOF.findall(cell) for row, cell in _ROW.findall(PAGE.read_text("utf-8"))}


def stories_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.exists():
        return set()
    return {node.name for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef)}
