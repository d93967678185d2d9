"""What comes in besides ordinary questions: bounces, robots, strangers, tracking, attacks; each once or twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime

from careline.domain.conversations.rules.recipients import Person
from careline.entrypoints.console.demo.customers import CAROL, Writer
from careline.entrypoints.console.demo.letters import Earlier, letter, new_message_id
from careline.entrypoints.console.demo.papers import paper
from careline.entrypoints.console.demo.plan import Case
from careline.entrypoints.console.demo.story import Story
from careline.entrypoints.console.demo.telling import Telling
from careline.entrypoints.console.demo.words import odd
from careline.flows.change import Change
from careline.flows.reply import Draft

Odd = tuple[datetime, Callable[[], None]]
SUPPORT = "support@northwind.example"
PEER = Writer("Peer Jensen", "p.jensen@example.net", "en", quotes="plain", proof="none")


def oddities(telling: Telling, *, now: datetime) -> Iterator[Odd]:
    """(moment, what happens then)."""
    yield from _thread_with_a_stranger(telling, now - timedelta(days=1, hours=3))
    yield from _returned(telling, now - timedelta(days=4))
    yield from _away(telling, now - timedelta(days=2, hours=5))
    yield from _with_others(telling, now - timedelta(days=6))
    yield from _never_left(telling, now - timedelta(hours=7))
    yield from _sent_later(telling, now - timedelta(hours=5))
    for hours, raw in odd.UNROUTED.items():
        yield _raw(telling, raw, to=_addressed_to(raw), at=now - timedelta(hours=hours))
    for hours, raw in odd.HTML.items():
        yield _raw(telling, raw, to=SUPPORT, at=now - timedelta(hours=hours))
    for hours, raw in odd.SPAM.items():
        yield _spam(telling, raw, at=now - timedelta(hours=hours))


def _thread_with_a_stranger(telling: Telling, at: datetime) -> Iterator[Odd]:
    """Carol's Cc answers from another address: known by our signed id, shown, not a recipient yet. A guesser gets a hint."""
    case = _case(CAROL, "The rear light came without its bracket")

    def guess() -> None:
        raw = letter(
            PEER, to=SUPPORT, subject=f"Re: {case.subject}", text=odd.GUESSER, message_id=new_message_id(PEER, telling.chance),
            at=at + timedelta(hours=22), answers=Earlier(case.references[0], at, CAROL.name, odd.CAROL), references=case.references[:1],
        )  # fmt: skip
        telling.arrive(raw, to=[SUPPORT], sender=PEER.address, at=at + timedelta(hours=22))

    yield at, lambda: _write(telling, case, odd.CAROL, at, cc=["Peer Jensen <peer@example.org>"], papers=("photo",))
    yield (
        at + timedelta(minutes=27),
        lambda: _answer(telling, case, "ada", odd.TO_CAROL, at + timedelta(minutes=27), everybody=True),
    )
    yield at + timedelta(hours=20), lambda: _write(telling, case, odd.PEER, at + timedelta(hours=20), writer=PEER)
    yield at + timedelta(hours=22), guess


def _returned(telling: Telling, at: datetime) -> Iterator[Odd]:
    gone = Writer("Pat Rowe", "pat.rowe@gone.example", "en", is_signed=True)
    case = _case(gone, "Do you still have the green bell?")

    def bounce() -> None:
        raw = odd.BOUNCE.format(to=gone.address, message_id=case.references[-1], date=format_datetime(at)).encode()
        telling.arrive(raw.replace(b"\n", b"\r\n"), to=[SUPPORT], sender="", at=at + timedelta(minutes=52))

    yield (
        at,
        lambda: _write(
            telling, case, "Hello,\n\ndo you still have the bell in green? The shop at the station says you do.", at
        ),
    )
    yield (
        at + timedelta(minutes=50),
        lambda: _answer(
            telling, case, "ben", "Hello Pat,\n\nthree are left. Shall I send one?", at + timedelta(minutes=50)
        ),
    )
    yield at + timedelta(minutes=52), bounce


def _away(telling: Telling, at: datetime) -> Iterator[Odd]:
    writer = Writer("Edwin Thorne", "edwin.thorne@harbourcouriers.example", "en", "Harbour Couriers", is_signed=True)
    case = _case(writer, "Six new locks for the night shift")

    def away() -> None:
        raw = odd.AWAY.format(message_id=case.references[-1], date=format_datetime(at)).encode()
        telling.arrive(raw.replace(b"\n", b"\r\n"), to=[SUPPORT], sender=writer.address, at=at + timedelta(minutes=61))

    yield at, lambda: _write(telling, case, odd.LOCKS, at)
    yield at + timedelta(minutes=60), lambda: _answer(telling, case, "dora", odd.TO_LOCKS, at + timedelta(minutes=60))
    yield at + timedelta(minutes=61), away


def _with_others(telling: Telling, at: datetime) -> Iterator[Odd]:
    """A long thread among several people."""
    writer = Writer(
        "Ruth Whitfield", "ruth@whitfieldschool.example", "en", "Whitfield School", is_signed=True, quotes="html"
    )
    case = _case(writer, "Bicycle week at the school")
    people = ["Sam Whitfield <sam@whitfieldschool.example>", "caretaker@whitfieldschool.example"]
    for number, (ours, text) in enumerate(odd.LONG_THREAD):
        then = at + timedelta(hours=7 * number)
        if ours:
            yield then, lambda text=text, then=then: _answer(telling, case, "ben", text, then, everybody=True)  # type: ignore[misc]
        else:
            yield then, lambda text=text, then=then: _write(telling, case, text, then, cc=people)  # type: ignore[misc]


def _never_left(telling: Telling, at: datetime) -> Iterator[Odd]:
    writer = Writer("Joy Calloway", "joy.calloway@example.org", "en")
    case = _case(writer, "Please send the offer to my sister as well")
    wrong = Draft(text="Dear Joy,\n\nthe offer, also for your sister.", to=(Person("sister of joy"),), hold_seconds=0)
    yield at, lambda: _write(telling, case, odd.SISTER, at)
    yield at + timedelta(minutes=25), lambda: _answer(telling, case, "ada", "", at + timedelta(minutes=25), draft=wrong)


def _sent_later(telling: Telling, at: datetime) -> Iterator[Odd]:
    writer = Writer("Owen Penrose", "owen.penrose@example.com", "en", is_signed=True)
    case = _case(writer, "When does the sale begin?")
    tomorrow = (at + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    later = Draft(
        text="Good morning Owen,\n\nit begins now, and the Heron you asked about is part of it.", send_at=tomorrow
    )
    yield (
        at,
        lambda: _write(
            telling, case, "Hello,\n\nwhen does the sale begin? I would like the Heron 28, if it is part of it.", at
        ),
    )
    yield at + timedelta(minutes=40), lambda: _answer(telling, case, "ada", "", at + timedelta(minutes=40), draft=later)


def _raw(telling: Telling, raw: str, *, to: str, at: datetime) -> Odd:
    bare = raw.lstrip("\n").replace("{date}", format_datetime(at)).replace("\n", "\r\n").encode()

    def arrive() -> None:
        telling.arrive(bare, to=[to], sender="", at=at)

    return at, arrive


def _spam(telling: Telling, raw: str, *, at: datetime) -> Odd:
    bare = raw.lstrip("\n").replace("{date}", format_datetime(at)).replace("\n", "\r\n").encode()

    def arrive() -> None:
        received = telling.arrive(bare, to=[SUPPORT], sender="", at=at)
        case = replace(_case(CAROL, ""), number=received.number or 0)
        telling.change(case, Change(is_spam=True), at=at + timedelta(minutes=9), by="dora")

    return at, arrive


def _addressed_to(raw: str) -> str:
    return next((line[4:] for line in raw.splitlines() if line.startswith("To: ")), SUPPORT)


def _case(writer: Writer, subject: str) -> Case:
    return Case(Story(subject, ""), writer, datetime.min, {"order": "1001"}, subject)  # noqa: DTZ901  never shown


def _write(
    telling: Telling,
    case: Case,
    text: str,
    at: datetime,
    *,
    writer: Writer | None = None,
    cc: list[str] | None = None,
    papers: tuple[str, ...] = (),
) -> None:
    who = writer or case.writer
    message_id = new_message_id(who, telling.chance)
    raw = letter(
        who, to=SUPPORT, subject=f"Re: {case.subject}" if case.earlier else case.subject, text=text, message_id=message_id, at=at,
        answers=case.earlier, references=case.references, cc=cc or [],
        papers=[paper(name, order="1001", chance=telling.chance) for name in papers],
    )  # fmt: skip
    received = telling.arrive(raw, to=[SUPPORT], sender=who.address, at=at)
    case.references.append(message_id)
    case.number = case.number or received.number or 0


def _answer(
    telling: Telling,
    case: Case,
    who: str,
    text: str,
    at: datetime,
    *,
    everybody: bool = False,
    draft: Draft | None = None,
) -> None:
    if not case.agent:
        case.agent = who
        telling.change(case, Change(assignee=telling.house.people[who].id), at=at)
    telling.answer(case, draft or Draft(text=text, everybody=everybody), at=at)
