"""Rows as the API shows them."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.entrypoints.api.shapes import cases, messages
from careline.entrypoints.api.shapes.parts import Named, Person

_PRIORITY = {number: name for name, number in PRIORITIES.items()}
_DELIVERY = {"handing_over": "sending"}


def case_of(row: Any, *, language: str = "en", participants: list[Any] | None = None) -> cases.Case:
    case = cases.Case(
        number=row.number,
        subject=row.subject,
        status=cases.Status(row.status_code, status_name(row.status_names, language), row.category),
        is_spam=row.is_spam,
        priority=_PRIORITY.get(row.priority, "normal"),
        channel=_channel(row),
        customer=cases.CaseCustomer(str(row.customer_id), row.customer_name, row.customer_address)
        if row.customer_id
        else None,
        assignee=cases.Assignee(str(row.assignee_id), row.assignee_name, row.assignee_email)
        if row.assignee_id
        else None,
        team=Named(str(row.team_id), row.team_name) if row.team_id else None,
        tags=row.tags,
        created_at=row.created_at,
        updated_at=row.updated_at,
        first_response_due_at=row.first_response_due_at,
        first_responded_at=row.first_responded_at,
        resolution_due_at=row.resolution_due_at,
        resolved_at=row.resolved_at,
        waiting_since=row.waiting_since,
        next_due_at=row.next_due_at,
        due_kind=row.due_kind,
        snoozed_until=row.snoozed_until,
        language=row.language,
        snippet=row.last_snippet,
        last_message_id=str(row.last_message_id) if row.last_message_id else None,
        message_count=row.message_count,
        has_attachment=row.has_attachment,
        hint=row.hint,
        version=row.version,
        topic_id=str(row.topic_id) if row.topic_id else None,
        fields=row.fields,
        side_news=row.side_news,
    )
    if participants is not None:
        case.participants = [cases.Participant(str(p.id), p.value, p.name, p.role, p.state) for p in participants]
    return case


def message_of(row: Any) -> messages.Message:
    return messages.Message(
        id=str(row.id),
        kind=row.kind,
        form=row.data.get("form") or ("note" if row.kind == "note" else "mail"),
        duration_seconds=row.data.get("seconds"),
        channel=_channel(row),
        author=messages.Author(row.author_kind, str(row.author_id), row.author_name),
        from_=_person(row.sender) if row.sender else None,
        to=[_person(p) for p in row.to],
        cc=[_person(p) for p in row.cc],
        bcc=[_person(p) for p in row.bcc],
        subject=row.subject,
        text=row.text,
        html=row.html,
        visible_text=row.visible_text,
        attachments=row.attachments or [],
        external_id=row.external_id,
        in_reply_to=row.in_reply_to,
        created_at=row.created_at,
        sent_at=row.sent_at,
        delivery=_DELIVERY.get(row.delivery, row.delivery),
        leaves_at=row.due_at if row.delivery in ("held", "scheduled", "queued") else None,
        server_words=row.server_words or "",
        auto_reply=row.auto_reply,
        bounce=row.bounce,
        authenticity=row.authenticity,
        is_doubtful=row.is_doubtful,
        is_stranger=bool(row.data.get("stranger")),
    )


def status_name(names: dict[str, str], language: str) -> str:
    """The name in the reader's language, else in English, else in any."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def _channel(row: Any) -> cases.Channel | None:
    if row.channel_id is None:
        return None
    return cases.Channel(str(row.channel_id), row.channel_kind, row.channel_name, row.channel_address)


def _person(person: dict[str, Any]) -> Person:
    return Person(person.get("value", ""), person.get("name", ""), person.get("kind", "email"))
