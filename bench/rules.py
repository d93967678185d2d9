"""Rules: one happening judged by a hundred of them, the CPU that takes, and a rule by time over all cases."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

from django.db import transaction

from bench.figures import Figure, Part
from careline.automation.rules.triggers import react, read_rules, rules_for
from careline.domain.conversations.commands.labels import tag_ids
from careline.domain.history.actor import SYSTEM
from careline.domain.history.queries import Happened
from careline.domain.triggers.commands.rules import Written, add_rule
from careline.domain.triggers.queries.facts import known_of
from careline.domain.triggers.queries.matching import newly_fitting
from careline.domain.triggers.rules.conditions import Group, conditions_from
from careline.domain.triggers.rules.judging import Known, Moment, judge
from careline.kit import clock, db

RULES, CPU_MS, TIMES = 100, 5.0, 200


def measure(part: Part) -> None:
    """What it writes is undone: the install is kept between runs."""
    with transaction.atomic():
        _measured(part)
        transaction.set_rollback(True)


def _measured(part: Part) -> None:
    now = clock.now()
    case = db.value("SELECT max(id) FROM conversations_conversation WHERE merged_into_id IS NULL")
    trees = [conditions_from(conditions(n), {}, has_happening=True) for n in range(RULES)]
    values = known_of([case], at=now)[case].values
    moment = Moment(now, UTC)
    judged = _cpu(lambda: _judged(trees, Known(values), moment))
    part.add(Figure("One happening judged by 100 rules, CPU", judged, "ms", CPU_MS, at_most=True))
    part.add(Figure("Facts of one case read, CPU of the application", _cpu(lambda: known_of([case], at=now)), "ms"))
    tag_ids([f"tag{n}" for n in range(RULES)])
    author = int(db.value("SELECT min(id) FROM staff_agent"))
    for n in range(RULES):
        add_rule(_rule(n), author=author, by=SYSTEM, at=now)
    calm = db.value("SELECT max(id) FROM conversations_conversation WHERE merged_into_id IS NULL AND message_count < 50 AND created_at < %s",
                    [now - timedelta(days=1)])  # fmt: skip
    rows, happened = read_rules(), _written(calm, now)
    ids = itertools.count(10**9)
    whole = _cpu(lambda: react(replace(happened, id=next(ids)), rows, at=now))
    part.add(Figure("The same with the facts read and the log written, CPU", whole, "ms", CPU_MS, at_most=True))
    part.add(Figure("Which of 100 rules hear of a happening, CPU", _cpu(lambda: rules_for(happened, rows)), "ms"))
    tree = conditions_from(
        {"all": [{"fact": "category", "is": ["open"]}, {"fact": "waiting", "over": 400, "unit": "days"}]},
        {},
        has_happening=False,
    )
    begun = time.perf_counter()
    newly_fitting(rows[0].id, tree, moment, limit=20)
    part.add(Figure("A rule by time looks at all cases", (time.perf_counter() - begun) * 1000, "ms"))


def _judged(trees: list[Group], known: Known, moment: Moment) -> None:
    """As the worker does: what is known of a case is read once for all rules."""
    for tree in trees:
        judge(tree, known, moment)


def conditions(n: int) -> dict[str, Any]:
    return {
        "all": [
            {"fact": "category", "is": ["open", "waiting", "resolved"]}, {"fact": "text", "has_none": [f"word{n}", "lawyer"]},
            {"any": [{"fact": "tags", "has_any": [f"tag{n}"]}, {"fact": "messages", "at_least": n + 50}, {"fact": "age", "under": 1}]},
        ]
    }  # fmt: skip


def _cpu(work: Callable[[], Any]) -> float:
    work()
    begun = time.process_time()
    for _ in range(TIMES):
        work()
    return (time.process_time() - begun) * 1000 / TIMES


def _rule(n: int) -> Written:
    return Written(f"Rule {n}", "trigger", ["customer_wrote"], conditions(n), [{"do": "priority", "to": "high"}])


def _written(case: int, now: Any) -> Happened:
    return Happened(
        1, 1, now + timedelta(seconds=1), "customer", 1, "mail", "message.received", "message", 1, case, None, {}
    )
