"""What you are told of, what you chose to be told of, and where."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field, structs

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.notifications.commands.choosing import choose, leave_undisturbed, mute, unmute
from careline.domain.notifications.commands.devices import remove_device
from careline.domain.notifications.commands.telling import see
from careline.domain.notifications.queries.chosen import devices_of, wishes_of
from careline.domain.notifications.queries.shown import notifications_page
from careline.domain.notifications.rules.choices import UnfitChoice
from careline.entrypoints.api.paging import moment_and_key, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.tell_device import UnfitDevice, add, own_key

Kind = Literal[
    "offered", "assigned", "mentioned", "answered", "note", "promise_near", "promise_broken", "escalated", "approval", "decided",
    "complaint", "follow_up", "praise",
    "failed", "rule",
]  # fmt: skip
Way = Literal["page", "push", "mail"]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="As in 08:00, in your own zone.")]


class QuietDay(Struct, forbid_unknown_fields=True):
    """Quiet from `begins` to `ends`; over midnight where the end is not later."""

    day: Annotated[int, Meta(ge=0, le=6, description="0 is Monday.")]
    begins: TimeOfDay
    ends: TimeOfDay


class Ways(Struct):
    """How you are told, by kind."""

    offered: list[Way]
    assigned: list[Way]
    mentioned: list[Way]
    answered: list[Way]
    note: list[Way]
    promise_near: list[Way]
    promise_broken: list[Way]
    escalated: list[Way]
    approval: list[Way]
    decided: list[Way]
    complaint: list[Way]
    follow_up: list[Way]
    praise: list[Way]
    failed: list[Way]
    rule: list[Way]


class WaysChange(Struct, forbid_unknown_fields=True):
    """Kinds that are not given stay."""

    offered: list[Way] | UnsetType = UNSET
    assigned: list[Way] | UnsetType = UNSET
    mentioned: list[Way] | UnsetType = UNSET
    answered: list[Way] | UnsetType = UNSET
    note: list[Way] | UnsetType = UNSET
    promise_near: list[Way] | UnsetType = UNSET
    promise_broken: list[Way] | UnsetType = UNSET
    escalated: list[Way] | UnsetType = UNSET
    approval: list[Way] | UnsetType = UNSET
    decided: list[Way] | UnsetType = UNSET
    complaint: list[Way] | UnsetType = UNSET
    follow_up: list[Way] | UnsetType = UNSET
    praise: list[Way] | UnsetType = UNSET
    failed: list[Way] | UnsetType = UNSET
    rule: list[Way] | UnsetType = UNSET


QuietDays = Annotated[list[QuietDay], Meta(max_length=7)]


class Notification(Struct):
    """`count` things of one kind in one case, joined while you had not seen them; never their words."""

    id: str
    kind: Kind
    conversation: int
    count: int
    created_at: datetime
    newest_at: datetime
    seen_at: datetime | None


class NotificationQuery(PageQuery):
    unseen: bool = False


class NotificationChoices(Struct):
    """`pace`: how often a letter comes; `says`: what a device's screen shows; `quiet`: when push and mail wait."""

    ways: Ways
    pace: Literal["away", "daily", "hourly", "at_once"]
    daily_at: TimeOfDay
    quiet: list[QuietDay]
    urgent_through: bool
    says: Literal["number", "subject"]
    sound: bool
    undisturbed_until: datetime | None


class NotificationChoicesChange(Struct, forbid_unknown_fields=True):
    """What is not given stays."""

    ways: WaysChange | UnsetType = UNSET
    pace: Literal["away", "daily", "hourly", "at_once"] | UnsetType = UNSET
    daily_at: TimeOfDay | UnsetType = UNSET
    quiet: QuietDays | UnsetType = UNSET
    urgent_through: bool | UnsetType = UNSET
    says: Literal["number", "subject"] | UnsetType = UNSET
    sound: bool | UnsetType = UNSET
    undisturbed_until: datetime | UnsetType | None = UNSET


class Device(Struct):
    """A browser that is told by push."""

    id: str
    name: str
    added_at: datetime
    told_at: datetime | None


class Devices(Struct):
    """`push_key`: the public key that a browser is to expect (VAPID, RFC 8292)."""

    push_key: str
    items: list[Device] = field(default_factory=list)


class NewDevice(Struct):
    """A push subscription of a browser: its address, and its keys in base64url (RFC 8291)."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=1500)]
    p256dh: Annotated[str, Meta(min_length=1, max_length=200)]
    auth: Annotated[str, Meta(min_length=1, max_length=100)]
    name: Annotated[str, Meta(max_length=100)] = ""


@route("GET", "/notifications", query=NotificationQuery, answer=Page[Notification])
def notifications(call: Call) -> Any:
    """What you were told in the last 30 days, the newest first."""
    query = call.query
    rows = notifications_page(
        call.person, unseen=query.unseen, before=moment_and_key(query.cursor), limit=query.limit + 1
    )
    return page_of(rows, limit=query.limit, key=lambda row: (row.newest_at, row.id), item=_shown)


@route("PUT", "/notifications/seen", status=204)
def all_seen(call: Call) -> Any:
    """You have seen all of them."""
    see(call.person.id, by=call.by, at=call.at)


@route("PUT", "/notifications/{id}/seen", status=204)
def one_seen(call: Call) -> Any:
    """You have seen this one; that it is not yours, or gone, changes nothing."""
    see(call.person.id, ids=[call.id], by=call.by, at=call.at)


@route("PUT", "/conversations/{number}/mute", status=204)
def muted(call: Call) -> Any:
    """You hear no more of this case."""
    mute(call.person.id, conversation_for(call.person, call.number), by=call.by, at=call.at)


@route("DELETE", "/conversations/{number}/mute", status=204)
def unmuted(call: Call) -> Any:
    """You hear of this case again."""
    unmute(call.person.id, conversation_for(call.person, call.number), by=call.by, at=call.at)


@route("GET", "/me/notification-choices", answer=NotificationChoices)
def notification_choices(call: Call) -> Any:
    """What you are told of, how, and when not."""
    wishes = wishes_of([call.person.id])[call.person.id]
    kept = wishes.choices.kept()
    quiet = [QuietDay(int(day), *span) for day, span in kept.pop("quiet").items()]
    return NotificationChoices(
        **kept | {"ways": Ways(**kept["ways"]), "quiet": quiet}, undisturbed_until=wishes.undisturbed_until
    )


@route("PATCH", "/me/notification-choices", body=NotificationChoicesChange, answer=NotificationChoices)
def changed_notification_choices(call: Call) -> Any:
    """Changes what you are told of, how, and when not."""
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    if "undisturbed_until" in given:
        leave_undisturbed(call.person.id, until=given.pop("undisturbed_until"), by=call.by, at=call.at)
    if given:
        kept = wishes_of([call.person.id])[call.person.id].choices.kept()
        if "quiet" in given:
            given["quiet"] = {str(one.day): [one.begins, one.ends] for one in call.body.quiet}
        said = {} if call.body.ways is UNSET else structs.asdict(call.body.ways)
        ways = kept["ways"] | {kind: chosen for kind, chosen in said.items() if chosen is not UNSET}
        try:
            choose(call.person.id, kept | given | {"ways": ways}, by=call.by, at=call.at)
        except UnfitChoice as wrong:
            raise Wrong((wrong.name, str(wrong))) from wrong
    return notification_choices(call)


@route("GET", "/me/devices", answer=Devices)
def devices(call: Call) -> Any:
    """Your browsers that are told by push."""
    items = [Device(str(row.id), row.name, row.added_at, row.told_at) for row in devices_of(call.person.id)]
    return Devices(own_key(), items)


@route("POST", "/me/devices", body=NewDevice, answer=Device, status=201)
def new_device(call: Call) -> Any:
    """Lets a browser of yours be told by push."""
    given = call.body
    try:
        key = add(
            call.person.id, endpoint=given.endpoint, p256dh=given.p256dh, auth=given.auth, name=given.name, by=call.by, at=call.at
        )  # fmt: skip
    except UnfitDevice as wrong:
        raise Wrong(("endpoint", str(wrong))) from wrong
    row = next(row for row in devices_of(call.person.id) if row.id == key)
    return Created(f"/me/devices/{key}", Device(str(row.id), row.name, row.added_at, row.told_at))


@route("DELETE", "/me/devices/{id}", status=204)
def removed_device(call: Call) -> Any:
    """Tells this browser no more."""
    if not remove_device(call.person.id, call.id, by=call.by, at=call.at):
        raise NotFound("There is no such device.")


def _shown(row: Any) -> Notification:
    return Notification(str(row.id), row.kind, row.number, row.count, row.created_at, row.newest_at, row.seen_at)
