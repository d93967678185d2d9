"""What a call about cases asks for, in the words of queries and flows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec import UNSET

from careline.domain.channels.email.mime.addresses import normalised
from careline.domain.channels.queries import channels
from careline.domain.conversations.queries.structure import status_named, topics
from careline.domain.customers.queries import customer_id_of
from careline.domain.desk.queries.api_lists import CaseFilter
from careline.domain.desk.rules.filters import CATEGORIES
from careline.domain.staff.rules import Person
from careline.entrypoints.api.naming import (
    NOBODY,
    agent_key,
    channel_named,
    customer_key,
    key_of,
    recipient_of,
    recipients_of,
    team_key,
)  # fmt: skip
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call
from careline.entrypoints.api.shapes.cases import NewCase
from careline.entrypoints.api.uploads import attachments_of
from careline.flows.change import KEPT, Change
from careline.flows.move_to_customer import Whose
from careline.flows.open_case import Opening
from careline.flows.record_contact import Contact
from careline.flows.set_fields import UnfitFields, fit_fields
from careline.kit.html import text_of


def filter_of(call: Call) -> CaseFilter:
    """What a list is narrowed by. Raises Wrong."""
    asked = call.query
    by_address = asked.customer is not None and "@" in asked.customer
    return CaseFilter(
        status=_status_asked(asked.status),
        assignee=None
        if asked.assignee is None
        else agent_key(asked.assignee, call.person, "assignee", may_be_nobody=True),
        team=None if asked.team is None else NOBODY if asked.team == "none" else team_key(asked.team, "team"),
        tag=asked.tag,
        topic=None if asked.topic is None else NOBODY if asked.topic == "none" else _topic_asked(asked.topic),
        fields=_fields_asked(asked.fields),
        customer=_customer_asked(asked.customer) if asked.customer is not None and not by_address else None,
        customer_address=normalised(asked.customer) if by_address else None,
        words=asked.q,
        changed_since=asked.updated_since,
    )


def _status_asked(words: str | None) -> str | None:
    if words is not None and words not in (*CATEGORIES, "spam") and status_named(words) is None:
        raise Wrong(
            ("status", "There is no such status: give open, waiting, resolved, spam, or the name of one of your own.")
        )
    return words


def _topic_asked(words: str) -> int:
    key = key_of(words)
    if key is None:
        named = [row.id for row in topics() if words.lower() in {name.lower() for name in row.name.values()}]
        return int(named[0]) if named else -1
    return key or -1


def _fields_asked(given: dict[str, str]) -> dict[str, Any]:
    try:
        wanted = fit_fields(given) if given else {}
    except UnfitFields as unfit:
        raise Wrong(*((f"field.{code[:60]}", sentence) for code, sentence in unfit.errors.items())) from None
    if empty := [code for code, value in wanted.items() if value is None]:
        raise Wrong(*((f"field.{code}", "It is empty.") for code in empty))
    return wanted


def _customer_asked(words: str) -> int:
    key = key_of(words)
    if key is None:
        raise Wrong(("customer", "Give an id or a mail address."))
    return key or -1


def opening_of(call: Call) -> Opening:
    """The case to be opened. Raises Wrong."""
    given = call.body
    if given.form != "mail":
        return _contact_of(call)
    unfit = [name for name in ("caller", "happened_at", "duration_seconds") if getattr(given, name) is not None]
    if unfit:
        raise Wrong(*((name, "Not for mail: say `form`.") for name in unfit))
    if (given.from_ is None) == (given.customer is None) and (given.from_ is not None or given.kind != "note"):
        raise Wrong(("from", "Say whose case it is: give either `from` or `customer`."))
    customer = None if given.customer is None else customer_key(given.customer, call.person, "customer")
    sender = None if given.from_ is None else recipient_of(given.from_, "from")
    if sender is not None and sender.value.lower() in {row.address.lower() for row in channels(active=False)}:
        raise Wrong(("from", "This is an address of ours."))
    if sender is not None and given.kind != "incoming":
        customer = customer_id_of("email", sender.value)
    return Opening(
        kind=given.kind, customer=customer, sender=sender, channel=channel_named(given.channel, "channel"), subject=given.subject,
        text=given.text, html=given.html, cc=recipients_of(given.cc, "cc"), hold_seconds=given.hold_seconds,
        attachments=attachments_of(given.attachments, call.person, at=call.at),
    )  # fmt: skip


def _contact_of(call: Call) -> Opening:
    """A call, a visit, a letter or a fax. Raises Wrong."""
    given = call.body
    if given.kind == "note":
        raise Wrong(("kind", "Say whether they came to us (`incoming`) or we to them (`reply`)."))
    if sum(one is not None for one in (given.from_, given.customer, given.caller)) > 1:
        raise Wrong(("customer", "Give one of `from`, `customer` and `caller`."))
    if given.cc:
        raise Wrong(("cc", "Only a mail has a Cc."))
    if given.happened_at is not None and given.happened_at > call.at:
        raise Wrong(("happened_at", "It lies in the future."))
    sender = None if given.from_ is None else recipient_of(given.from_, "from")
    channel = channel_named(given.channel, "channel")
    contact = Contact(
        form=given.form, text=given.text or text_of(given.html), html=given.html, channel=channel, subject=given.subject,
        customer=None if given.customer is None else customer_key(given.customer, call.person, "customer"),
        mail=sender.value if sender else "", phone=given.caller.phone if given.caller else "",
        name=sender.name if sender else given.caller.name if given.caller else "", is_ours=given.kind == "reply",
        happened_at=given.happened_at, attachments=attachments_of(given.attachments, call.person, at=call.at),
        duration=timedelta(seconds=given.duration_seconds) if given.duration_seconds is not None else None,
    )  # fmt: skip
    return Opening(
        kind=given.kind, channel=channel, text=contact.text, attachments=contact.attachments, contact=contact
    )


def whose_of(words: str, person: Person) -> Whose:
    """A customer by id, or by a mail address that nobody need have yet. Raises Wrong."""
    if "@" not in words:
        return Whose(customer_key(words, person, "customer"))
    sender = recipient_of(words, "customer")
    return Whose(mail=sender.value, name=sender.name)


def change_of(call: Call, given: Any) -> Change:
    """What is to change, of a change or of a new case; a field that was not given stays. Raises Wrong."""
    named = {
        "assignee": lambda words: agent_key(words, call.person, "assignee"),
        "team": lambda words: team_key(words, "team"),
    }
    wanted: dict[str, Any] = {}
    for name in ("assignee", "team", "priority", "tags", "subject", "is_spam"):
        value = getattr(given, name, UNSET)
        if value is UNSET or (name == "subject" and isinstance(given, NewCase)):
            continue
        if name in named and value is not None:
            value = named[name](value)
        wanted[name] = tuple(value) if isinstance(value, list) else value
    return Change(**{name: wanted.get(name, KEPT) for name in wanted})
