"""Mailings: written, counted, sent, stopped."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, structs

from careline.domain.outreach.queries import mailings as all_mailings
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.mailings import Audience, Mailing, MailingChange, NewMailing
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows import send_mailing, write_mailing
from careline.flows.write_mailing import MailingSaid, mailing_for

_PATH = "/mailings/{id}"


@route("GET", "/mailings", query=PageQuery, answer=Page[Mailing])
def mailings(call: Call) -> Any:
    """Mailings, the newest first."""
    require(call.person, "mailing:send")
    rows = all_mailings(before=key_alone(call.query.cursor), limit=call.query.limit + 1)
    return page_of(rows, limit=call.query.limit, key=lambda row: (row.id,), item=_shown)


@route("POST", "/mailings", body=NewMailing, answer=Mailing, status=201)
def new_mailing(call: Call) -> Any:
    """Writes one down as a draft; nothing is sent."""
    given = structs.asdict(call.body)
    said = MailingSaid(**given | {"segment": int(given["segment"]), "channel": int(given["channel"])})
    key = write_mailing.add_mailing(call.person, said, by=call.by, at=call.at)
    return Created(f"/mailings/{key}", _one(call, key))


@route("GET", _PATH, answer=Mailing)
def mailing(call: Call) -> Any:
    """One mailing, and how far it is."""
    return _one(call, call.id)


@route("PATCH", _PATH, body=MailingChange, answer=Mailing)
def changed_mailing(call: Call) -> Any:
    """Changes a draft."""
    was = mailing_for(call.person, call.id)
    said: dict[str, Any] = {"segment": was.segment_id or 0, "channel": was.channel_id or 0}
    said |= {name: getattr(was, name) for name in ("name", "purpose", "subject", "text")}
    said |= {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    said |= {name: int(said[name]) for name in ("segment", "channel")}
    write_mailing.change_mailing(call.person, call.id, MailingSaid(**said), by=call.by, at=call.at)
    return _one(call, call.id)


@route("DELETE", _PATH, status=204)
def removed_mailing(call: Call) -> Any:
    """Throws a draft away."""
    write_mailing.drop_mailing(call.person, call.id, by=call.by, at=call.at)


@route("GET", _PATH + "/audience", answer=Audience)
def audience(call: Call) -> Any:
    """How many it would go to now."""
    found = send_mailing.audience(call.person, call.id, at=call.at)
    return Audience(found.seen, found.agreeing)


@route("POST", _PATH + "/sending", answer=Mailing)
def sent_mailing(call: Call) -> Any:
    """Starts it: everybody in the segment who agrees gets the letter, each in a case of their own."""
    send_mailing.send_mailing(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


@route("DELETE", _PATH + "/sending", answer=Mailing)
def stopped_mailing(call: Call) -> Any:
    """Stops it, and takes back what has not left."""
    send_mailing.stop_mailing(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


def _one(call: Call, key: int) -> Mailing:
    return _shown(mailing_for(call.person, key))


def _shown(row: Any) -> Mailing:
    return Mailing(
        id=str(row.id), name=row.name, segment=str(row.segment_id) if row.segment_id else None, purpose=row.purpose,
        channel=str(row.channel_id) if row.channel_id else None, subject=row.subject, text=row.text, state=row.state, meant=row.meant,
        written=row.written, left_out=row.left_out, taken_back=row.taken_back, created_at=row.created_at, ended_at=row.ended_at,
    )  # fmt: skip
