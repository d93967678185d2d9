"""Who looks at a case and who types in it: told to those who may see the case, gone within seconds."""

import json
from types import SimpleNamespace
from typing import Any

from careline.entrypoints.live.hub import Hub, Listener
from careline.entrypoints.live.presence import DIES_AFTER, Presence, gone, report_of

FRONT = frozenset({"staff", "team:1", "agent:7"})
BACK = frozenset({"staff", "team:2", "agent:8"})


class Told(Hub):
    """A hub whose listeners are read at once."""

    def __init__(self) -> None:
        super().__init__()
        self.front, self.back, self.own = Listener(7, FRONT), Listener(8, BACK), Listener(2, frozenset({"team:1"}))
        for listener in (self.front, self.back, self.own):
            self.join(listener)

    def tell(self, topics: Any, event: bytes, *, only: Any = None, but: int | None = None) -> None:
        for listener in {found for topic in topics for found in self._by_topic.get(topic, ())}:
            if (only is None or listener.agent in only) and listener.agent != but:
                listener.give(event)


def test_colleagues_who_see_the_case_are_told_and_nobody_else() -> None:
    hub = Told()
    Presence(hub).take(_report("view"), now=0)
    assert (_heard(hub.front), _heard(hub.back), _heard(hub.own)) == ([(12, 2, "Ben", "view")], [], [])


def test_typing_is_told_as_answer_or_note_and_a_beat_that_says_nothing_new_is_not() -> None:
    hub = Told()
    presence = Presence(hub)
    for doing in ("view", "view", "reply", "reply", "note"):
        presence.take(_report(doing), now=0)
    assert [doing for *_, doing in _heard(hub.front)] == ["view", "reply", "note"]


def test_who_leaves_is_gone_at_once() -> None:
    hub = Told()
    presence = Presence(hub)
    presence.take(_report("view"), now=0)
    presence.take(_report(""), now=1)
    assert [doing for *_, doing in _heard(hub.front)] == ["view", ""]
    assert presence.known_to(Listener(9, FRONT)) == b""


def test_who_is_heard_of_no_more_is_gone_within_seconds() -> None:
    hub = Told()
    presence = Presence(hub)
    presence.take(_report("reply"), now=0)
    presence.let_die(now=DIES_AFTER - 0.1)
    assert len(_heard(hub.front)) == 1
    presence.let_die(now=DIES_AFTER)
    assert [doing for *_, doing in _heard(hub.front)] == ["reply", ""]
    assert DIES_AFTER <= 15


def test_who_closes_the_last_browser_is_gone_from_every_case() -> None:
    hub = Told()
    presence = Presence(hub)
    presence.take(_report("view", number=12), now=0)
    presence.take(_report("reply", number=13), now=0)
    presence.take(gone(2), now=1)
    assert [(number, doing) for number, _, _, doing in _heard(hub.front)] == [
        (12, "view"),
        (13, "reply"),
        (12, ""),
        (13, ""),
    ]


def test_a_browser_that_comes_later_is_told_who_is_there_already() -> None:
    presence = Presence(Told())
    presence.take(_report("note"), now=0)
    assert (_events(presence.known_to(Listener(9, FRONT))), presence.known_to(Listener(8, BACK))) == (
        [(12, 2, "Ben", "note")],
        b"",
    )
    assert presence.known_to(Listener(2, FRONT)) == b"", "oneself is no news"


def test_of_a_restricted_case_only_those_named_on_it_hear() -> None:
    hub = Told()
    Presence(hub).take(_report("view", only=[8]), now=0)
    assert _heard(hub.front) == []


def test_a_case_that_moved_on_is_told_no_more_to_those_who_had_it() -> None:
    hub = Told()
    presence = Presence(hub)
    presence.take(_report("view"), now=0)
    presence.take(_report("view", team=2), now=1)
    assert [doing for *_, doing in _heard(hub.front)] == ["view", ""]
    assert [doing for *_, doing in _heard(hub.back)] == ["view"]


def test_nonsense_is_passed_over() -> None:
    hub = Told()
    for words in ("", "{", "[]", "{}", '{"number": 1}', '"x"'):
        Presence(hub).take(words, now=0)
    assert _heard(hub.front) == []


def test_a_case_with_a_thousand_followers_fits_into_a_notification() -> None:
    words = _report("view", followers=range(100_000, 101_000))
    assert len(words) < 8_000
    hub = Told()
    Presence(hub).take(words, now=0)
    assert len(_heard(hub.front)) == 1


def _report(doing: str, *, number: int = 12, team: int = 1, only: Any = None, followers: Any = ()) -> str:
    case = SimpleNamespace(
        number=number, assignee_id=None, team_id=team, channel_id=3, brand_id=4, follower_ids=list(followers), mentioned_ids=None,
        restricted_to=only,
    )  # fmt: skip
    return report_of(case, agent=2, name="Ben", doing=doing)


def _heard(listener: Listener) -> list[tuple[Any, ...]]:
    return _events(b"".join(listener.waiting))


def _events(data: bytes) -> list[tuple[Any, ...]]:
    said = [
        json.loads(event.partition("data: ")[2]) for event in data.decode().split("\n\n") if "event: presence" in event
    ]
    return [(one["number"], one["agent"], one["name"], one["doing"]) for one in said]
