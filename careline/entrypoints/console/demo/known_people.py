"""What Northwind Bikes knows of its customers besides their names: own fields, notes, consent, a segment, somebody there twice."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from careline.domain.customers import commands as customers
from careline.domain.customers.commands.fields import define_field
from careline.domain.customers.commands.notes import add_note, give_consent, withdraw_consent
from careline.domain.customers.commands.segments import save_segment
from careline.domain.customers.queries.people import customer_id_of
from careline.domain.history.actor import SYSTEM
from careline.entrypoints.console.demo.customers import CAROL, Writer
from careline.kit.typed_fields import Choice, Definition

_FRAMES = (Choice("s", "Small"), Choice("m", "Medium"), Choice("l", "Large"))
_FIELDS = (
    (Definition("frame", "Frame size", "choice", _FRAMES), True),
    (Definition("bikes", "Bikes bought", "number"), True),
    (Definition("club", "In the riders' club", "yes_no"), False),
    (Definition("since", "Customer since", "date"), False),
)
_REMARKS = (
    "Asked for the workshop's Saturday hours twice. Send the new leaflet.",
    "Wants to be told before a part is replaced with another make.",
    "Was sent a voucher for the late delivery; do not offer a second one.",
    "Rides the winter commute: studs from November on.",
)


def know_people(writers: list[Writer], *, chance: random.Random, now: datetime) -> None:
    for definition, is_listed in _FIELDS:
        define_field("customer", definition=definition, is_listed=is_listed, by=SYSTEM, at=now - timedelta(days=200))
    for writer in writers:
        key = customer_id_of("email", writer.address)
        if key is None or (writer is not CAROL and chance.random() < 0.4):
            continue
        at = now - timedelta(days=chance.randint(3, 180))
        fields = {"frame": chance.choice("sml"), "bikes": chance.randint(1, 6), "club": chance.random() < 0.5}
        since = {"since": (at - timedelta(days=chance.randint(30, 2000))).date().isoformat()}
        customers.change(key, fields={**fields, **since}, by=SYSTEM, at=at)
        if writer is CAROL or chance.random() < 0.2:
            add_note(key, text=chance.choice(_REMARKS), by=SYSTEM, at=at)
        if writer is CAROL or chance.random() < 0.5:
            give_consent(key, purpose="news", how="At the counter", by=SYSTEM, at=at)
            if writer is not CAROL and chance.random() < 0.15:
                withdraw_consent(key, purpose="news", how="By mail", by=SYSTEM, at=at + timedelta(days=2))
    _carol_twice(now=now)
    save_segment(None, name="News in German", wanted={"language": "de", "consent": "news"}, by=SYSTEM, at=now)


def _carol_twice(*, now: datetime) -> None:
    """She once wrote from her other mailbox: a pair to be merged."""
    at = now - timedelta(days=40)
    twin = customers.add(name=CAROL.name, language="en", by=SYSTEM, at=at).pk
    customers.add_address(twin, kind="email", value="carol+bikes@example.org", by=SYSTEM, at=at)
    customers.add_address(twin, kind="phone", value="+999555010042", by=SYSTEM, at=at)
