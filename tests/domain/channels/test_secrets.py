"""A mailbox's password is sealed wherever it was written, and shown to nobody."""

import pytest

from careline.domain.channels import commands as channels
from careline.domain.channels.queries import channel_by_id
from careline.domain.channels.rules import without_password
from careline.domain.history.actor import SYSTEM
from careline.kit import db
from tests.world import NOON, World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_password_in_an_address_is_sealed(world: World) -> None:
    key = world.mailbox.id
    given = {
        "smtp_url": "smtp://ben:p%40ss@mail.example:587?tls=none",
        "imap_url": "imaps://ben:other@mail.example:993",
    }
    channels.change_channel(key, settings=given, by=SYSTEM, at=NOON)
    box = channel_by_id(key)
    assert box is not None
    assert box.settings["smtp_url"] == "smtp://ben@mail.example:587?tls=none"
    assert box.settings["imap_url"] == "imaps://ben@mail.example:993"
    assert box.secrets == {"smtp_password": "p@ss", "imap_password": "other"}
    assert (
        db.value(
            "SELECT count(*) FROM channels_channel c WHERE c::text LIKE '%%p%%40ss%%' OR c::text LIKE '%%other@%%'"
        )
        == 0
    )


@pytest.mark.parametrize("url", ["", "smtp://mail.example", "smtp://ben@mail.example", "smtp://[", "ben:secret"])
def test_an_address_without_a_password_stays_as_it_is(url: str) -> None:
    assert without_password(url) == (url, "")
