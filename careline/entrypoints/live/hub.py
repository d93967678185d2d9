"""Who listens to what, and handing events out: plain memory of one process."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Iterable
from typing import Any

GATHERED_EACH, GATHERED_AT_MOST = 0.0003, 0.06
"""Seconds that events are gathered for each listener who is to hear of them: one hears at once, and hundreds are told fewer and
larger pieces, which leaves the process time for what they fetch."""
MOST_WAITING = 500
TOLD_AT_ONCE, BETWEEN = 50, 0.02
RESYNC = b"event: resync\ndata: {}\n\n"


class Listener:
    """One open stream. `topics` are granted at connect; a change of rights closes the stream and the browser comes again.

    `write` is there while the stream's own task sleeps: whoever hands out may write then, without waking it.
    """

    __slots__ = ("agent", "closed", "topics", "waiting", "wake", "write")

    def __init__(self, agent: int, topics: frozenset[str]) -> None:
        self.agent = agent
        self.topics = topics
        self.waiting: list[bytes] = []
        self.wake = asyncio.Event()
        self.closed = False
        self.write: Callable[[bytes], Coroutine[Any, Any, None]] | None = None

    def give(self, event: bytes) -> None:
        if len(self.waiting) >= MOST_WAITING:  # a browser that reads too slowly fetches all anew
            self.waiting[:] = [RESYNC]
        else:
            self.waiting.append(event)

    def close(self) -> None:
        self.closed = True
        self.wake.set()

    def hand_out(self) -> None:
        """At once where the browser takes it at once, which is three times as cheap; else by the stream's task, which can wait."""
        if self.write is None or self.closed or self.wake.is_set() or not self.waiting:
            self.wake.set()
            return
        writing = self.write(b"".join(self.waiting))
        try:
            writing.send(None)
        except StopIteration:
            self.waiting.clear()
        except Exception:  # the connection's own: its task meets it too, and ends
            self.wake.set()
        else:
            writing.close()  # a server waits before it writes, never after
            self.wake.set()

    def take(self) -> bytes:
        """All that waits, as one write."""
        data = b"".join(self.waiting)
        self.waiting.clear()
        self.wake.clear()
        return data


class Hub:
    def __init__(self) -> None:
        self._by_topic: defaultdict[str, set[Listener]] = defaultdict(set)
        self._listeners: set[Listener] = set()
        self._due: set[Listener] = set()
        self._flushing: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._listeners)

    def join(self, listener: Listener) -> None:
        self._listeners.add(listener)
        for topic in listener.topics:
            self._by_topic[topic].add(listener)

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        self._due.discard(listener)
        for topic in listener.topics:
            self._by_topic[topic].discard(listener)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    def tell(
        self, topics: Iterable[str], event: bytes, *, only: Collection[int] | None = None, but: int | None = None
    ) -> None:
        """Hands an event to everybody who holds one of the topics, once; `only` these agents, `but` not this one."""
        for listener in {found for topic in topics for found in self._by_topic.get(topic, ())}:
            if (only is None or listener.agent in only) and listener.agent != but:
                listener.give(event)
                self._due.add(listener)
        if self._due and self._flushing is None:
            pause = min(GATHERED_AT_MOST, GATHERED_EACH * len(self._due))
            self._flushing = asyncio.get_running_loop().call_later(pause, self._flush)

    async def tell_all(self, event: bytes) -> None:
        """A few at a time: two thousand writes in one go would hold up what is news."""
        for n, listener in enumerate(list(self._listeners), 1):
            listener.give(event)
            listener.hand_out()
            if not n % TOLD_AT_ONCE:
                await asyncio.sleep(BETWEEN)

    def hears(self, agent: int) -> bool:
        """Whether a stream of this agent is open here."""
        return any(listener.agent == agent for listener in self._listeners)

    def close_agents(self, agents: Iterable[int]) -> None:
        """Their rights changed: the streams end, and the browsers come again with what they may hear now."""
        wanted = set(agents)
        for listener in self._listeners:
            if listener.agent in wanted:
                listener.close()

    def close_topic(self, topic: str) -> None:
        for listener in list(self._by_topic.get(topic, ())):
            listener.close()

    def close_all(self) -> None:
        for listener in self._listeners:
            listener.close()

    def _flush(self) -> None:
        self._flushing = None
        for listener in self._due:
            listener.hand_out()
        self._due.clear()
