"""Bringing in what another desk gave out: one record at a time, each once, none told to customers or to other programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.company.queries import default_brand
from careline.domain.conversations.commands import bringing_in as cases
from careline.domain.conversations.commands import messages
from careline.domain.customers import commands as customers
from careline.domain.customers.commands.companies import organisations_named
from careline.domain.files import commands as files
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import canned
from careline.domain.knowledge.rules.replies import BadReply, Text, name_from, texts_from
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import agent_by_email, teams
from careline.flows.bring_in_orders import Unfit, bring_in_order, bring_in_payway, bring_in_product
from careline.flows.brought import (
    Attached,
    Case,
    Colleague,
    Company,
    Message,
    Person,
    ReadyText,
    Record,
    Team,
    Unread,
)
from careline.flows.brought_orders import Order, Payway, Product
from careline.flows.written_address import number_called
from careline.kit.html.plain import text_of
from careline.kit.html.safe import sanitise

MOST_BYTES = 70 * 1024 * 1024


class CannotBringIn(Exception):
    """One record cannot come in; one sentence. The others can."""


@dataclass(slots=True)
class BringingIn:
    """One import from a source: what is known of it by now. `remarks` collects what came in changed or without a part."""

    source: str
    by: Actor
    at: datetime
    remarks: list[str] = field(default_factory=list)

    def bring_in(self, record: Record) -> bool:
        """Whether it was new. One transaction. Raises CannotBringIn; then nothing of this record came in."""
        if isinstance(record, Unread):
            raise CannotBringIn(f"{record.where}: {record.why}")
        kind = type(record).__name__.lower()
        if self.ours(kind, record.key) is not None:
            return False
        kept = self._kept(record.files) if isinstance(record, Message) else ()
        with transaction.atomic():
            ours = _WAYS[type(record)](self, record, kept)
            cases.note_imported(self.source, kind, record.key, ours=ours)
        return True

    def ours(self, kind: str, key: str) -> int | None:
        """Our id of what the source calls so; None where it did not come in (yet)."""
        return cases.imported(self.source, kind, key) if key else None

    def _kept(self, attached: tuple[Attached, ...]) -> tuple[messages.NewAttachment, ...]:
        """The files, durable before anything names them."""
        kept = []
        for file in attached:
            try:
                content = file.read()
            except OSError as cause:
                self.remarks.append(f"The file {file.name} is missing from the export ({cause.strerror or cause}).")
                continue
            if len(content) > MOST_BYTES:
                self.remarks.append(f"The file {file.name} is larger than {MOST_BYTES // 1024**2} MB and stayed out.")
                continue
            (digest,) = files.write([content])
            kept.append(
                messages.NewAttachment(
                    digest, file.name, file.media_type, len(content), file.is_inline, file.content_id
                )
            )
        return tuple(kept)


def _team(state: BringingIn, team: Team, _: Any) -> int:
    held = {row.name.lower(): row.id for row in teams()}.get(team.name.lower())
    return int(held) if held is not None else int(staff.add_team(team.name, by=state.by, at=state.at).pk)


def _colleague(state: BringingIn, colleague: Colleague, _: Any) -> int:
    known = agent_by_email(colleague.email)
    if known is not None:
        return int(known.pk)
    if "@" not in colleague.email:
        raise CannotBringIn(f"{colleague.name or colleague.key} has no mail address, by which colleagues are known.")
    teams = tuple(key for name in colleague.teams if (key := state.ours("team", name)) is not None)
    made = staff.add_agent(
        colleague.email.lower(), name=colleague.name, role="representative", team_ids=teams, by=state.by, at=state.at
    )
    staff.deactivate(made, by=state.by, at=state.at)
    return int(made.pk)


def _company(state: BringingIn, company: Company, _: Any) -> int:
    (found,) = organisations_named([company.name], by=state.by, at=state.at).values()
    return int(found)


def _person(state: BringingIn, person: Person, _: Any) -> int:
    emails = [address.strip().lower() for address in person.emails if "@" in address]
    if emails:
        key = customers.known_by(
            "email", emails[0], name=person.name, language=person.language, by=state.by, at=state.at
        )
    else:
        key = int(customers.add(name=person.name, language=person.language, by=state.by, at=state.at).pk)
    for kind, values in (("email", emails[1:]), ("phone", person.phones)):
        for value in values:
            try:
                kept = number_called(value) if kind == "phone" else value.strip()
                customers.add_address(key, kind=kind, value=kept, by=state.by, at=state.at)
            except customers.AddressTaken as taken:
                state.remarks.append(str(taken))
    words = {
        "notes": person.notes, "time_zone": person.time_zone, "organisation_id": state.ours("company", person.company),
    }  # fmt: skip
    given = {name: value for name, value in words.items() if value}
    if given:
        customers.change(key, by=state.by, at=state.at, **given)
    return key


def _ready_text(state: BringingIn, ready: ReadyText, _: Any) -> int:
    html = sanitise(ready.html) if ready.html else ""
    try:
        name = name_from(ready.name[:200])
        texts = texts_from({ready.language: Text(ready.text or text_of(html), html)})
    except BadReply as wrong:
        raise CannotBringIn(f"The ready-made text {ready.name}: {wrong}") from wrong
    return canned.add_reply(name=name, texts=texts, folder=ready.folder[:200], by=state.by, at=state.at)


def _case(state: BringingIn, case: Case, _: Any) -> int:
    person = state.ours("person", case.person)
    if case.person and person is None:
        raise CannotBringIn(f"Case {case.key} is of {case.person}, who did not come in.")
    return cases.open_brought(
        cases.Brought(
            subject=case.subject, status=case.status, priority=case.priority, brand_id=int(default_brand().pk), customer_id=person,
            assignee_id=state.ours("colleague", case.assignee), team_id=state.ours("team", case.team), tags=case.tags,
            fields=case.fields, language=case.language, number=case.number, created_at=case.created_at,
            updated_at=case.updated_at or case.created_at, resolved_at=case.resolved_at,
        ),
        by=state.by, at=state.at,
    )  # fmt: skip


def _message(state: BringingIn, message: Message, kept: tuple[messages.NewAttachment, ...]) -> int:
    case = state.ours("case", message.case)
    if case is None:
        raise CannotBringIn(f"Message {message.key} is in case {message.case}, which did not come in.")
    person, colleague = state.ours("person", message.author), state.ours("colleague", message.author)
    is_customers = person is not None and (message.kind == "incoming" or colleague is None)
    author = ("customer", person) if is_customers else ("agent", colleague) if colleague is not None else ("system", 0)
    html = sanitise(message.html) if message.html else ""
    text = message.text or (text_of(html) if html else "")
    files.keep({file.digest: file.size for file in kept}, at=state.at)
    return cases.add_brought(
        messages.NewMessage(
            kind=message.kind, conversation=case, author_kind=author[0], author_id=author[1] or 0, subject=message.subject,
            visibility="staff" if message.kind == "note" else "public", form="note" if message.kind == "note" else "mail",
            to=[{"kind": "email", "value": value, "name": ""} for value in message.to],
            cc=[{"kind": "email", "value": value, "name": ""} for value in message.cc],
            text=text, visible_text=text, html=html, external_id=message.external_id, sent_at=message.created_at,
            references=[message.external_id] if message.external_id else [], attachments=kept,
        ),
        at=message.created_at,
    )  # fmt: skip


def _of_shop(state: BringingIn, record: Any, _: Any) -> int:
    try:
        if isinstance(record, Product):
            return bring_in_product(state, record)
        return bring_in_payway(state, record) if isinstance(record, Payway) else bring_in_order(state, record)
    except Unfit as wrong:
        raise CannotBringIn(str(wrong)) from wrong


_WAYS: dict[type, Any] = {
    Product: _of_shop, Payway: _of_shop, Order: _of_shop,
    Team: _team, Colleague: _colleague, Company: _company, Person: _person, ReadyText: _ready_text, Case: _case, Message: _message,
}  # fmt: skip
