"""What came after Northwind's answers: 60 days of survey answers, follow-ups, suggestions, praise and reviews."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from careline.domain.channels.queries import channels
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_by_number
from careline.domain.followups.commands import follow_ups, voices
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.followups.commands.voices import NewVoice
from careline.domain.followups.queries.voices import held_voice
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.surveys.commands.bringing_in import bring_in_answers
from careline.domain.surveys.commands.surveys import add_survey
from careline.domain.surveys.queries.surveys import resolved_cases
from careline.domain.surveys.rules.content import content_from
from careline.domain.surveys.rules.defaults import content_to_begin_with
from careline.domain.surveys.rules.settings import Settings
from careline.entrypoints.console.demo.house import Northwind
from careline.flows.open_case import Opening
from careline.flows.record_feedback import record_review

_SCORES = (5, 5, 4, 5, 3, 4, 5, 2, 4, 5, 1, 5, 4, 4, 5)
_COMMENTS = {
    1: "I had to explain the same thing three times.", 2: "It took too long until somebody answered.",
    3: "", 4: "", 5: "Friendly, quick, and it worked at once.",
}  # fmt: skip
_ASKED_OF_TEN, _ANSWERED_OF_TEN = 8, 4
_SUGGESTIONS = (
    ("Track the parcel on the order page", "planned", 9), ("Child seats that fit the Tern", "considered", 6),
    ("Opening hours on Sunday in summer", "declined", 4), ("A discount for whoever brings an old bike", "new", 3),
    ("Invoices as PDF in the account", "done", 7),
)  # fmt: skip
_PRAISE = (("ben", "Ben found the right bearing from a photo"), ("dora", "Dora called back on the same evening"))
_REVIEWS = (
    ("google", 5, "Marek W.", "Brought my e-bike back to life within two days. Fair price."),
    ("trustpilot", 2, "L. Fontaine", "The bike is good, but nobody told me that the delivery would be late."),
)  # fmt: skip


def care_afterwards(house: Northwind, *, now: datetime) -> None:
    chance = random.Random(23)  # noqa: S311  the same company every time
    resolved = [row for row in resolved_cases() if row.resolved_at < now - timedelta(hours=3)]
    if not resolved:
        return
    _ask(resolved, chance, now=now)
    _owe(house, resolved, now=now)
    _hear(house, [row for row in resolved if row.team_id], now=now)
    _read_reviews(house, now=now)


def _ask(resolved: list[Any], chance: random.Random, *, now: datetime) -> None:
    said = Settings("After every case", "csat", is_on=True, low_at_most=2)
    survey = add_survey(said, content_from(content_to_begin_with("csat")), by=SYSTEM, at=resolved[0].resolved_at)
    asked: list[dict[str, Any]] = []
    answered: list[dict[str, Any]] = []
    for row in resolved:
        if chance.randrange(10) >= _ASKED_OF_TEN:
            continue
        has_answered = chance.randrange(10) < _ANSWERED_OF_TEN
        at = min(
            row.resolved_at + timedelta(minutes=70 + chance.randrange(2000)),
            now - timedelta(minutes=chance.randrange(1, 60)),
        )
        sent = row.resolved_at + timedelta(hours=1)
        asked.append({
            "id": row.id, "kind": row.channel_kind, "state": "answered" if has_answered else "sent", "sent": sent.isoformat(),
            "digest": f"demo-{row.id}", "expires": (sent + timedelta(days=30)).isoformat(),
        })  # fmt: skip
        if has_answered:
            score = _SCORES[chance.randrange(len(_SCORES))]
            comment = _COMMENTS[score] if chance.randrange(3) == 0 else ""
            answered.append({"id": row.id, "score": score, "comment": comment, "at": at.isoformat()})
    bring_in_answers(survey, asked, answered)


def _owe(house: Northwind, resolved: list[Any], *, now: datetime) -> None:
    """One is late, one is due tomorrow, one in some days, and some are done."""
    ben, newest = house.people["ben"], [row for row in resolved if row.assignee_id][-12:]
    when = (now + timedelta(hours=20), now + timedelta(days=3), now + timedelta(hours=2))
    reasons = (
        "Ask whether the brake still rubs.",
        "Has the spare part arrived?",
        "Is everything right with the frame now?",
    )
    for row, due, reason in zip(newest, when, reasons, strict=False):
        case = conversation_by_id(row.id)
        plan = Plan("call" if "brake" in reason else "mail", due, row.assignee_id, reason)
        follow_ups.add_follow_up(case, plan, by=agent(row.assignee_id), at=now - timedelta(days=1))
    for row, outcome in zip(newest[3:], ("satisfied", "satisfied", "not_reached", "further_question"), strict=False):
        follow_ups.note_outcome(
            conversation_by_id(row.id), outcome=outcome, note="", by=agent(ben.id), at=now - timedelta(days=1)
        )


def _hear(house: Northwind, cases: list[Any], *, now: datetime) -> None:
    gus, place = house.people["gus"], 0
    at = now - timedelta(days=6)
    for title, state, votes in _SUGGESTIONS:
        key = voices.add_voice(NewVoice("suggestion", title, owner=gus.id), by=agent(gus.id), at=at)
        held = held_voice(key)
        for row in cases[place : place + votes]:
            voices.add_vote(held, conversation_by_id(row.id), by=SYSTEM, at=at)
        place = (place + votes) % max(1, len(cases) - 10)
        if state != "new":
            voices.move_voice(held, state=state, answer="", by=agent(gus.id), at=now - timedelta(days=2))
    for name, title in _PRAISE:
        praised = house.people[name]
        case = next((row for row in reversed(cases) if row.assignee_id == praised.id), None)
        key = voices.add_voice(NewVoice("compliment", title, person=praised.id), by=agent(gus.id), at=at)
        if case is not None:
            voices.add_vote(held_voice(key), conversation_by_id(case.id), by=agent(gus.id), at=at)


def _read_reviews(house: Northwind, *, now: datetime) -> None:
    ada = house.people["ada"]
    box = next(iter(channels(kind="email")))
    for days, (source, stars, author, text) in enumerate(_REVIEWS, start=2):
        at = now - timedelta(days=days)
        opening = Opening("note", box, subject=f"{source.capitalize()}: {'★' * stars} {author}", text=text)
        number = record_review(
            ada, opening, source=source, url=f"https://{source}.example/northwind/{days}", author=author, stars=stars, posted_on=at.date(),
            by=agent(ada.id), at=at,
        )  # fmt: skip
        assert conversation_by_number(number) is not None
