"""A visitor talks: what is said stands in a case, once and in order, and the answer is there."""

from __future__ import annotations

import pytest

from careline.domain.channels.queries import inbound_page
from careline.domain.chats.queries import thread_of, visitor_of_token
from careline.domain.conversations.queries.cases import conversation_by_id, participants_of
from careline.domain.conversations.queries.messages import delivery_of, messages_of
from careline.domain.history.actor import agent
from careline.flows.reply import Draft, reply
from careline.kit import clock
from tests.entrypoints.api.widget.conftest import Visitor
from tests.world import World


def case_of(visitor: Visitor):
    thread = thread_of(visitor_of_token(visitor.token).id)
    return conversation_by_id(thread.conversation_id)


def test_a_first_message_opens_a_case_of_the_sites_team(world: World, carol: Visitor) -> None:
    begun = carol.begins(fields={"name": "Carol", "email": "carol@example.com"})
    case = case_of(carol)
    said = messages_of(case.id)
    assert (begun.status, begun.json["state"], [m["text"] for m in begun.json["messages"]]) == (
        201,
        "waiting",
        ["Where is my bike?"],
    )
    assert (case.subject, case.team_id, case.channel_id) == ("Where is my bike?", world.front.pk, carol.site.id)
    assert [(m.kind, m.form, m.text, m.sender["name"]) for m in said] == [
        ("incoming", "chat", "Where is my bike?", "Carol")
    ]
    assert [(p.kind, p.role) for p in participants_of(case.id)] == [("chat", "requester"), ("email", "cc")]
    assert [(row.door, row.outcome) for row in inbound_page(status="", before=None, limit=1)] == [("chat", "opened")]


def test_what_follows_stands_in_the_same_case_and_the_same_again_is_the_same(carol: Visitor) -> None:
    carol.begins()
    first, again = carol.says("It is red.", client_id="c-2", n=1), carol.says("It is red.", client_id="c-2", n=1)
    assert (first.status, again.status, first.json["id"]) == (201, 200, again.json["id"])
    assert carol.texts == [("visitor", "Where is my bike?"), ("visitor", "It is red.")]
    assert carol.begins().status == 200
    assert len(messages_of(case_of(carol).id)) == 2


def test_a_word_is_kept_together_with_its_talk_or_not_at_all(carol: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    carol.begins()
    with monkeypatch.context() as broken:
        broken.delattr("careline.domain.chats.commands.note_said")
        with pytest.raises(AssertionError, match="500"):
            carol.says("It is red.", client_id="c-2", n=1)
    kept, again = carol.texts, carol.says("It is red.", client_id="c-2", n=1)
    assert kept == [("visitor", "Where is my bike?")]
    assert (again.status, carol.texts) == (201, [("visitor", "Where is my bike?"), ("visitor", "It is red.")])


def test_an_answer_leaves_at_once_and_stands_in_the_chat(world: World, carol: Visitor) -> None:
    carol.begins()
    case = case_of(carol)
    sent = reply(
        world.person(world.ben), case.number, Draft(html="<p>It comes <b>tomorrow</b>.</p>"), by=agent(world.ben.pk), at=clock.now()
    )  # fmt: skip
    thread = carol("GET", "thread").json
    assert delivery_of(sent.message).state == "queued"
    assert [(m["from"], m["name"], m["text"], m["html"]) for m in thread["messages"]][1:] == [
        ("agent", "Ben", "It comes tomorrow.", "<p>It comes <b>tomorrow</b>.</p>")
    ]
    assert thread["agent"] == {"name": "Ben"}


def test_a_message_that_comes_before_its_turn_is_asked_for_again(carol: Visitor) -> None:
    carol.begins()
    early = carol.says("third", client_id="c-4", n=3)
    assert (early.status, early.json["expected"]) == (409, 1)
    assert [
        carol.says(word, client_id=f"x-{n}", n=n).status for n, word in enumerate(("first", "second", "third"), 1)
    ] == [201] * 3
    assert [text for _, text in carol.texts][1:] == ["first", "second", "third"]
