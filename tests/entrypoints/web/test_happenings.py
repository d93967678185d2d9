"""Between the messages of a case stand sentences, never the names that programs give to what happened."""

import re
from pathlib import Path

from careline.entrypoints.web.case.happenings import _SENTENCES, UNTOLD

NAMED_FIRST = re.compile(r'"((?:conversation|participant|customer|side_conversation)\.[a-z_]+)"')
GONE_WITH_THE_CASE = {"conversation.removed"}
OF_A_CASE = re.compile(r'Happening\(\s*"([a-z_]+\.[a-z_]+)",\s*"conversation",')


def test_what_happens_to_a_case_has_a_sentence_or_is_left_out_on_purpose() -> None:
    root = Path(__file__).parents[3] / "careline"
    happened = {name for file in root.rglob("*.py") for name in OF_A_CASE.findall(file.read_text())}
    assert len(happened) > 20
    assert happened - UNTOLD - set(_SENTENCES) == set()


def test_what_is_named_before_it_is_recorded_has_its_sentence_too() -> None:
    commands = Path(__file__).parents[3] / "careline/domain/conversations/commands"
    happened = {name for file in commands.rglob("*.py") for name in NAMED_FIRST.findall(file.read_text())}
    assert {"participant.dismissed", "customer.identified"} <= happened
    assert happened - UNTOLD - set(_SENTENCES) - GONE_WITH_THE_CASE == set()
