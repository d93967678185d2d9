"""An article on its way to readers: handed in, sent back with a remark, approved; by another pair of eyes where the house asks for it."""

from __future__ import annotations

from datetime import datetime

from careline.domain.company.commands import keep_setting
from careline.domain.company.queries import setting
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import versions
from careline.domain.knowledge.commands.versions import ChangedMeanwhile, NothingOpen
from careline.domain.knowledge.queries.articles import newest_version
from careline.domain.knowledge.rules.workflow import APPROVE, OPEN, SEND_BACK, SUBMIT, may_approve
from careline.domain.staff.rules import Person, require
from careline.flows.write_article import PUBLISH, WRITE, found_article

REVIEW = "knowledge:approve"
FOUR_EYES = "articles_need_another"
LONGEST_REMARK = 1000


def submit_article(agent: Person, key: int, language: str, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """It waits for review. Raises Forbidden, NotFound, Refused."""
    require(agent, WRITE)
    found_article(key)
    step(key, language, SUBMIT, seen=seen, by=by, at=at)


def send_back_article(
    agent: Person, key: int, language: str, *, remark: str, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """It is a draft again, with a word why. Raises Forbidden, NotFound, Refused."""
    require(agent, REVIEW)
    found_article(key)
    if len(remark) > LONGEST_REMARK:
        raise Refused("Say in up to 1,000 characters what is missing.")
    step(key, language, SEND_BACK, seen=seen, remark=remark.strip(), by=by, at=at)


def approve_article(
    agent: Person, key: int, language: str, *, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """It may be published. Raises Forbidden, NotFound, Refused."""
    require(agent, REVIEW)
    found_article(key)
    version = newest_version(key, language)
    writers = version.writers if version is not None and version.state in OPEN else None
    if writers is not None and not may_approve(agent.id, writers=writers, needs_another=needs_another()):
        raise Refused("You wrote some of it: somebody else approves it.")
    step(key, language, APPROVE, seen=seen, by=by, at=at)


def set_four_eyes(agent: Person, *, on: bool, by: Actor, at: datetime) -> None:
    """Whether nobody approves what they wrote themselves. Raises Forbidden."""
    require(agent, PUBLISH)
    keep_setting(FOUR_EYES, on, by=by, at=at)


def needs_another() -> bool:
    return bool(setting(FOUR_EYES))


def step(
    key: int, language: str, act: str, *, seen: int | None, due_at: datetime | None = None, remark: str = "", by: Actor, at: datetime
) -> None:  # fmt: skip
    """One step on the way. Raises Refused."""
    try:
        versions.move(key, language, act, seen=seen, due_at=due_at, remark=remark, by=by, at=at)
    except (NothingOpen, ChangedMeanwhile, ValueError) as wrong:
        raise Refused(str(wrong)) from wrong
