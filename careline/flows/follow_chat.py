"""What happens to a case, as its chat sees it: somebody took it, answered, or resolved it. A reaction: twice and late do no harm."""

from __future__ import annotations

from datetime import datetime

from careline.domain.chats import commands as chats
from careline.domain.chats.queries import site_by_id, thread_of_case
from careline.domain.chats.rules.talks import mail_due
from careline.domain.history.actor import SYSTEM
from careline.domain.history.queries import Happened
from careline.flows.end_chat import end_chat

OF_CHATS = frozenset({"message.queued", "conversation.assigned", "conversation.resolved"})


def follow_chat(happened: Happened, at: datetime) -> None:
    thread = thread_of_case(happened.conversation_id) if happened.conversation_id is not None else None
    if thread is None:
        return
    if happened.name == "conversation.resolved":
        end_chat(thread.id, by=SYSTEM, at=at)
        return
    if happened.name == "conversation.assigned":
        if happened.data.get("assignee") is not None:
            chats.pick_up(thread.id, at=happened.at)
        return
    if happened.actor_kind == "agent":
        chats.pick_up(thread.id, at=happened.at)
        site = site_by_id(thread.channel_id)
        if site is not None:
            due = mail_due(answered_at=happened.at, seen_at=thread.seen_at, gone_minutes=site.gone_minutes)
            chats.mail_at(thread.id, due)
