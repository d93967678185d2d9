"""What every channel kind must do, whatever it speaks; and that a copied folder is a kind."""

import importlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careline.domain.channels as rooms
from careline.domain.channels import adapter as kinds
from careline.domain.channels.adapter import Capabilities, ChannelRow, Outcome, Outgoing, RawMessage, Sent, adapters
from careline.domain.channels.inbound import Inbound, InboundKind, Party

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KINDS = sorted(adapters())
GARBAGE = [
    b"", b"\0", b"\r\n\r\n", b"{", b"[]", b"null", b'{"from": 7, "to": {}, "files": [1, {"content": "?"}], "subject": []}',
    b'{"text": "\\u0000 \\ud800", "sent_at": "9999-99-99"}', b"\xff\xfe" * 50, b"From: \r\nSubject: =?x?q?", b"[" * 5000,
]  # fmt: skip
LETTER = Outgoing(
    1, 7, "Re: Where is my bike?", "It comes tomorrow.", "<p>It comes tomorrow.</p>", [Party("carol@example.com", "Carol")],
    external_id="<c.1@northwind.example>", sent_at=NOON,
)  # fmt: skip


def channel_of(kind: str, **settings: object) -> ChannelRow:
    return ChannelRow(1, kind, "Support", "support@northwind.example", 1, None, settings)


def read(kind: str, raw: bytes) -> Inbound:
    message = RawMessage(raw, "carol@example.com", ["support@northwind.example"])
    return adapters()[kind].parse(message, channel=channel_of(kind), own=frozenset({"support@northwind.example"}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_named_once_and_says_what_it_can(kind: str) -> None:
    found = adapters()[kind]
    assert (found.kind, found.kind == kind.lower(), isinstance(found.capabilities, Capabilities)) == (kind, True, True)
    assert len(adapters()) == len({each.kind for each in adapters().values()})


@pytest.mark.parametrize("kind", KINDS)
def test_settings_are_named_once_labelled_and_secrets_have_no_default(kind: str) -> None:
    settings = adapters()[kind].settings
    names = [setting.name for setting in settings]
    assert names == list(dict.fromkeys(names))
    assert all(setting.name.isidentifier() and setting.label for setting in settings)
    assert [setting.name for setting in settings if setting.secret and setting.default] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", GARBAGE, ids=repr)
def test_reading_garbage_gives_something_and_never_fails(kind: str, raw: bytes) -> None:
    assert isinstance(read(kind, raw).kind, InboundKind)


@pytest.mark.parametrize("kind", KINDS)
@given(raw=st.binary(max_size=400))
def test_reading_any_bytes_never_fails_and_is_the_same_twice(kind: str, raw: bytes) -> None:
    first, second = read(kind, raw), read(kind, raw)
    assert first.fingerprint == second.fingerprint != ""
    assert first.external_id not in first.references or not first.external_id
    assert "\0" not in first.text + first.subject + first.sender.value


@pytest.mark.parametrize("kind", KINDS)
def test_sending_says_how_it_ended(kind: str, settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:9?tls=none"
    sent = adapters()[kind].send(LETTER, channel=channel_of(kind), before_point_of_no_return=lambda: None)
    assert isinstance(sent, Sent)
    assert isinstance(sent.outcome, Outcome)
    assert sent.words


@pytest.mark.parametrize("kind", KINDS)
def test_a_channel_without_a_connection_of_its_own_ends_at_once(kind: str) -> None:
    told: list[object] = []
    stop = Event()
    stop.set()
    adapters()[kind].run(
        channel_of(kind),
        deliver=lambda raw, envelope: told.append(raw),
        stop=stop,
        note_health=told.append,
        now=lambda: NOON,
    )
    assert told == []


@pytest.mark.parametrize(
    ("wanted", "crosses"),
    [("sent", True), ("uncertain", True), ("retry", False), ("failed", False), ("nonsense", False)],
)
def test_the_fake_ends_as_it_is_told_and_keeps_what_left(wanted: str, crosses: bool) -> None:
    fake = adapters()["fake"]
    before, crossed = len(fake.sent), []
    letter = replace(LETTER, message=before + 1)
    told = fake.send(
        letter, channel=channel_of("fake", outcome=wanted), before_point_of_no_return=lambda: crossed.append(1)
    )
    assert told.outcome == (wanted if wanted in set(Outcome) else "failed")
    assert (len(crossed), len(fake.sent) - before) == (int(crosses), int(crosses))
    assert not crosses or fake.sent[-1] == letter


def test_the_fake_reads_what_is_written() -> None:
    written = {
        "id": "m-2", "from": {"value": "carol@example.com", "name": "Carol"}, "to": [{"value": "support@northwind.example"}],
        "subject": "A\nbike", "text": "Hello", "references": ["m-1"], "in_reply_to": "m-1", "sent_at": "2026-11-22T13:00:00+01:00",
        "files": [{"name": "a.txt", "type": "text/plain", "content": "aGk="}], "verified": True,
    }  # fmt: skip
    inbound = read("fake", json.dumps(written).encode())
    assert (inbound.sender, inbound.subject, inbound.text) == (Party("carol@example.com", "Carol"), "A bike", "Hello")
    assert (inbound.external_id, inbound.in_reply_to, inbound.references, inbound.sent_at) == (
        "m-2",
        "m-1",
        ["m-1"],
        NOON,
    )
    assert [(file.name, file.content) for file in inbound.attachments] == [("a.txt", b"hi")]
    assert (inbound.authenticity.verified, inbound.defects) == (True, [])


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Copies the fake's folder under another name, as somebody would who adds a kind."""

    def copy(name: str) -> None:
        shutil.copytree(Path(rooms.__path__[0]) / "fake", tmp_path / name)
        monkeypatch.setattr(rooms, "__path__", [*rooms.__path__, str(tmp_path)])
        importlib.invalidate_caches()
        kinds.adapters.cache_clear()

    yield copy
    monkeypatch.undo()
    kinds.adapters.cache_clear()


@pytest.mark.django_db
def test_a_copied_folder_is_a_kind_that_works_and_needs_no_migration(copied: Callable[[str], None]) -> None:
    from django.core.management import call_command

    from careline.domain.channels import commands as channels
    from careline.domain.history.actor import SYSTEM
    from tests.world import make_world

    copied("pigeon")
    assert sorted(adapters()) == sorted([*KINDS, "pigeon"])
    world = make_world()
    loft = channels.add_channel(
        "pigeon", name="Loft", address="loft@northwind.example", brand_id=world.mailbox.brand_id, team_id=None,
        settings={"outcome": "sent", "key": "hemp seed"}, by=SYSTEM, at=NOON,
    )  # fmt: skip
    sent = adapters()["pigeon"].send(LETTER, channel=channel_of("pigeon"), before_point_of_no_return=lambda: None)
    assert (loft.kind, loft.settings, sent.outcome) == ("pigeon", {"outcome": "sent"}, Outcome.SENT)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
