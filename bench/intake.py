"""Mails in: raw and parsed to committed, beside pgbench; threads in any order; where the time goes."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from bench import yardstick
from bench.figures import Figure, Part, percentile
from bench.loading import settle
from bench.mails import Mail, Writer
from bench.place import MAILBOX
from bench.statements import Watched
from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.domain.files import commands as files
from careline.entrypoints.worker.takers import BATCH, ROUND, Takers
from careline.flows import take_in as intake
from careline.kit import db

SECONDS_OF_PGBENCH = 5
ROUNDS = 3


def measure(part: Part, *, mails: int, label: str, has_targets: bool = True) -> None:
    """Adds the figures of intake into the install at hand: medians of rounds in which pgbench and we take turns."""
    _know_senders()
    writer = Writer(int(time.time()))
    house = intake.House(channels(), languages())
    _run(_arrivals(writer.mails(BATCH * 4)), house)
    samples = _samples(writer, house)
    rounds = [_round(writer, house, samples, mails // ROUNDS) for _ in range(ROUNDS)]
    seen = {name: percentile([one[name] for one in rounds], 0.5) for name in rounds[0]}

    goal = {"a": 0.25, "b": 0.15, "rate": 250.0} if has_targets else {}
    part.add(Figure(f"pgbench, {yardstick.CLIENTS} clients ({label})", seen["pgbench"], "mails/s"))
    for name, goal_of in (("batched", True), ("unbatched", False)):
        ratio = percentile([one[f"parsed, {name}"] / one["pgbench"] for one in rounds], 0.5)
        part.add(Figure(f"(a) parsed → committed, {name} ({label})", ratio, "of pgbench", goal.get("a") if goal_of else None,
                        remark=f"{seen[f'parsed, {name}']:.0f} mails/s"))  # fmt: skip
    for name, goal_of in (("batched", True), ("unbatched", False)):
        ratio = percentile([one[f"raw, {name}"] / one["pgbench"] for one in rounds], 0.5)
        part.add(Figure(f"(b) raw → committed, {name} ({label})", ratio, "of pgbench", goal.get("b") if goal_of else None,
                        remark="aim 0.25" if goal_of else ""))  # fmt: skip
        part.add(Figure(f"(b) raw → committed, {name} ({label})", seen[f"raw, {name}"], "mails/s", goal.get("rate") if goal_of else None,
                        remark=f"{seen[f'cpu, {name}']:.2f} ms of our CPU a mail"))  # fmt: skip
    watched, arrivals = Watched(), _arrivals(writer.mails(mails // ROUNDS))
    with watched.watching():
        for start in range(0, len(arrivals), BATCH):
            _take_in(arrivals[start : start + BATCH], house)
    part.tables.append((f"Where the time goes, batches of {BATCH}, one taker ({label})", *watched.table(len(arrivals))))


def _round(writer: Writer, house: intake.House, samples: Sequence[tuple[Any, int]], mails: int) -> dict[str, float]:
    """Rates in mails a second, and ms of our CPU a mail, each measured with nothing left over from the one before."""
    seen: dict[str, float] = {}
    settle()
    seen["pgbench"] = yardstick.rate(samples, seconds=SECONDS_OF_PGBENCH, channel=house.channels[0])
    settle()
    seen["raw, batched"], seen["cpu, batched"] = _run(_arrivals(writer.mails(mails)), house)
    seen["raw, unbatched"], seen["cpu, unbatched"] = _run_singly(_arrivals(writer.mails(mails // 4)), house)
    with _parsed_before(_arrivals(writer.mails(mails)), house) as arrivals:
        seen["parsed, batched"], _ = _run(arrivals, house)
    with _parsed_before(_arrivals(writer.mails(mails // 4)), house) as arrivals:
        seen["parsed, unbatched"], _ = _run_singly(arrivals, house)
    return seen


def threads(part: Part, *, mails: int = 500) -> None:
    """Mails of a few dozen threads, delivered in any order: every thread one case, every attachment byte for byte."""
    writer = Writer(7, prefix=f"any{time.time_ns()}")
    house = intake.House(channels(), languages())
    written = writer.mails(60)
    dice = random.Random(7)
    written += [writer.mail(answers=dice.choice(written).thread) for _ in range(mails - len(written))]
    dice.shuffle(written)
    _run(_arrivals(written), house)
    wrong, broken = _wrong_threads(written), _broken_files(written)
    part.add(Figure(f"{mails} threaded mails in any order: threads not right", wrong, "", 0, at_most=True))
    part.add(Figure(f"{mails} threaded mails in any order: attachments not byte for byte", broken, "", 0, at_most=True))


def _wrong_threads(written: Sequence[Mail]) -> int:
    """Threads whose mails do not all stand in one case, or whose case holds mails of another one."""
    found = dict(db.rows("SELECT external_id, conversation_id FROM conversations_message WHERE external_id = ANY(%s)",
                         [[mail.message_id for mail in written]]))  # fmt: skip
    cases: dict[int, set[Any]] = {}
    for mail in written:
        cases.setdefault(mail.thread, set()).add(found.get(mail.message_id))
    shared = [case for held in cases.values() for case in held]
    return sum(len(held) != 1 or None in held or shared.count(next(iter(held))) > 1 for held in cases.values())


def _broken_files(written: Sequence[Mail]) -> int:
    from careline.domain.files.queries import content_of

    held = {row.external_id: row.file_id for row in db.rows(
        """SELECT m.external_id, a.file_id FROM conversations_attachment a JOIN conversations_message m ON m.id = a.message_id
           WHERE m.external_id = ANY(%s)""", [[mail.message_id for mail in written]])}  # fmt: skip
    return sum(
        mail.message_id not in held or content_of(held[mail.message_id]) != mail.content
        for mail in written
        if mail.content
    )


def _run(arrivals: Sequence[intake.RawArrival], house: intake.House) -> tuple[float, float]:
    """Mails a second, and ms of this process's CPU a mail, as the worker takes in what waits in its spool."""
    takers = Takers()
    try:
        return _timed(arrivals, lambda: _in_rounds(takers, arrivals, house))
    finally:
        takers.rest()


def _in_rounds(takers: Takers, arrivals: Sequence[intake.RawArrival], house: intake.House) -> None:
    for start in range(0, len(arrivals), ROUND):
        takers.take(arrivals[start : start + ROUND], lambda batch: _take_in(batch, house))


def _run_singly(arrivals: Sequence[intake.RawArrival], house: intake.House) -> tuple[float, float]:
    """The same with a transaction for each mail."""

    def singly() -> None:
        for arrival in arrivals:
            _take_in([arrival], house)

    return _timed(arrivals, singly)


def _timed(arrivals: Sequence[intake.RawArrival], take: Callable[[], None]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), _cpu()
    take()
    return len(arrivals) / (time.perf_counter() - began), (_cpu() - cpu) * 1000 / len(arrivals)


def _take_in(batch: Sequence[intake.RawArrival], house: intake.House) -> None:
    for received in intake.take_in(batch, house=house, at=datetime.now(UTC)):
        assert received is not None and received.status == "processed", received


@contextmanager
def _parsed_before(arrivals: Sequence[intake.RawArrival], house: intake.House) -> Iterator[Sequence[intake.RawArrival]]:
    """Inside, intake finds what it would have understood and written already."""
    understood = {arrival.name: intake._understand(arrival, house) for arrival in arrivals}
    files.write([arrival.raw for arrival in arrivals], deflate=True)
    files.write([file.content for item in understood.values() for file in item.inbound.attachments])
    genuine: Callable[..., Any] = intake._understand
    intake._understand = lambda arrival, house: understood[arrival.name]
    try:
        yield arrivals
    finally:
        intake._understand = genuine


def _samples(writer: Writer, house: intake.House) -> list[tuple[Any, int]]:
    """Twenty mails in the proportions of the mix: fourteen plain, four HTML, two with a file."""
    wanted = {"plain": 14, "html": 4, "file": 2}
    samples = []
    while any(wanted.values()):
        arrival = _arrivals([writer.mail()])[0]
        inbound = intake._understand(arrival, house).inbound
        kind = "file" if inbound.attachments else "html" if inbound.html else "plain"
        if wanted[kind]:
            wanted[kind] -= 1
            samples.append((inbound, len(arrival.raw)))
    return samples


def _arrivals(mails: Sequence[Mail]) -> list[intake.RawArrival]:
    at, run = datetime.now(UTC), time.time_ns()
    return [
        intake.RawArrival(f"bench-{run}-{n:06}", mail.raw, at, envelope_to=(MAILBOX,)) for n, mail in enumerate(mails)
    ]


def _know_senders() -> None:
    """The writer's people are customers already, for pgbench and for us."""
    db.execute(
        """WITH new AS (INSERT INTO customers_customer (name, language, notes, fields, created_at)
               SELECT 'Carol ' || n, 'en', '', '{}', now() FROM generate_series(0, 4999) n
               WHERE NOT EXISTS (SELECT FROM customers_address WHERE kind = 'email' AND value = 'carol.' || n || '@example.com')
               RETURNING id, name)
           INSERT INTO customers_address (customer_id, kind, value, is_primary, created_at)
           SELECT id, 'email', 'carol.' || split_part(name, ' ', 2) || '@example.com', true, now() FROM new"""
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
