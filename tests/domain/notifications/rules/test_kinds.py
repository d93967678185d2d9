"""Who hears of what."""

import pytest

from careline.domain.notifications.rules.kinds import Around, hearers_of

ADA, BEN, CLEO, DORA = 1, 2, 3, 4
CASE = Around(assignee=ADA, followers=(BEN, ADA))


@pytest.mark.parametrize(
    ("name", "data", "around", "wanted"),
    [
        ("conversation.assigned", {"assignee": BEN, "assignee_before": ADA}, CASE, [(BEN, "assigned")]),
        ("conversation.assigned", {"assignee": BEN, "assignee_before": BEN}, CASE, []),
        ("conversation.assigned", {"assignee": None, "assignee_before": BEN}, CASE, []),
        ("conversation.assigned", {"assignee": BEN}, Around(assignee=BEN, offered_to=BEN), [(BEN, "offered")]),
        ("conversation.mentioned", {"agents": [CLEO, DORA, CLEO]}, CASE, [(CLEO, "mentioned"), (DORA, "mentioned")]),
        ("message.received", {}, CASE, [(ADA, "answered"), (BEN, "answered")]),
        ("message.received", {"opened": True}, CASE, []),
        ("message.received", {}, Around(), []),
        ("note.added", {}, Around(assignee=ADA, followers=(BEN,), named=(BEN,)), [(ADA, "note")]),
        ("sla.warned", {}, CASE, [(ADA, "promise_near"), (BEN, "promise_near")]),
        ("sla.broken", {}, Around(assignee=ADA), [(ADA, "promise_broken")]),
        ("rule.notified", {"agent": CLEO, "team": None}, CASE, [(CLEO, "rule")]),
        ("rule.notified", {"agent": None, "team": 9}, Around(members=(BEN, CLEO)), [(BEN, "rule"), (CLEO, "rule")]),
        ("escalation.raised", {}, Around(assignee=ADA), [(ADA, "escalated")]),
        ("escalation.raised", {}, Around(members=(BEN,)), [(BEN, "escalated")]),
        ("message.failed", {}, Around(assignee=ADA, author=CLEO), [(CLEO, "failed")]),
        ("message.failed", {}, Around(assignee=ADA), []),
        ("conversation.tagged", {}, CASE, []),
    ],
)
def test_each_hears_of_what_concerns_them(name: str, data: dict, around: Around, wanted: list) -> None:  # type: ignore[type-arg]
    assert hearers_of(name, data, around, actor=None) == wanted


def test_nobody_hears_of_what_they_did_themselves() -> None:
    assert hearers_of("note.added", {}, CASE, actor=ADA) == [(BEN, "note")]
    assert hearers_of("conversation.assigned", {"assignee": ADA}, CASE, actor=ADA) == []
