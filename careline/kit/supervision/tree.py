"""A small tree of parts that is kept alive: what dies is started again, and all of it ends together."""

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from careline.kit.supervision.children import spawn

# Who lived this long died of something new: no reason to make anybody wait.
STEADY_AFTER = 5.0
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 4.0
_ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopping(BaseException):
    """Raised in the main thread by the first signal that asks us to end; later ones are ignored."""


class CannotStart(Exception):
    """A part died again and again before it was ever steady; the message says which."""


class Part(Protocol):
    name: str

    @property
    def pid(self) -> int | None: ...
    def start(self) -> None: ...
    def poll(self) -> int | None:
        """The exit code, None while it runs."""

    def stop(self) -> None:
        """Ends it within a bounded time."""


class Command:
    """A part that is one command. SIGTERM ends it, SIGKILL where it takes longer than `patience` seconds."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        stdout: int | None = None,
        pass_fds: Sequence[int] = (),
        patience: float = 10.0,
    ) -> None:
        self.name = name
        self._command, self._env, self._stdout, self._pass_fds = command, env, stdout, pass_fds
        self._patience = patience
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def start(self) -> None:
        self._child = spawn(self._command, env=self._env, stdout=self._stdout, pass_fds=self._pass_fds)

    def poll(self) -> int | None:
        if self._child is None:
            return 0
        code = self._child.poll()
        if code is not None:
            self._end_group()
        return code

    def wait(self) -> int:
        assert self._child is not None, "not started"
        return self._child.wait()

    def stop(self) -> None:
        if self._child is None:
            return
        if self._child.poll() is None:
            self._child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(self._patience)
        self._end_group()
        self._child.wait()

    def _end_group(self) -> None:
        """Its own children too: each part leads a group of its own."""
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)


@dataclass
class _Watched:
    part: Part
    started: float = 0.0
    deaths: int = 0
    again_at: float | None = None


class Tree:
    """Only for the main thread. `say` gets one line per event."""

    def __init__(self, *, say: Callable[[str], None], tries: int = 3) -> None:
        self._say = say
        self._tries = tries
        self._watched: list[_Watched] = []
        self._wake_reader, self._wake_writer = os.pipe()
        for end in (self._wake_reader, self._wake_writer):
            os.set_blocking(end, False)
        self._is_steady = False
        self._asked_to_end = ""

    def start(self, part: Part) -> None:
        self._end_if_asked()
        watched = _Watched(part)
        self._watched.append(watched)
        self._start(watched)

    def adopt(self, part: Part) -> None:
        """Watch a part that runs already."""
        self._watched.append(_Watched(part, started=time.monotonic()))
        self._say(f"{part.name} runs (process {part.pid})")

    def set_steady(self) -> None:
        """From now on no number of deaths makes us give up. May be called from any thread."""
        self._is_steady = True

    def run(self) -> None:
        """Keeps all parts alive until Stopping is raised. Raises CannotStart before the tree is steady."""
        while True:
            self._end_if_asked()
            for watched in self._watched:
                self._look_after(watched)
            self._sleep(self._pause())

    def _end_if_asked(self) -> None:
        if self._asked_to_end:
            raise Stopping(self._asked_to_end)

    def stop(self) -> None:
        for watched in reversed(self._watched):
            was_running, began = watched.part.poll() is None, time.monotonic()
            try:
                watched.part.stop()
            except Exception as error:  # the others must end all the same
                self._say(f"{watched.part.name} cannot be stopped: {error}")
                continue
            if was_running:
                self._say(f"{watched.part.name} stopped ({time.monotonic() - began:.1f} s)")
        self._watched.clear()

    def _start(self, watched: _Watched) -> None:
        watched.again_at = None
        watched.started = time.monotonic()
        watched.part.start()
        self._say(f"{watched.part.name} started (process {watched.part.pid})")

    def _look_after(self, watched: _Watched) -> None:
        now = time.monotonic()
        if watched.again_at is not None:
            if now >= watched.again_at:
                self._start_again(watched)
            return
        code = watched.part.poll()
        if code is not None:
            self._note_death(watched, code=code, now=now)

    def _note_death(self, watched: _Watched, *, code: int, now: float) -> None:
        watched.deaths = 1 if now - watched.started > STEADY_AFTER else watched.deaths + 1
        name = watched.part.name
        if not self._is_steady and watched.deaths >= self._tries:
            raise CannotStart(f"{name} does not start ({_ended(code)}); its own lines above say why.")
        pause = 0.0 if watched.deaths == 1 else _pause_after(watched.deaths - 1)
        watched.again_at = now + pause
        self._say(f"{name} died ({_ended(code)}); starting it again {f'in {pause:g} s' if pause else 'at once'}")
        if not pause:
            self._start_again(watched)

    def _start_again(self, watched: _Watched) -> None:
        try:
            self._start(watched)
        except Exception as error:
            watched.deaths += 1
            watched.again_at = time.monotonic() + _pause_after(watched.deaths)
            self._say(f"{watched.part.name} cannot be started: {error}")

    def _pause(self) -> float:
        due = [watched.again_at for watched in self._watched if watched.again_at is not None]
        return max(0.0, min([1.0, *(moment - time.monotonic() for moment in due)]))

    def _sleep(self, seconds: float) -> None:
        """Until a child's death or a signal, at most `seconds`."""
        select.select([self._wake_reader], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_reader, 4096)

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Inside, the first signal that asks us to end raises Stopping, and a child's death wakes `run`.

        All parts are stopped at the end, whatever ends it.
        """
        before = {number: signal.getsignal(number) for number in (*_ENDING, signal.SIGCHLD)}
        asked = False

        def ask(number: int, frame: object) -> None:
            nonlocal asked
            if not asked:
                asked = True
                # Python drops what is raised while it clears something away: then `start` and `run` see it here.
                self._asked_to_end = signal.Signals(number).name
                self._wake()
                raise Stopping(self._asked_to_end)

        for number in _ENDING:
            signal.signal(number, ask)
        signal.signal(signal.SIGCHLD, lambda number, frame: self._wake())
        try:
            yield
        finally:
            asked = True
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._wake_writer, b"!")


def _pause_after(deaths: int) -> float:
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(deaths - 1, 16))


def _ended(code: int) -> str:
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
