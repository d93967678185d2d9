"""Webhooks are set up, paused, tried out: by those who may, and only for what they may hear of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.domain.webhooks.commands import attempts, webhooks
from careline.domain.webhooks.queries import delivery_by_id, webhook_by_id
from careline.domain.webhooks.rules.payloads import event_of
from careline.domain.webhooks.rules.topics import EVERYTHING, TOPICS, checked, verbs_of
from careline.kit.outgoing_http import leads_elsewhere
from careline.kit.outgoing_post import allowing

VERB = "webhook:manage"


def add_webhook(
    agent: Person, *, name: str, url: str, topics: Sequence[str], content: str, by: Actor, at: datetime
) -> tuple[int, str]:
    """Its key, and its secret, which is told only now. Raises Forbidden, BadUrl, NoSuchTopic, TooMany."""
    require(agent, VERB)
    _require_topics(agent, topics, by=by)
    _guard_place(url)
    return webhooks.add_webhook(name, url=url, topics=topics, content=content, owner_id=agent.id, by=by, at=at)


def change_webhook(agent: Person, key: int, *, by: Actor, at: datetime, **given: Any) -> None:
    """Changes name, url, topics, content. Raises NotFound, Forbidden, BadUrl, NoSuchTopic."""
    found = found_webhook(agent, key)
    if not {"url", "topics", "content"}.isdisjoint(given):
        _require_topics(agent, given.get("topics", found.topics), by=by)
    if "url" in given:
        _guard_place(given["url"])
    webhooks.change_webhook(key, owner_id=agent.id, by=by, at=at, **given)


def renew_secret(agent: Person, key: int, *, by: Actor, at: datetime) -> str:
    """The new secret, told only now. Raises NotFound, Forbidden."""
    found_webhook(agent, key)
    return webhooks.renew_secret(key, by=by, at=at)


def pause_webhook(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    found_webhook(agent, key)
    webhooks.pause_webhook(key, by=by, at=at)


def resume_webhook(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    _require_topics(agent, found_webhook(agent, key).topics, by=by)
    webhooks.resume_webhook(key, owner_id=agent.id, by=by, at=at)


def remove_webhook(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    found_webhook(agent, key)
    webhooks.remove_webhook(key, by=by, at=at)


def ping_webhook(agent: Person, key: int, *, by: Actor, at: datetime) -> int:
    """The key of a delivery that says hello. Raises NotFound, Forbidden."""
    found_webhook(agent, key)
    event = event_of(
        key=None, actor_kind=by.kind.value, actor_id=by.id, via=by.via, subject_kind="webhook", subject_key=key, data={}, case=None,
        customer=None,
    )  # fmt: skip
    return attempts.ping(key, event=event, at=at)


def replay_webhook(agent: Person, key: int, *, delivery: int | None, by: Actor, at: datetime) -> int:
    """Sends one delivery again, or all that failed; how many. Raises NotFound, Forbidden, Refused for one that is under way."""
    found_webhook(agent, key)
    if delivery is not None and delivery_by_id(key, delivery) is None:
        raise NotFound(f"There is no delivery {delivery} of this webhook.")
    count = attempts.replay(key, delivery=delivery, by=by, at=at)
    if delivery is not None and not count:
        raise Refused("It is just being sent.")
    return count


def found_webhook(agent: Person, key: int) -> Any:
    """The webhook as it stands. Raises Forbidden, NotFound."""
    require(agent, VERB)
    found = webhook_by_id(key)
    if found is None:
        raise NotFound(f"There is no webhook {key}.")
    return found


def _guard_place(url: str) -> None:
    """Said when it is saved, for whoever types it; judged again at each attempt, since names may lead elsewhere by then."""
    host = urlsplit(webhooks.checked_url(url)).hostname
    if leads_elsewhere(host or "", allowed=allowing(settings.WEBHOOK_NETWORKS)):
        raise webhooks.BadUrl(
            "This address lies in a private network: whoever runs Careline allows it by CARELINE_WEBHOOK_NETWORKS."
        )


def _require_topics(agent: Person, topics: Sequence[str], *, by: Actor) -> None:
    """“Everything” is what its owner may see: by a narrowed token that would be more than the token may."""
    verbs = verbs_of(checked(topics))
    if by.token_scopes and EVERYTHING in topics:
        verbs |= set(TOPICS.values())
    for verb in sorted(verbs):
        require(agent, verb)
