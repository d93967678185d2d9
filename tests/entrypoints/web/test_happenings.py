"""Between the messages of a case stand sentences, never the names that programs give to what happened."""

import re
from pathlib import Path

from careline.entrypoints.web.case.happenings import _SENTENCES, UNTOLD

OF_A_CASE = re.compile(r'Happening\(\s*"([a-z_]+\.[a-z_]+)",\s*"conversation",')


def test_what_happens_to_a_case_has_a_sentence_or_is_left_out_on_purpose() -> None:
    root = Path(__file__).parents[3] / "careline"
    happened = {name for file in root.rglob("*.py") for name in OF_A_CASE.findall(file.read_text())}
    assert len(happened) > 20
    assert happened - UNTOLD - set(_SENTENCES) == set()
