"""What stands in the database: tables, worker, mailboxes, what came in, what leaves, who reads history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.checking import trouble_fetching, trouble_going_out
from careline.domain.channels.email.outgoing import way_out
from careline.domain.channels.queries import channels, inbound_counts
from careline.domain.company.queries import company, last_beat
from careline.domain.desk.queries.outbox import outbox_counts
from careline.domain.history.queries import behind, readers, set_asides
from careline.domain.history.sealing import broken_months
from careline.entrypoints.console.doctor.finding import OK, PROBLEM, WARNING, Finding, counted, span
from careline.kit import clock
from careline.kit.postgres import FolderLock

BEAT_WITHIN = 45.0
_CALLED = {"chat": "chat site", "portal": "customers' pages"}
READ_WITHIN = 60.0


def of_install(folder: Path, *, is_online: bool) -> Iterator[Finding]:
    """Django must be set up. `is_online`: mail servers may be asked."""
    at = clock.now()
    yield _database()
    yield _migrations()
    yield _worker(folder, at)
    if company() is None:
        yield Finding("company", WARNING, "none yet", "run `careline init`")
    yield from _mailboxes(at, is_online=is_online, is_demo=(folder / "demo").exists())
    yield from _inbound()
    yield from _outbox()
    yield from _readers(at)
    yield from _seals()


def _database() -> Finding:
    connection.ensure_connection()
    version = connection.connection.info.server_version
    return Finding("database", OK, f"PostgreSQL {version // 10000}.{version % 10000}")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding(
            "tables",
            PROBLEM,
            f"{counted(len(missing), 'migration')} not made",
            "start `careline serve`, which makes them",
        )
    return Finding("tables", OK, "of this version")


def _worker(folder: Path, at: datetime) -> Finding:
    beat = last_beat()
    age = (at - beat).total_seconds() if beat else None
    if not _server_runs(folder):
        return Finding(
            "server", OK, "none runs on this folder" + (f"; the last was alive {span(age)} ago" if age else "")
        )
    if age is None or age > BEAT_WITHIN:
        since = f"for {span(age)}" if age is not None else "yet"
        return Finding(
            "server", PROBLEM, f"runs, but its worker has given no sign {since}", "see its log, or start it again"
        )
    return Finding("server", OK, f"runs, its worker was alive {span(age)} ago")


def _server_runs(folder: Path) -> bool:
    """Our own command may hold the folder too: only a lock held by somebody else is a server's."""
    from careline.kit.postgres.lock import SERVER, holder_of

    lock = FolderLock(folder)
    if holder_of(folder).purpose != SERVER:
        return False
    if lock.try_acquire():
        lock.release()
        return False
    return True


def _mailboxes(at: datetime, *, is_online: bool, is_demo: bool) -> Iterator[Finding]:
    found = channels()
    if not found:
        yield Finding(
            "mailboxes", WARNING, "none yet", "add one with `careline init --mailbox ADDRESS` or under Mailboxes"
        )
    for channel in found:
        yield _in(channel, at, is_online=is_online)
        if channel.kind == "email":
            yield _out(channel, is_online=is_online, is_demo=is_demo)


def _in(channel: ChannelRow, at: datetime, *, is_online: bool) -> Finding:
    if channel.kind != "email":  # what stands as its address is a token of its pages
        return Finding(f"{_CALLED.get(channel.kind, channel.kind)} {channel.name}", OK, "takes what is written there")
    name = f"mailbox {channel.address or channel.name}"
    if not channel.settings.get("imap_url"):
        return Finding(name, OK, "takes what is delivered to us")
    trouble = trouble_fetching(channel, at=at) if is_online else ""
    if trouble:
        return Finding(name, PROBLEM, trouble, "mend its settings under Mailboxes")
    state, error = str(channel.health.get("state") or "not fetched yet"), str(channel.health.get("last_error") or "")
    if state == "down" and not is_online:
        return Finding(name, PROBLEM, error or "cannot be reached", "mend its settings under Mailboxes")
    return Finding(name, WARNING if error else OK, f"{state}{f', last said: {error}' if error else ''}")


def _out(channel: ChannelRow, *, is_online: bool, is_demo: bool) -> Finding:
    name = f"sending from {channel.address or channel.name}"
    if channel.settings.get("anymail"):
        return Finding(name, OK, f"by {channel.settings['anymail']}, which can only be tried by sending")
    if is_demo and not way_out(channel):
        return Finding(name, OK, "kept in the outbox: a demo sends nothing")
    if not way_out(channel):
        return Finding(
            name,
            WARNING,
            "no way out is set, so answers can't leave",
            "give it an outgoing server, or set CARELINE_SMTP_URL",
        )
    trouble = trouble_going_out(channel) if is_online else ""
    if trouble:
        return Finding(name, PROBLEM, trouble, "mend its outgoing server under Mailboxes, or CARELINE_SMTP_URL")
    return Finding(name, OK, "its server lets us in" if is_online else "set, not tried")


def _inbound() -> Iterator[Finding]:
    counts = inbound_counts()
    if not counts:
        yield Finding("unplaced mail", OK, "none")
    for outcome, number in sorted(counts.items()):
        words = f"{counted(number, 'mail')} {outcome or 'not looked at yet'}"
        yield Finding("unplaced mail", WARNING, words, "look at them under Unrouted; none is lost")


def _outbox() -> Iterator[Finding]:
    counts = outbox_counts()
    bad = {state: counts[state] for state in ("failed", "uncertain") if counts.get(state)}
    if not bad:
        waiting = sum(counts.get(state, 0) for state in ("held", "scheduled", "queued", "sending", "handing_over"))
        yield Finding("outbox", OK, f"{counted(waiting, 'message')} waiting to leave")
    for state, number in bad.items():
        yield Finding(
            "outbox",
            WARNING,
            f"{counted(number, 'message')} {state}",
            "decide on them in the outbox: send again or not",
        )


def _readers(at: datetime) -> Iterator[Finding]:
    for reader in readers():
        left, first = behind(reader)
        age = (at - first).total_seconds() if first else 0.0
        words = (
            f"{reader} has read all of history"
            if not left
            else f"{reader} has {counted(left, 'happening')} to read, for {span(age)}"
        )
        late = left > 0 and age > READ_WITHIN
        yield Finding(
            "history", WARNING if late else OK, words, "start `careline serve`, or see its log" if late else ""
        )
    for reader, number in set_asides().items():
        words = f"{reader} has put {counted(number, 'happening')} aside, which it failed on"
        yield Finding("history", PROBLEM, words, "see the log of the worker, mend the cause and report it")


def _seals() -> Iterator[Finding]:
    """Whether history still says what it said when it was sealed."""
    for month in broken_months():
        words = f"what happened in {month} was changed or removed since it was sealed"
        yield Finding("history", PROBLEM, words, "restore it from a backup, and find out who can write to the database")
