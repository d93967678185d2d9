"""How mailings are tried: one that is a draft, to a segment in which somebody agrees."""

from typing import Any

from careline.domain.customers.commands.notes import give_consent
from careline.domain.customers.commands.segments import save_segment
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.write_mailing import MailingSaid, add_mailing
from tests.world import NOON, World

_LETTER = {"name": "Spring", "purpose": "newsletter", "subject": "Spring", "text": "Is your bike ready?"}
_CALL = {**_LETTER, "segment": "id {readers}", "channel": "id {mailbox}"}
_FORM = {**_LETTER, "segment": "{readers}", "channel": "{mailbox}"}

TRIALS_OF_MAILINGS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.write_mailing.add_mailing", "mailing:send"): (
        "house",
        ("POST", "/mailings", _CALL),
        ("POST", "/mailings", _FORM),
    ),
    ("flows.write_mailing.change_mailing", "mailing:send"): (
        "house",
        ("PATCH", "/mailings/{mailing}", {"subject": "Autumn"}),
        ("POST", "/mailings/{mailing}", _FORM),
    ),
    ("flows.write_mailing.drop_mailing", "mailing:send"): (
        "house",
        ("DELETE", "/mailings/{mailing}", None),
        ("DELETE", "/mailings/{mailing}", {}),
    ),
    ("flows.write_mailing.mailing_for", "mailing:send"): (
        "house",
        ("GET", "/mailings/{mailing}", None),
        ("GET", "/mailings/{mailing}", None),
    ),
    ("flows.send_mailing.audience", "mailing:send"): ("house", ("GET", "/mailings/{mailing}/audience", None), None),
    ("flows.send_mailing.send_mailing", "mailing:send"): (
        "house",
        ("POST", "/mailings/{mailing}/sending", None),
        ("POST", "/mailings/{mailing}/sending", {}),
    ),
    ("flows.send_mailing.stop_mailing", "mailing:send"): (
        "house",
        ("DELETE", "/mailings/{mailing}/sending", None),
        ("DELETE", "/mailings/{mailing}/sending", {}),
    ),
}


def keys_of_mailings(world: World) -> dict[str, int]:
    segment = save_segment(None, name="Readers", wanted={}, by=SYSTEM, at=NOON)
    give_consent(world.carol, purpose="newsletter", how="asked", by=SYSTEM, at=NOON)
    said = MailingSaid(segment=segment, channel=world.mailbox.id, **_LETTER)
    mailing = add_mailing(world.person(world.ada), said, by=agent(world.ada.pk), at=NOON)
    return {"readers": segment, "mailing": mailing}
