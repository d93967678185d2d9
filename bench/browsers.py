"""Browsers for bench/live.py: they hold the stream open, note when each happening arrives, and may fetch rows after it."""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time

from bench.weight import allow_many_files

_NAME = re.compile(rb'"name":"(bench\.[0-9-]+)","number":(\d+)')
NOTED_BY = 8
"""One browser in so many notes times; the others take the bytes and drop them, so that the client does not set the pace."""
PAUSE, SPREAD, JITTER = 0.5, 0.25, 0.15


class Stream(asyncio.Protocol):
    def __init__(self, cookie: str, heard: list[tuple[bytes, float]], *, notes: bool, fetcher: Fetcher | None) -> None:
        self._cookie = cookie
        self._heard = heard
        self._notes = notes
        self._fetcher = fetcher
        self.open = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        asked = f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: careline={self._cookie}\r\nAccept: text/event-stream\r\n\r\n"
        transport.write(asked.encode())

    def data_received(self, data: bytes) -> None:
        if not self.open.done():
            assert data.startswith(b"HTTP/1.1 200"), data[:200]
            self.open.set_result(None)
        if self._notes:
            now = time.monotonic()
            found = _NAME.findall(data)
            if self._fetcher:
                self._fetcher.want(found)
            else:
                self._heard += [(name, now) for name, _ in found]


class Fetcher:
    """Fetches what changed, as live.js does: the first change at once, then about every 0.7 s."""

    def __init__(self, port: int, cookie: str, heard: list[tuple[bytes, float]]) -> None:
        self._port = port
        self._cookie = cookie
        self._heard = heard
        self._wanted: dict[bytes, list[bytes]] = {}
        self._task: asyncio.Task[None] | None = None
        self._next = 0.0
        self.fetched = 0
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def want(self, found: list[tuple[bytes, bytes]]) -> None:
        for name, number in found:
            self._wanted.setdefault(number, []).append(name)
        if found and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        while self._wanted:
            await asyncio.sleep(max(0.0, self._next - time.monotonic()) + random.random() * JITTER)
            self._next = time.monotonic() + PAUSE + random.random() * SPREAD
            wanted, self._wanted = self._wanted, {}
            numbers = ",".join(number.decode() for number in list(wanted)[:100])
            status = await self._get(f"/rows?view=open&numbers={numbers}")
            assert status == 200, status
            self.fetched += 1
            now = time.monotonic()
            self._heard += [(name, now) for names in wanted.values() for name in names]

    async def _get(self, path: str) -> int:
        """The status, once all of the answer is there; by one connection that stays open, as browsers have it."""
        self._open = self._open or await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._open
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: careline={self._cookie}\r\nHX-Request: true\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = next((int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"content-length: ")), None)
        if length is not None:
            await reader.readexactly(length)
        else:
            while size := int((await reader.readline()).strip() or b"0", 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        return int(head.split(b" ", 2)[1])


async def main() -> None:
    allow_many_files()
    port, count, fetching, *cookies = sys.argv[1:]
    heard: list[tuple[bytes, float]] = []
    fetchers: list[Fetcher] = []
    loop = asyncio.get_running_loop()
    for start in range(0, int(count), 50):
        made = []
        for n in range(start, min(start + 50, int(count))):
            cookie = cookies[n % len(cookies)]
            fetcher = Fetcher(int(port), cookie, heard) if fetching == "1" else None
            fetchers += [fetcher] if fetcher else []
            notes = fetching == "1" or n % NOTED_BY == 0
            made.append(await loop.create_connection(
                lambda cookie=cookie, notes=notes, fetcher=fetcher: Stream(cookie, heard, notes=notes, fetcher=fetcher),
                "127.0.0.1", int(port)))  # fmt: skip
        await asyncio.gather(*(stream.open for _, stream in made))
    print("connected", flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        committed = {name.encode(): at for name, at in json.loads(line).items()}
        delays = [round((at - committed[name]) * 1000, 2) for name, at in heard if name in committed]
        print(json.dumps({"delays": delays, "fetched": sum(one.fetched for one in fetchers)}), flush=True)
        heard.clear()


if __name__ == "__main__":
    asyncio.run(main())
