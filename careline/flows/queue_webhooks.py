"""What happened is queued for every webhook that hears of it and whose owner may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from careline.domain.desk.queries.complaints import kept_from
from careline.domain.history.queries import Happened
from careline.domain.orders.queries.orders import numbers_called
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person, may
from careline.domain.webhooks.commands import attempts
from careline.domain.webhooks.commands.attempts import News
from careline.domain.webhooks.queries import case_numbers, listening_webhooks, reached_cases
from careline.domain.webhooks.rules.holding import leaves_at, undoings_in
from careline.domain.webhooks.rules.payloads import event_of
from careline.domain.webhooks.rules.topics import TOPICS, hears

BROUGHT_IN = "import"
"""What is brought in from another desk happened there, perhaps years ago: nobody is told of it."""


def queue_webhooks(happenings: Sequence[Happened], *, at: datetime) -> int:
    """Makes the deliveries, in the transaction that moves the reader's cursor; how many. What was undone meanwhile is dropped."""
    news: list[News] = []
    cases = {h.conversation_id for h in happenings if h.conversation_id is not None}
    numbers: dict[int, int] | None = None
    called: dict[tuple[str, int], str] = {}
    for webhook in listening_webhooks():
        owner = person(webhook.owner_id)
        heard = [
            h for h in happenings if hears(webhook.topics, h.name) and h.at >= webhook.added_at and h.via != BROUGHT_IN
        ]
        if owner is None or not heard:
            continue
        if numbers is None:
            numbers, called = (
                case_numbers(list(cases)),
                numbers_called({(h.subject_kind, h.subject_key) for h in happenings}),
            )
        reached = reached_cases(owner, [h.conversation_id for h in heard if h.conversation_id is not None])
        if any(h.subject_kind == "complaint" for h in heard):
            kept = kept_from(owner)
            heard = [h for h in heard if h.subject_kind != "complaint" or h.subject_key not in kept]
        news += [_news(h, webhook.id, numbers, called, at) for h in heard if _may_hear(owner, h, reached)]
    queued = attempts.queue(news, at=at) if news else 0
    for undone in undoings_in(happenings):
        attempts.drop_undone(undone)
    return queued


def _may_hear(owner: Person, happened: Happened, reached: set[int]) -> bool:
    """Of a case only who reaches it; whether a customer is seen is asked once more when it is sent."""
    if not may(owner, TOPICS[happened.name.partition(".")[0]]):
        return False
    return happened.conversation_id is None or happened.conversation_id in reached


def _news(
    h: Happened, webhook: int, numbers: dict[int, int], called: Mapping[tuple[str, int], str], at: datetime
) -> News:
    event = event_of(
        key=h.id, actor_kind=h.actor_kind, actor_id=h.actor_id, via=h.via, subject_kind=h.subject_kind, subject_key=h.subject_key,
        data=h.data, case=numbers.get(h.conversation_id or 0), customer=h.customer_id,
        called=called.get((h.subject_kind, h.subject_key), ""),
    )  # fmt: skip
    leaves = leaves_at(h.name, actor_kind=h.actor_kind, happened_at=h.at, at=at, hold=h.data.get("hold"))
    return News(webhook, h.id, h.name, h.at, h.conversation_id, h.customer_id, event, leaves)
