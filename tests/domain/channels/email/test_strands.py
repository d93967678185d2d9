"""Which mails hang together, before any is understood."""

from __future__ import annotations

import time

from careline.domain.channels.email.strands import lanes_of


def mail(sender: str, key: str, *answers: str, envelope: str = "") -> tuple[bytes, str]:
    head = [f"From: {sender}", f"Message-ID: <{key}@mail.example>"]
    if answers:
        head.append("References: " + "\r\n ".join(f"<{answer}@mail.example>" for answer in answers))
    return ("\r\n".join(head) + "\r\n\r\nFrom: dave@example.com\r\n").encode(), envelope


def test_one_persons_mails_are_in_one_lane_and_in_order() -> None:
    post = [mail("Carol <carol@example.com>", "1"), mail("ben@example.org", "2"), mail("CAROL@example.com", "3")]
    assert lanes_of(post, count=2) == [[0, 2], [1]]


def test_an_answer_is_in_the_lane_of_what_it_answers_even_when_that_comes_later() -> None:
    post = [mail("a@example.com", "4", "1", "3"), mail("b@example.com", "2"), mail("c@example.com", "3")]
    assert lanes_of(post, count=2) == [[0, 2], [1]]


def test_two_strands_that_a_later_mail_ties_together_are_one() -> None:
    post = [mail("a@example.com", "1"), mail("b@example.com", "2"), mail("c@example.com", "3", "1", "2")]
    assert lanes_of(post, count=2) == [[0, 1, 2], []]


def test_the_lanes_hold_about_as_many() -> None:
    post = [mail(f"{name}@example.com", str(n)) for n, name in enumerate("aaabcdef")]
    assert lanes_of(post, count=2) == [[0, 1, 2, 6], [3, 4, 5, 7]]


def test_the_envelope_tells_whom_a_mail_is_from_that_does_not_say_so() -> None:
    broken, form = b"no head at all", b'{"text": "From: nobody"}'
    post = [(broken, "carol@example.com"), (form, "ben@example.org"), (form, "Carol@example.com"), (b"", ""), (b"", "")]
    assert lanes_of(post, count=2) == [[0, 2, 4], [1, 3]]


def test_one_robots_envelope_ties_nobody_together() -> None:
    post = [mail(f"{name}@example.com", name, envelope="bounces@lists.example") for name in "ab"]
    assert lanes_of(post, count=2) == [[0], [1]]


def test_a_hostile_head_takes_no_time() -> None:
    heads = [
        b"From: " + b"a" * 5_000_000,
        b"References: " + b"<a@b> " * 1_000_000,
        b"From:\n " * 1_000_000,
        b":" * 5_000_000,
    ]
    began = time.thread_time()
    lanes_of([(head, "") for head in heads], count=2)
    assert time.thread_time() - began < 0.5
