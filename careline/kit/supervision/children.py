"""Start child processes that cannot outlive us.

On Linux a child asks the kernel for a signal at its parent's death. Two traps: a change of user clears that request,
so it is made after the change; and the parent is the *thread* that forked, so threads that may end first must not fork.
"""

import ctypes
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1

Stream = int | IO[bytes] | None


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    uid: int | None = None,
    stdin: Stream = subprocess.DEVNULL,
    stdout: Stream = None,
    stderr: Stream = None,
    pass_fds: Sequence[int] = (),
    death_signal: signal.Signals = signal.SIGKILL,
) -> "subprocess.Popen[bytes]":
    """Start a command in its own process group, as `uid` (and the group of that number) where given.

    The child gets `death_signal` when this process dies, however that happens (Linux only).
    """
    request = _request_of_death_signal(death_signal)

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  the command is ours
            [str(word) for word in command],
            env=None if env is None else dict(env),
            cwd=folder,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            pass_fds=tuple(pass_fds),
            process_group=0,
            user=uid,
            group=uid,
            extra_groups=None if uid is None else [],
            preexec_fn=request,  # noqa: PLW1509  it calls into no Python that could wait for a lock
        )

    if threading.current_thread() is threading.main_thread():
        return start()
    return _forking_thread().call(start)


def watch_parent(*, then: Callable[[], None], every: float = 1.0) -> None:
    """Calls `then` once the parent is gone: for systems whose kernel sends no signal at a parent's death."""
    if sys.platform == "linux":
        return
    parent, wait = os.getppid(), threading.Event()

    def watch() -> None:
        while os.getppid() == parent:
            wait.wait(every)
        then()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _request_of_death_signal(death_signal: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    # Looked up before the fork: nothing between fork and exec may import or take a lock.
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()
    getppid, leave, number = os.getppid, os._exit, int(death_signal)

    def request() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if getppid() != parent:
            leave(1)

    return request


class _ForkingThread:
    """A thread that lives as long as the process and forks for all others."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[tuple[Callable[[], subprocess.Popen[bytes]], Future[subprocess.Popen[bytes]]]]
        self._calls = queue.SimpleQueue()
        threading.Thread(target=self._run, name="forks-for-all", daemon=True).start()

    def call(self, start: "Callable[[], subprocess.Popen[bytes]]") -> "subprocess.Popen[bytes]":
        answer: Future[subprocess.Popen[bytes]] = Future()
        self._calls.put((start, answer))
        return answer.result()

    def _run(self) -> None:
        while True:
            start, answer = self._calls.get()
            try:
                answer.set_result(start())
            except BaseException as error:
                answer.set_exception(error)


_forker: _ForkingThread | None = None
_forker_lock = threading.Lock()


def _forking_thread() -> _ForkingThread:
    global _forker
    with _forker_lock:
        _forker = _forker or _ForkingThread()
        return _forker
