"""Papers of a request come in, are checked or rejected. A file that was rejected stays. Guarded: flows only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.files.commands import keep
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.requests.commands.requests import ask_paper, go_on, say, wait
from careline.domain.requests.errors import RequestRefused
from careline.domain.requests.queries.requests import papers_of
from careline.domain.requests.rules.content import Content
from careline.kit import db


@transaction.atomic
def receive_paper(
    row: Any, key: str, *, digest: str, name: str, media_type: str, size: int, by: Actor, at: datetime
) -> int:
    """A file came for a paper; once nothing is asked for any more the request goes on. Raises RequestRefused where it was not asked for."""
    keep({digest: size}, at=at)
    found = db.value(
        """UPDATE requests_paper SET state = 'received', file_id = %(file)s, name = %(name)s, media_type = %(type)s, size = %(size)s,
               received_at = %(at)s WHERE request_id = %(request)s AND key = %(key)s AND state = 'asked' RETURNING id""",
        {"file": digest, "name": name, "type": media_type, "size": size, "at": at, "request": row.id, "key": key},
    )  # fmt: skip
    if found is None:
        raise RequestRefused("paper_not_asked", "This paper is not asked for just now.")
    say("paper_received", row, {"paper": int(found), "key": key}, by=by, at=at)
    if not any(one.state == "asked" for one in papers_of([row.id])):
        go_on(row, at=at)
    return int(found)


@transaction.atomic
def check_paper(row: Any, paper: Any, *, by: Actor, at: datetime) -> None:
    """It is what was asked for. Raises RequestRefused where it has not come."""
    _judge(paper, "checked", "", by=by, at=at)
    say("paper_checked", row, {"paper": paper.id, "key": paper.key}, by=by, at=at)


@transaction.atomic
def reject_paper(row: Any, paper: Any, *, reason: str, by: Actor, at: datetime) -> None:
    """It is not: another is asked for, and the customer waited for."""
    _judge(paper, "rejected", reason, by=by, at=at)
    ask_paper(row.id, paper.key, at=at)
    wait(row, at=at)
    say("paper_rejected", row, {"paper": paper.id, "key": paper.key}, by=by, at=at)


def are_complete(content: Content, papers: list[Any]) -> bool:
    """Whether each paper that is needed was checked, and nothing that came waits to be looked at."""
    checked = {one.key for one in papers if one.state == "checked"}
    waits = any(one.state == "received" for one in papers)
    return not waits and all(one.key in checked for one in content.papers if one.is_required)


def _judge(paper: Any, state: str, reason: str, *, by: Actor, at: datetime) -> None:
    done = db.execute(
        """UPDATE requests_paper SET state = %s, reason = %s, checked_at = %s, checked_by_id = %s
           WHERE id = %s AND state = 'received'""",
        [state, reason, at, by.id if by.kind is ActorKind.AGENT else None, paper.id],
    )
    if not done:
        raise RequestRefused(
            "paper_not_there", "There is nothing to look at: it has not come, or was looked at already."
        )
