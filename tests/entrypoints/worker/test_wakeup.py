"""Loops of the worker hear of what is committed: at once, and gathered where much follows each other."""

from __future__ import annotations

import threading

import pytest

from careline.entrypoints.worker import wakeup


class Rests(threading.Event):
    """Notes how long a loop rests, and lets it go on at once."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        return False


@pytest.fixture(autouse=True)
def _hears_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wakeup, "_started", True)
    monkeypatch.setattr(wakeup, "_of_this_thread", threading.local())


def test_what_was_committed_while_a_loop_was_busy_is_not_slept_over() -> None:
    wakeup.sleep(0.0, stop=Rests())
    wakeup.wake_all()

    wakeup.sleep(600.0, stop=Rests())  # would be the end of this test


def test_the_first_commit_is_heard_at_once_and_what_follows_is_gathered() -> None:
    rests = Rests()
    wakeup.sleep(0.0, stop=rests)
    assert rests.seconds == []

    wakeup.wake_all()
    wakeup.sleep(600.0, stop=rests)
    wakeup.wake_all()
    wakeup.sleep(600.0, stop=rests, rest=wakeup.SHORT_REST)

    assert 0.0 < rests.seconds[0] <= wakeup.REST
    assert 0.0 < rests.seconds[1] <= wakeup.SHORT_REST


def test_what_is_due_meanwhile_is_not_rested_over() -> None:
    rests = Rests()
    wakeup.sleep(0.0, stop=rests)
    wakeup.wake_all()

    wakeup.sleep(0.02, stop=rests, rest=60.0)

    assert 0.0 < rests.seconds[0] <= 0.02


def test_nothing_is_gathered_while_the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELINE_TEST_CLOCK", "1")
    rests = Rests()
    wakeup.sleep(0.0, stop=rests)
    wakeup.wake_all()

    wakeup.sleep(600.0, stop=rests)

    assert rests.seconds == []
