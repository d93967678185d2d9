"""Live chat on real sockets: open chats on one web process, a visitor's word to an agent's screen, the answer back."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from bench.figures import Figure, Part, percentile
from bench.live import cpu_seconds, web
from bench.pages import session_of
from bench.weight import allow_many_files, pss_kb

CHATS = int(os.environ.get("CHATS") or 2000)
# Each word is answered, so that half as many words are as many messages.
MESSAGES, SECONDS, WRITERS = 50, 10, 8
_SETTLE = 3.0
TARGET_MS = 250


def measure(part: Part) -> None:
    allow_many_files()
    token, agents, visitors = _prepared()
    cookie = session_of(agents[0][0])
    with web() as (process, port):
        worker = subprocess.Popen(
            [sys.executable, "-m", "careline.entrypoints.console.main", "_worker"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"CARELINE_DEMO": "1"},
        )  # fmt: skip
        try:
            bare = pss_kb(process.pid)
            keys = [words for _, words in agents]
            told = asyncio.run(_run(port, cookie, keys, visitors, process.pid, a_second=MESSAGES // 2))
            crowd = asyncio.run(_run(port, cookie, keys, visitors, process.pid, a_second=MESSAGES))
        finally:
            worker.terminate()
            worker.wait(30)
    part.add(
        Figure(f"{CHATS:,} open chats: memory each", (told.weight - bare) / CHATS, "KB", 40, True, "PSS, one process")
    )
    names = ("Visitor's word → agent's stream, p99", "Answer → visitor's stream, p99", "There and back, p99")
    for name, found in zip(names, told.delays(), strict=True):
        words = f"median {percentile(found, 0.5):.0f} ms, {len(found):,} of {MESSAGES // 2 * SECONDS:,}; {told.cost()}"
        part.add(Figure(name, percentile(found, 0.99), "ms", TARGET_MS, True, words))
    for name, found in zip(names, crowd.delays(), strict=True):
        words = f"median {percentile(found, 0.5):.0f} ms, {len(found):,} of {MESSAGES * SECONDS:,}; {crowd.cost()}"
        part.add(Figure(f"Twice as many: {name}", percentile(found, 0.99), "ms", remark=words))
    part.notes.append(
        f"{MESSAGES} messages a second for {SECONDS} s: {MESSAGES // 2} words, each answered at once over the API; then twice as "
        "many. The worker and the 2,000 browsers run on the same two cores."
    )
    assert token


class Told:
    """When each word was sent, stood on the agent's stream, was answered, and stood on the visitor's stream."""

    def __init__(self) -> None:
        self.sent: dict[int, float] = {}
        self.seen: dict[int, float] = {}
        self.answered: dict[int, float] = {}
        self.heard: dict[int, float] = {}
        self.answers: dict[str, int] = {}
        """Number of the case, by the answer's id: a visitor's stream tells of their own words too."""
        self.shown: dict[str, float] = {}
        """When a visitor's stream told of a message, by its id."""
        self.weight = 0.0
        self.spent = 0.0
        """Seconds of CPU of the web process while the words came."""
        self.load = 0.0

    def cost(self) -> str:
        """What is trustworthy on a machine that others load too."""
        said = len(self.sent) + len(self.answers)
        return f"{self.spent * 1000 / max(1, said):.1f} ms of the web process's CPU a message, load {self.load:.0f} on {os.cpu_count()} cores"

    def delays(self) -> tuple[list[float], list[float], list[float]]:
        """In milliseconds, by number of the case."""
        self.hear()
        there = [(self.seen[n] - at) * 1000 for n, at in self.sent.items() if n in self.seen]
        back = [(self.heard[n] - at) * 1000 for n, at in self.answered.items() if n in self.heard]
        both = {n for n in self.seen if n in self.heard and n in self.answered}
        whole = [(self.seen[n] - self.sent[n] + self.heard[n] - self.answered[n]) * 1000 for n in both]
        return there, back, whole

    def hear(self) -> None:
        self.heard = {number: self.shown[key] for key, number in self.answers.items() if key in self.shown}


async def _run(
    port: int, cookie: str, tokens: list[str], visitors: list[tuple[str, int]], web_process: int, *, a_second: int
) -> Told:
    told = Told()
    answer: asyncio.Queue[int] = asyncio.Queue()
    agent = asyncio.create_task(_agent(port, cookie, told, answer))
    gate = asyncio.Semaphore(50)
    streams = [asyncio.create_task(_stream(port, token, number, told, gate)) for token, number in visitors]
    await asyncio.sleep(max(10.0, len(visitors) / 100))
    told.weight = pss_kb(web_process)
    words: asyncio.Queue[tuple[str, int]] = asyncio.Queue()
    writers = [asyncio.create_task(_writer(port, words, told)) for _ in range(WRITERS)]
    answerers = [asyncio.create_task(_answerer(port, token, answer, told)) for token in tokens]
    for token, number in visitors[:WRITERS]:  # the first calls of a process import what they need
        words.put_nowait((token, number))
    until = time.monotonic() + 60
    while len(told.heard) < min(WRITERS, len(visitors)) and time.monotonic() < until:
        await asyncio.sleep(0.1)
        told.hear()
    for times in (told.sent, told.seen, told.answered, told.heard, told.answers, told.shown):
        times.clear()
    begun, began = cpu_seconds(web_process), time.monotonic()
    for n, (token, number) in enumerate(random.sample(visitors, min(len(visitors), a_second * SECONDS))):
        await asyncio.sleep(max(0.0, began + n / a_second - time.monotonic()))
        words.put_nowait((token, number))
    await asyncio.sleep(_SETTLE)
    told.spent, told.load = cpu_seconds(web_process) - begun, os.getloadavg()[0]
    for task in (agent, *streams, *writers, *answerers):
        if task.done() and (error := task.exception()) is not None:
            raise error
        task.cancel()
    await asyncio.gather(agent, *streams, *writers, *answerers, return_exceptions=True)
    return told


async def _agent(port: int, cookie: str, told: Told, answer: asyncio.Queue[int]) -> None:
    async for event in _events(port, "/live", f"Cookie: careline={cookie}"):
        said = json.loads(event.get("data", "{}"))
        number = said.get("number")
        if said.get("name") == "message.received" and number in told.sent and number not in told.seen:
            told.seen[number] = time.monotonic()
            answer.put_nowait(number)


async def _stream(port: int, token: str, number: int, told: Told, gate: asyncio.Semaphore) -> None:
    async with gate:
        await asyncio.sleep(0.05)
    async for event in _events(port, "/chat/v1/live", f"Authorization: Bearer {token}"):
        if event.get("event") == "message":
            told.shown.setdefault(json.loads(event["data"])["id"], time.monotonic())


async def _events(port: int, path: str, header: str) -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{header}\r\n\r\n".encode())
    status = (await reader.readline()).split()[1]
    assert status == b"200", f"{path} answers {status.decode()}"
    event: dict[str, str] = {}
    with suppress(ConnectionError):
        while line := await reader.readline():
            words = line.decode().rstrip("\r\n")
            if not words:
                if event:
                    yield event
                event = {}
            elif words.startswith(("event: ", "data: ")):
                name, _, value = words.partition(": ")
                event[name] = value
    writer.close()


async def _writer(port: int, words: asyncio.Queue[tuple[str, int]], told: Told) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        token, number = await words.get()
        told.sent[number] = time.monotonic()
        body = {"client_id": f"b-{time.time_ns()}", "text": "And one thing more: does the bell fit as well?"}
        status, _said = await _post(reader, writer, port, "/chat/v1/thread/messages", token, body)
        assert status == 201, status


async def _answerer(port: int, token: str, answer: asyncio.Queue[int], told: Told) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        number = await answer.get()
        told.answered[number] = time.monotonic()
        body = {"kind": "reply", "text": "It does, I shall put one into your box."}
        status, said = await _post(reader, writer, port, f"/api/v1/conversations/{number}/messages", token, body)
        assert status in (200, 201), status
        told.answers[json.loads(said)["id"]] = number


async def _post(reader: Any, writer: Any, port: int, path: str, token: str, body: dict[str, Any]) -> tuple[int, bytes]:
    data = json.dumps(body).encode()
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nAccept-Language: en\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode()
        + data
    )
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line[16:]) for line in head.decode().lower().split("\r\n") if line.startswith("content-length: ")), None
    )
    said = b""
    if length is not None:
        said = await reader.readexactly(length)
    else:
        while size := int((await reader.readline()).strip() or b"0", 16):
            said += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    return int(head.split(b" ", 2)[1]), said


def _prepared() -> tuple[str, list[tuple[int, str]], list[tuple[str, int]]]:
    """A site with its team, agents (id, token), and visitors who talk already (token, number of the case)."""
    from careline.domain.channels.queries import channels
    from careline.domain.chats import commands as chats
    from careline.domain.chats.queries import thread_of, visitor_by_id
    from careline.domain.company.queries import languages
    from careline.domain.conversations.queries.cases import conversation_by_id
    from careline.domain.history.actor import SYSTEM
    from careline.domain.staff import commands as staff
    from careline.domain.staff.queries import person
    from careline.flows.keep_chat_site import add_chat_site
    from careline.flows.take_in import House
    from careline.flows.write_in_chat import Said, begin_chat

    at = datetime.now(UTC)
    made = [
        staff.add_agent(
            f"chat{n}@northwind.example", name=f"Chat {n}", role="administrator", team_ids=(), by=SYSTEM, at=at
        )
        for n in range(6)
    ]
    ada = person(made[0].pk)
    assert ada is not None
    site = add_chat_site(ada, name="Shop", team=None, settings={}, by=SYSTEM, at=at)
    house = House(channels(), languages())
    visitors = []
    for n in range(CHATS):
        row, token = chats.add_visitor(site.id, language="en", at=at)
        begin_chat(
            site, visitor_by_id(row.pk), Said(f"c-{n}", "Does the trailer fit my bike?"), fields={}, language="en", is_open=True,
            house=house, at=at,
        )  # fmt: skip
        thread = thread_of(row.pk)
        case = conversation_by_id(thread.conversation_id) if thread is not None else None
        assert case is not None
        visitors.append((token, case.number))
    return site.token, [(one.pk, staff.issue_token(one, by=SYSTEM, at=at)) for one in made], visitors
