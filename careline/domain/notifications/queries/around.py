"""Who is around the cases of a batch of happenings, each asked for once however many there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from careline.domain.conversations.queries.visibility import visible
from careline.domain.history.queries import Happened
from careline.domain.notifications.rules.kinds import Around
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

_CASES = """
SELECT c.id, c.assignee_id, c.follower_ids, c.team_id,
    (SELECT o.agent_id FROM routing_offer o WHERE o.conversation_id = c.id AND o.ended_at IS NULL LIMIT 1) AS offered_to
FROM conversations_conversation c WHERE c.id = ANY(%s) AND c.merged_into_id IS NULL AND NOT c.is_spam
"""
_MESSAGES = """
SELECT m.id, CASE WHEN m.author_kind = 'agent' THEN m.author_id END AS author,
    ARRAY(SELECT n.agent_id FROM conversations_mention n WHERE n.message_id = m.id) AS named
FROM conversations_message m WHERE m.id = ANY(%s)
"""
_MEMBERS = "SELECT team_id, array_agg(agent_id ORDER BY agent_id) AS agents FROM staff_membership WHERE team_id = ANY(%s) GROUP BY team_id"


def around_of(happenings: Sequence[Happened]) -> dict[int, Around]:
    """Happening → who is around it; without those whose case is gone, merged away or spam."""
    cases = {row.id: row for row in db.rows(_CASES, [[h.conversation_id for h in happenings]])}
    of_messages = [h.subject_key for h in happenings if h.subject_kind == "message"]
    messages = {row.id: row for row in db.rows(_MESSAGES, [of_messages])} if of_messages else {}
    teams = {_team_of(h, cases) for h in happenings if h.name in _OF_TEAMS and h.conversation_id in cases} - {None}
    members = {row.team_id: tuple(row.agents) for row in db.rows(_MEMBERS, [list(teams)])} if teams else {}
    found = {}
    for h in happenings:
        case = cases.get(h.conversation_id or 0)
        if case is not None:
            message = messages.get(h.subject_key) if h.subject_kind == "message" else None
            found[h.id] = Around(
                assignee=case.assignee_id, followers=tuple(case.follower_ids or ()), offered_to=case.offered_to,
                named=tuple(message.named) if message else (), author=message.author if message else None,
                members=members.get(_team_of(h, cases) or 0, ()),
            )  # fmt: skip
    return found


_OF_TEAMS = frozenset({"rule.notified", "escalation.raised"})


def _team_of(h: Happened, cases: dict[int, object]) -> int | None:
    team = h.data.get("team")
    if team is None and h.name == "escalation.raised":
        team = getattr(cases.get(h.conversation_id or 0), "team_id", None)
    return int(team) if team else None


def reached(person: Person, cases: Collection[int]) -> set[int]:
    """Which of these cases (by key) the person may read, and has not muted."""
    condition, params = visible(reach_of(person, "conversation:read"))
    found = db.rows(
        f"""SELECT c.id FROM conversations_conversation c WHERE c.id = ANY(%(ids)s) AND {condition}
            AND NOT EXISTS (SELECT FROM notifications_mute u WHERE u.agent_id = %(me)s AND u.conversation_id = c.id)""",
        params | {"ids": list(cases), "me": person.id},
    )
    return {row.id for row in found}
