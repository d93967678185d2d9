"""The fake on a port of its own, for tests and for trying a real install out against it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from careline.domain.orders.gateways.fake.server import Answered, FakeStripe
from careline.kit.stand_in import standing_in


@contextmanager
def standing(*, now: int, port: int = 0) -> Iterator[FakeStripe]:
    """Answers on 127.0.0.1 until the end; `now`: seconds, as its clock stands."""
    fake = FakeStripe(url="")

    def answer(method: str, path: str, words: str, headers: dict[str, str], body: bytes) -> Answered:
        return fake.answer(method, path, headers, words if method == "GET" else body.decode(), now=now)

    with standing_in(answer, port=port) as fake.url:
        yield fake
