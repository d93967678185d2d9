"""Mails of other parsers' suites, where they lie beside the checkout: how many are understood as a person would.

The expected value is the number of lines that are the writer's own (closing included, signature not), counted by hand
from what each suite's tests state; the mails themselves stay outside.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from careline.domain.channels.email.visible import split_text

# Lines that are not blank and are the writer's own words now.
OWN_LINES = {
    "begins_with_signature": 5,
    "caution2": 3,
    "correct_sig": 1,
    "email_1_1": 5,
    "email_1_2": 18,
    "email_1_3": 3,
    "email_1_4": 1,
    "email_1_5": 12,
    "email_1_6": 1,
    "email_1_7": 1,
    "email_1_8": 2,
    "email_2_1": 1,
    "email_2_2": 1,
    "email_2_3": 1,
    "email_3_1": 2,
    "email_BlackBerry": 1,
    "email_bullets": 5,
    "email_danish_1": 4,
    "email_danish_2": 4,
    "email_danish_3": 2,
    "email_danish_4": 2,
    "email_danish_5": 4,
    "email_gmail": 1,
    "email_headers_no_delimiter": 1,
    "email_iPhone": 1,
    "email_ja_1_1": 1,
    "email_ja_1_2": 4,
    "email_multi_word_sent_from_my_mobile_device": 1,
    "email_nl_1_1": 4,
    "email_nl_1_2": 1,
    "email_one_is_not_on": 3,
    "email_partial_quote_header": 4,
    "email_sent_from_BlackBerry": 1,
    "email_sent_from_iPhone": 1,
    "email_sent_from_multi_word_mobile_device": 1,
    "email_sent_from_my_not_signature": 2,
    "email_sent_from_not_signature": 2,
    "email_sig_delimiter_in_middle_of_line": 4,
    "email_sv_anon_1": 6,
    "email_swedish_1": 5,
    "email_swedish_2": 5,
    "forward": 6,
    "greedy_on": 4,
    "multi_header": 1,
    "multiline_on_de": 1,
    "outlook": 5,
    "pathological": 2,
}
SUITES = ("github_email_reply_parser", "zapier_email_reply_parser", "alfonsrv_mail_parser_reply")
LEAST_SCORE = 0.95


def test_understands_the_mails_of_other_suites_as_a_person_would(capsys):
    folder = _folder_of_mails()
    if not folder:
        pytest.skip("the folder of known mails is not beside this checkout")
    right, wrong = 0, []
    for suite in SUITES:
        for path in sorted((folder / suite / "test" / "emails").glob("*.txt")):
            if path.stem not in OWN_LINES:
                continue
            visible = split_text(path.read_text("utf-8", "replace")).visible
            own = sum(1 for line in visible.split("\n") if line.strip())
            if own == OWN_LINES[path.stem]:
                right += 1
            else:
                wrong.append(f"{suite}/{path.stem}: {own} lines, not {OWN_LINES[path.stem]}")
    with capsys.disabled():
        print(f"\nknown mails understood: {right} of {right + len(wrong)}", *wrong, sep="\n  ")

    assert right / (right + len(wrong)) >= LEAST_SCORE, wrong


def test_loses_no_word_of_any_mail_that_lies_beside():
    folder = _folder_of_mails()
    if not folder:
        pytest.skip("the folder of known mails is not beside this checkout")
    for path in sorted(folder.rglob("*"))[:3000]:
        if path.is_file() and path.stat().st_size < 300_000:
            text = path.read_text("utf-8", "replace")
            split = split_text(text)
            assert len(_solid(split.visible + split.quoted + split.signature)) == len(_solid(text)), path.name
            assert bool(split.visible) == bool(text.strip()), path.name


def _folder_of_mails() -> Path | None:
    for parent in Path(__file__).resolve().parents:
        folder = parent.parent / "shared" / "data" / "mail"
        if folder.is_dir():
            return folder
    return None


def _solid(text: str) -> str:
    return "".join(text.replace("\ue000", "").split())
