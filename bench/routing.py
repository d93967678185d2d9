"""Routing: a backlog of cases to 500 people with 12 skills, one arriving case, and one person who has room again.

Each person knows six of the twelve skills at some level and can have 20 cases; each case asks for one or two skills by its topic.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import median

from bench.figures import Figure, Part
from careline.domain.history.actor import SYSTEM
from careline.domain.routing.commands import marks
from careline.domain.staff import commands as staff
from careline.domain.staff.granting import ensure_roles
from careline.flows.route import work_on_marks
from careline.kit import db

PEOPLE, SKILLS, UNITS = 500, 12, 20
SECONDS_FOR_ALL, MS_FOR_ONE, BACKLOG = 5.0, 20.0, 50_000
_PEOPLE = """
INSERT INTO staff_agent (email, name, role_id, password, is_active, language, time_zone, settings, joined_at)
SELECT 'r' || n || '.' || gen_random_uuid() || '@northwind.example', 'Person ' || n,
    (SELECT id FROM staff_role WHERE code = 'representative'), '!', true, '', '', '{}', now()
FROM generate_series(1, %s) n RETURNING id
"""
_CASES = """
INSERT INTO conversations_conversation (number, subject, status_id, category, is_spam, priority, channel_id, channel_ids, brand_id, team_id,
    follower_ids, tag_ids, fields, language, created_at, updated_at, waiting_since, next_due_at, due_kind, last_snippet, message_count,
    has_attachment, pending_approvals, version, topic_id)
SELECT nextval('case_number'), 'Matter ' || n, (SELECT id FROM conversations_status WHERE category = 'open' LIMIT 1), 'open', false,
    1 + n %% 4, NULL, '{}', (SELECT id FROM company_brand LIMIT 1), %(team)s, '{}', '{}', '{}', 'en', now(), now(), now(),
    now() + n %% 97 * interval '1 minute', 'answer', '', 1, false, 0, 1, (%(topics)s::bigint[])[1 + n %% array_length(%(topics)s::bigint[], 1)]
FROM generate_series(1, %(n)s) n RETURNING id
"""


def measure(part: Part) -> None:
    team, topics, nobodys = _house()
    for size in (1_000, 10_000, 100_000):
        _fresh()
        _cases(size, team, topics)
        marks.mark_queues([team], at=_now())
        began, given, slowest = time.perf_counter(), 0, 0.0
        while True:
            step = time.perf_counter()
            worked = work_on_marks(at=_now())
            slowest = max(slowest, time.perf_counter() - step)
            given += worked.given
            if not worked.marks:
                break
        spent = time.perf_counter() - began
        target = SECONDS_FOR_ALL if size == 10_000 else None
        part.add(Figure(f"{size:,} waiting cases to {PEOPLE} people", spent, "s", target, True,
                        f"{given:,} given out; the longest transaction {slowest * 1000:.0f} ms"))  # fmt: skip
    _fresh()
    _cases(BACKLOG, team, [nobodys])
    _one_case(part, team, topics)
    _one_person(part, team)


def _one_case(part: Part, team: int, topics: list[int]) -> None:
    spent, given = [], 0
    for _ in range(50):
        case = _cases(1, team, topics)[0]
        marks.mark_cases([case], at=_now())
        began = time.perf_counter()
        given += work_on_marks(at=_now()).given
        spent.append((time.perf_counter() - began) * 1000)
    part.add(Figure(f"One arriving case, {BACKLOG:,} waiting", median(spent), "ms", MS_FOR_ONE, True,
                    f"{given} of 50 given out; the longest {max(spent):.0f} ms"))  # fmt: skip


def _one_person(part: Part, team: int) -> None:
    """Nobody can do what waits: the whole backlog is looked through for them."""
    agent = db.value("SELECT max(agent_id) FROM staff_membership WHERE team_id = %s", [team])
    spent = []
    for _ in range(5):
        marks.mark_people([agent], at=_now())
        began = time.perf_counter()
        work_on_marks(at=_now())
        spent.append((time.perf_counter() - began) * 1000)
    part.add(Figure(f"One person has room again, none of {BACKLOG:,} for them", median(spent), "ms"))


def _house() -> tuple[int, list[int], int]:
    ensure_roles()
    team = int(staff.add_team(f"Routing {_now():%H%M%S}", by=SYSTEM, at=_now()).pk)
    people = [row.id for row in db.rows(_PEOPLE, [PEOPLE])]
    skills = [
        row.id
        for row in db.rows(
            "INSERT INTO staff_skill (kind, name) SELECT 'product', 'Skill ' || n || ' of ' || %s FROM generate_series(1, %s) n RETURNING id",
            [team, SKILLS + 1],
        )
    ]
    topics = [_topic(f"routing-{team}-{n}") for n in range(SKILLS + 1)]
    db.execute(
        "INSERT INTO staff_membership (agent_id, team_id) SELECT p, %s FROM unnest(%s::bigint[]) p", [team, people]
    )
    db.execute(
        """INSERT INTO staff_attendance (agent_id, state, since, units) SELECT p, 'available', now(), %s FROM unnest(%s::bigint[]) p""",
        [UNITS, people],
    )
    db.execute(
        """INSERT INTO staff_agentskill (agent_id, skill_id, level)
           SELECT p, s.id, 1 + (p + s.n) %% 5 FROM unnest(%s::bigint[]) p, unnest(%s::bigint[]) WITH ORDINALITY AS s (id, n)
           WHERE (p + s.n) %% 2 = 0""",
        [people, skills[:SKILLS]],
    )
    for n, topic in enumerate(topics):
        for skill, level in {skills[n]: 1 + n % 3, skills[(n + 2) % SKILLS] if n < SKILLS else skills[n]: 1}.items():
            db.execute("INSERT INTO routing_requirement (skill_id, level, is_mandatory, topic_id, language) VALUES (%s, %s, true, %s, '')",
                       [skill, level, topic])  # fmt: skip
    db.execute(
        """INSERT INTO routing_queue (team_id, mode, strategy, accept_seconds, when_missed, sticky_days, sticky_minutes, turns)
           VALUES (%s, 'push', 'least_loaded', 0, 'next', 0, 0, 0)""",
        [team],
    )
    return team, topics[:SKILLS], topics[SKILLS]


def _topic(code: str) -> int:
    return int(
        db.value(
            "INSERT INTO conversations_topic (name, position) VALUES (%s, 0) RETURNING id", [db.json({"en": code})]
        )
    )


def _cases(n: int, team: int, topics: list[int]) -> list[int]:
    rows = db.rows(_CASES, {"n": n, "team": team, "topics": topics})
    if n > 1:
        db.execute("VACUUM ANALYZE conversations_conversation")
    return [row.id for row in rows]


def _fresh() -> None:
    db.execute("TRUNCATE routing_mark, routing_turn")
    db.execute("TRUNCATE conversations_conversation CASCADE")


def _now() -> datetime:
    return datetime.now(UTC)
