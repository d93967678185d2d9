"""The written report goes by mail to people of the house: each in their own language, on their own morning, once a period.

When a week or month has ended by the company's calendar, a letter is written down for everybody; it is made and leaves when the clock
of its reader shows the time. That it is leaving is said before the mail server is spoken to: a worker that is killed just then
leaves a letter that may have arrived, never two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import make_msgid
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation

from careline.domain.channels.email.compose.letter import Letter, LetterFile
from careline.domain.channels.email.compose.writing import compose
from careline.domain.channels.email.outgoing import NO_WAY_OUT, route_of, way_out
from careline.domain.channels.email.route import BadRoute, RouteSettings, route_from
from careline.domain.channels.email.sending import Outcome
from careline.domain.channels.email.smtp import held
from careline.domain.channels.inbound import Party
from careline.domain.channels.queries import channels
from careline.domain.company.queries import company
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.reports.commands import sendings as sent
from careline.domain.reports.queries.reach import VERB as READS
from careline.domain.reports.queries.sendings import sending_by_id
from careline.domain.reports.rules.periods import EVERY, ended_before, next_due
from careline.domain.staff.queries import agents, person
from careline.domain.staff.rules import Person, may, require
from careline.flows.export_rows import language_of, zone_of
from careline.flows.write_report import Report, pdf_of_report, text_of_report, write_report
from careline.kit.typeset import CannotTypeset

VERB = "report:send"
MOST_PEOPLE = 50
_LATER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SendingForm:
    """`minute` of each reader's own day, after each week or month."""

    name: str
    every: str
    agent_ids: tuple[int, ...]
    minute: int = 8 * 60
    is_active: bool = True


def keep_sending(agent: Person, form: SendingForm, *, key: int | None = None, by: Actor, at: datetime) -> int:
    """Adds a sending, or changes one; its key. Raises Forbidden, Refused, NotFound."""
    require(agent, VERB)
    if not form.name.strip() or len(form.name) > 100:
        raise Refused("Give it a name of at most 100 characters.")
    if form.every not in EVERY or not 0 <= form.minute < 24 * 60:
        raise Refused("A report is sent every week or every month, at a time of the day.")
    house = {row.id for row in agents() if row.is_active}
    people = tuple(dict.fromkeys(form.agent_ids))
    if not people or len(people) > MOST_PEOPLE or not house.issuperset(people):
        raise Refused(f"A report goes to people who work here, {MOST_PEOPLE} at most.")
    zone = _companys_zone()
    made = sent.keep_sending(
        key, name=form.name.strip(), every=form.every, minute=form.minute, time_zone=str(zone), agent_ids=people, is_active=form.is_active,
        due_at=next_due(form.every, 0, zone=zone, after=at), by=by, at=at,
    )  # fmt: skip
    if not made:
        raise NotFound(f"There is no sending {key}.")
    return made


def drop_sending(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require(agent, VERB)
    if sending_by_id(key) is None or not sent.drop_sending(key, by=by, at=at):
        raise NotFound(f"There is no sending {key}.")


@transaction.atomic
def write_due_letters(*, at: datetime) -> bool:
    """Writes down the letters of the next sending that is due; whether there was one. Of periods that were missed, the last only."""
    due = sent.lock_due_sending(at=at)
    if due is None:
        return False
    zone = ZoneInfo(due.time_zone)
    period = ended_before(due.every, at.astimezone(zone).date())
    readers = [found for key in due.agent_ids if (found := person(key)) is not None]
    times = {one.id: _morning(one, due.minute, period.ends) for one in readers}
    sent.write_letters(
        due.id,
        begins_on=period.begins,
        ends_on=period.ends,
        due=times,
        next_due_at=next_due(due.every, 0, zone=zone, after=at),
    )
    return True


def send_due_report(*, at: datetime) -> bool:
    """Makes the next letter that is due and sends it, outside any transaction; whether there was one."""
    due = sent.take_up_letter(at=at)
    if due is None:
        return False
    reader = person(due.agent_id)
    if reader is None or not may(reader, READS):
        sent.note_failed(due.id, words="They may not read reports any more.", again_at=None)
        return True
    try:
        _send(due, reader, at=at)
    except (BadRoute, CannotTypeset) as error:
        _failed(due, str(error), at=at)
    return True


def _send(due: Any, reader: Person, *, at: datetime) -> None:
    box = next((channel for channel in channels(kind="email") if channel.address), None)
    route = route_of(box) if box is not None and way_out(box) else _by_default()
    if route is None:
        _failed(due, NO_WAY_OUT, at=at)
        return
    sender = box.address if box is not None else f"careline@{settings.PUBLIC_URL.split('://')[-1].split(':')[0]}"
    with translation.override(language_of(reader)):
        report = write_report(reader, every=due.every, on=due.begins_on, for_mail=True)
        letter = _letter(report, due, reader, sender=sender, at=at)
    mail = compose(letter)
    if not sent.note_leaving(due.id):
        return
    fate = held(route).send(mail, mail_from=sender, recipients=[reader.email]).fates[reader.email]
    if fate.outcome in (Outcome.SENT, Outcome.UNCERTAIN):
        sent.note_sent(due.id, at=at)
    elif fate.outcome is Outcome.LATER:
        _failed(due, fate.words, at=at)
    else:
        sent.note_failed(due.id, words=fate.words, again_at=None)


def _letter(report: Report, due: Any, reader: Person, *, sender: str, at: datetime) -> Letter:
    named = company()
    address = f"{settings.PUBLIC_URL}/written-report?every={due.every}&on={due.begins_on}"
    paper = LetterFile(
        f"issues-{due.begins_on}.pdf", "application/pdf", pdf_of_report(report, at=at.astimezone(zone_of(reader)))
    )
    return Letter(
        from_=Party(sender, named.name if named else "Careline"), to=(Party(reader.email, reader.name),), date=at.astimezone(zone_of(reader)),
        subject=report.title, message_id=make_msgid(domain=sender.rpartition("@")[2]), text=text_of_report(report, address=address),
        attachments=(paper,), auto_submitted="auto-generated",
    )  # fmt: skip


def _failed(due: Any, words: str, *, at: datetime) -> None:
    sent.note_failed(due.id, words=words, again_at=at + _LATER if due.tries < sent.MOST_TRIES else None)


def _by_default() -> RouteSettings | None:
    return route_from(settings.SMTP_URL) if settings.SMTP_URL else None


def _morning(reader: Person, minute: int, on: Any) -> datetime:
    return datetime.combine(on, time(minute // 60, minute % 60), tzinfo=zone_of(reader)).astimezone(UTC)


def _companys_zone() -> ZoneInfo:
    found = company()
    return ZoneInfo(found.time_zone if found and found.time_zone else "UTC")
