"""The page that says what proves it names tests that are there."""

import re

from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "why" / "what-proves-it.md"
TESTS = ROOT / "tests"
NAMED = re.compile(r"`((?:tests/)?[\w/]*(?:\.py|/))?(?:::)?(test_\w+)?`")
STORY = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


def test_every_file_and_every_test_that_the_page_names_is_there() -> None:
    files = {str(path.relative_to(ROOT)): STORY.findall(path.read_text("utf-8")) for path in TESTS.rglob("test_*.py")}
    everywhere = {story for stories in files.values() for story in stories}
    missing = []
    for place, story in NAMED.findall(PAGE.read_text("utf-8")):
        stories = [
            told
            for path, told in files.items()
            if place and (f"/{path}".endswith(f"/{place}") or path.startswith(place))
        ]
        is_there = any(stories) if place else True
        if not is_there or (
            story and story not in ({told for one in stories for told in one} if place else everywhere)
        ):
            missing.append(f"{place}::{story}")
    assert missing == []


def test_the_page_names_many() -> None:
    assert len([place for place, _ in NAMED.findall(PAGE.read_text("utf-8")) if place]) > 100
