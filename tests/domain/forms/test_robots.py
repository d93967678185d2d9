"""People from programs, without asking a third party; and files that lie."""

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.forms.rules.real_types import clean_name, real_type
from careline.domain.forms.rules.robots import (
    Signs,
    Token,
    Verdict,
    again,
    has_worked,
    is_right,
    links_in,
    new_token,
    question_of,
    token_of,
    verdict,
)
from careline.kit.keys import ring

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
A_MINUTE, WORKED = timedelta(minutes=1), Signs(has_worked=True)


def number_for(submission: str) -> str:
    return next(str(number) for number in range(200_000) if has_worked(submission, str(number)))


def test_a_token_is_ours_for_its_form_only() -> None:
    token = new_token(7, at=NOON)
    words = token.signed(ring())
    assert token_of(words, form=7, ring=ring()) == token
    assert [token_of(bad, form=form, ring=ring()) for bad, form in ((words, 8), (words[:-1] + "q", 7), ("", 7), (words.replace(".7.", ".8."), 8))] \
        == [None, None, None, None]  # fmt: skip


def test_the_submission_stays_the_same_over_all_steps() -> None:
    token = new_token(7, at=NOON)
    later = again(token, form=7, at=NOON + A_MINUTE)
    assert (later.submission, later.issued_at, later.tries) == (token.submission, NOON + A_MINUTE, 1)
    assert again(None, form=7, at=NOON).submission != token.submission


def test_work_is_done_for_one_submission_only() -> None:
    number = number_for("a" * 32)
    assert (has_worked("a" * 32, number), has_worked("b" * 32, number)) == (True, False)
    assert [has_worked("a" * 32, words) for words in ("", "-1", "1e9", "9" * 13, "١")] == [False] * 5


def test_the_question_is_answered_in_any_digits() -> None:
    first, second = question_of("a" * 32)
    total = str(first + second)
    arabic = total.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert [is_right("a" * 32, words) for words in (total, f" {arabic} ", "99", "", "²", "seven")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("token", "signs", "after", "told"),
    [
        (0, WORKED, A_MINUTE, Verdict("take")),
        (0, Signs(is_right=True), A_MINUTE, Verdict("take")),
        (0, Signs(), A_MINUTE, Verdict("ask")),
        (0, WORKED, timedelta(seconds=1), Verdict("ask")),
        (0, WORKED, timedelta(days=2), Verdict("ask")),
        (1, WORKED, timedelta(seconds=1), Verdict("take")),
        (2, Signs(), A_MINUTE, Verdict("ask")),
        (3, Signs(), A_MINUTE, Verdict("take", "unproven")),
        (0, Signs(fell_into_trap=True), timedelta(0), Verdict("take", "trap")),
        (0, Signs(has_worked=True, links=7), A_MINUTE, Verdict("take", "links")),
        (0, Signs(has_worked=True, recent=10), A_MINUTE, Verdict("ask")),
        (0, Signs(is_right=True, recent=10), A_MINUTE, Verdict("take")),
        (0, Signs(is_right=True, recent=60), A_MINUTE, Verdict("wait")),
        (None, WORKED, A_MINUTE, Verdict("ask")),
    ],
)
def test_who_is_in_doubt_gets_one_more_step_and_nobody_is_dropped(
    token: int | None, signs: Signs, after: timedelta, told: Verdict
) -> None:
    held = None if token is None else Token("a" * 32, 7, NOON, token)
    assert verdict(held, signs, at=NOON + after) == told


def test_links_are_counted() -> None:
    assert links_in("see https://a.example and www.b.example or HTTP://c.example") == 3


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n....", "image/png"), ("a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"), ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.png", b"MZ\x90\x00", ""), ("a.pdf", b"<html><script>", ""), ("a.txt", b"<script>x</script>", ""), ("a.txt", b"hello", "text/plain"),
        ("a.txt", "مرحبا".encode(), "text/plain"), ("a.txt", b"MZ\0\0", ""), ("a.svg", b"<svg onload=x>", ""), ("a.exe", b"\x89PNG\r\n\x1a\n", ""),
        ("a.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), ("a.jar", b"PK\x03\x04", ""),
        ("a.heic", b"\0\0\0\x18ftypheic", "image/heic"), ("a.mp4", b"\0\0\0\x18ftypisom", "video/mp4"), ("a", b"hello", ""), ("a.png", b"", ""),
    ],
)  # fmt: skip
def test_a_file_is_what_its_first_bytes_say_or_stays_outside(name: str, content: bytes, told: str) -> None:
    assert real_type(name, content) == told


def test_a_name_is_no_path() -> None:
    assert [clean_name(name) for name in ("../../etc/passwd", "C:\\x\\a.png", "a\u202egnp.exe\0", "")] == [
        "passwd",
        "a.png",
        "agnp.exe",
        "file",
    ]
