"""A form is set up, changed, switched off: with the channel that its cases come by, and fields of the case that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels import commands as channel_commands
from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.queries import channel_by_id, channels
from careline.domain.conversations.commands.fields import NewField, add_field
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.structure import case_fields, topics
from careline.domain.forms import commands as forms
from careline.domain.forms.commands import Plan
from careline.domain.forms.queries import form_by_id
from careline.domain.forms.rules.content import A_NEW_ONE, KEPT_AS, SLUG, BadContent, Content, judged, origin_of
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require

VERB = "case_settings:manage"
_LONGEST_NAME = 100


class BadForm(Refused):
    code = "bad_form"


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form as somebody writes it. `mailbox` answers what comes in; it also says the brand and the team."""

    name: str
    content: Content
    mailbox: int | None
    slug: str = ""
    origins: tuple[str, ...] = ()
    is_open: bool = True


def add_form(agent: Person, plan: FormPlan, *, by: Actor, at: datetime) -> int:
    """The new form's key. Raises Forbidden, BadForm, SlugTaken."""
    require(agent, VERB)
    with transaction.atomic():
        return forms.add_form(_ready(plan, by=by, at=at), by=by, at=at)


def change_form(agent: Person, key: int, plan: FormPlan, *, by: Actor, at: datetime) -> None:
    """All of it anew. Raises Forbidden, NotFound, BadForm, SlugTaken."""
    require(agent, VERB)
    if form_by_id(key) is None:
        raise NotFound(f"There is no form {key}.")
    with transaction.atomic():
        forms.change_form(key, _ready(plan, by=by, at=at), by=by, at=at)


def remove_form(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Nobody finds it any more; its cases stay. Raises Forbidden, NotFound."""
    require(agent, VERB)
    if not forms.remove_form(key, by=by, at=at):
        raise NotFound(f"There is no form {key}.")


def judge_content(content: Content) -> Content:
    """As it might be kept, for a look at it before. Raises BadForm."""
    known = {row.code: row for row in case_fields() if row.retired_at is None}
    return _judged(content, known)


def _ready(plan: FormPlan, *, by: Actor, at: datetime) -> Plan:
    name, slug = " ".join(plan.name.split()), plan.slug.strip().lower()
    if not name or len(name) > _LONGEST_NAME:
        raise BadForm(f"A form needs a name of up to {_LONGEST_NAME} characters.")
    if slug and not SLUG.fullmatch(slug):
        raise BadForm("The end of its address is made of small letters, digits and -, as in warranty-claim.")
    mailbox = channel_by_id(plan.mailbox) if plan.mailbox else None
    if mailbox is None or mailbox.kind != "email" or not mailbox.is_active:
        raise BadForm("Choose the mailbox that answers: without one nobody could be answered.")
    content = judge_content(plan.content)
    content = replace(content, fields=tuple(_with_case_field(one, content, by=by, at=at) for one in content.fields))
    try:
        origins = tuple(dict.fromkeys(origin_of(words) for words in plan.origins if words.strip()))
    except BadContent as wrong:
        raise BadForm(str(wrong)) from wrong
    return Plan(
        name, content, mailbox.brand_id, _channel_answered_by(mailbox, by=by, at=at), slug, origins, plan.is_open
    )


def _judged(content: Content, known: Mapping[str, Any]) -> Content:
    try:
        return judged(content, topics={row.id: row for row in topics() if row.retired_at is None}, case_fields=known)
    except BadContent as wrong:
        raise BadForm(str(wrong)) from wrong


def _with_case_field(one: Any, content: Content, *, by: Actor, at: datetime) -> Any:
    """Where an answer is to be kept as a field that the case does not have yet, it has it from now on."""
    if one.keeps != A_NEW_ONE:
        return one
    code = add_field(
        NewField(
            one.label, KEPT_AS[one.kind][0], choices=[(option.code, option.name) for option in one.options], topics=content.topics
        ),
        by=by, at=at,
    )  # fmt: skip
    return replace(one, keeps=code)


def _channel_answered_by(mailbox: ChannelRow, *, by: Actor, at: datetime) -> int:
    """One for all forms that this mailbox answers."""
    found = next(
        (row for row in channels(kind="form", active=False) if row.settings.get("answers_by") == mailbox.id), None
    )
    if found is not None:
        return found.id
    made = channel_commands.add_channel(
        "form", name=mailbox.name, address=mailbox.address, brand_id=mailbox.brand_id, team_id=mailbox.team_id,
        settings={"answers_by": mailbox.id, "acknowledge": True}, by=by, at=at,
    )  # fmt: skip
    return int(made.pk)
