"""A chat that was answered by mail stands whole under "my requests" of whoever has that mailbox."""

import pytest

from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history.actor import agent
from careline.flows.chat_by_mail import mail_due_chats
from careline.flows.reply import Draft, reply
from careline.flows.write_request import Said, write_request
from careline.kit import clock, db
from tests.entrypoints.api.widget.conftest import Visitor, add_site, fresh  # noqa: F401  a fixture
from tests.entrypoints.api.widget.test_by_mail import GONE, react
from tests.entrypoints.api.widget.test_talks import case_of
from tests.flows.test_requests_seen import proven, seen
from tests.world import SUPPORT, World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_chat_and_its_mails_are_one_request(world: World) -> None:
    carol = Visitor(add_site(world))
    carol.comes()
    carol.begins(fields={"name": "Dan", "email": "dan@example.org"})
    case, now = case_of(carol), clock.now()
    reply(world.person(world.ben), case.number, Draft(text="It comes tomorrow."), by=agent(world.ben.pk), at=now)
    react(case.id, at=now)
    assert mail_due_chats(at=now + GONE) == 1
    db.execute("UPDATE conversations_delivery SET state = 'sent'")
    mailed = next(m for m in messages_of(case.id) if m.data.get("copy_of_chat"))
    assert mailed.to[0]["value"] == "dan@example.org"
    assert seen(world, proven(world, "dan@example.org")) == {case.number: ["Where is my bike?", "It comes tomorrow."]}
    assert seen(world, proven(world, "mallory@example.org")) == {}
    assert (
        write_request(proven(world, "dan@example.org"), case.number, Said("Thank you.", token="one"), at=now + 2 * GONE)
        == case.number
    )
    said = messages_of(case.id)[-1]
    assert (said.text, said.channel_id, said.data.get("stranger"), said.to) == (
        "Thank you.", world.mailbox.id, None, [{"kind": "email", "value": SUPPORT, "name": ""}],
    )  # fmt: skip
