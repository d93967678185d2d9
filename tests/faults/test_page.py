"""The page that says what happens names a test for each line."""

import re

from tests.faults.install import ROOT

PAGE = ROOT / "docs" / "why" / "what-happens-when.md"


def test_every_test_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text("utf-8")))
    written = {
        name for file in (ROOT / "tests" / "faults").glob("test_*.py") for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)
    }  # fmt: skip
    assert named - written == set()
    assert len(named) > 15
