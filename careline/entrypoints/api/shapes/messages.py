"""A message of a case, and what is written into one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from careline.entrypoints.api.shapes.cases import Channel
from careline.entrypoints.api.shapes.parts import LongText, Moment, People, Person


class Author(Struct):
    kind: str
    id: str
    name: str


class Attachment(Struct):
    id: str
    name: str
    type: str
    size: int
    inline: bool


class Message(Struct):
    """`form`: mail, note, phone, counter, letter, fax; `sent_at` is then when it happened.

    `delivery` is null for what was not sent by us; `server_words` is what the other side's server said.
    """

    id: str
    kind: str
    form: str
    duration_seconds: int | None
    channel: Channel | None
    author: Author
    from_: Person | None = field(name="from")
    to: list[Person]
    cc: list[Person]
    bcc: list[Person]
    subject: str
    text: str
    html: str
    visible_text: str
    attachments: list[Attachment]
    external_id: str
    in_reply_to: str
    created_at: datetime
    sent_at: datetime | None
    delivery: str | None
    leaves_at: datetime | None
    server_words: str
    auto_reply: str
    bounce: dict[str, Any] | None
    authenticity: dict[str, Any]
    is_doubtful: bool
    is_stranger: bool


class NewMessage(Struct):
    """A reply goes to the case's own recipients unless `to`, `cc` or `forward_to` name others."""

    kind: Literal["reply", "note"]
    text: LongText = ""
    html: LongText = ""
    to: People = []
    cc: People = []
    bcc: People = []
    forward_to: Annotated[
        People, Meta(description="Passes the thread on to somebody else; the case stays as it is.")
    ] = []
    everybody: Annotated[bool, Meta(description="Reply to all who take part.")] = False
    attachments: Annotated[list[str], Meta(max_length=50, description="Ids that POST /attachments gave.")] = []
    send_at: (
        Annotated[Moment, Meta(description="Not before then; cancelled when the customer writes first.")] | None
    ) = None
    hold_seconds: Annotated[int, Meta(ge=0, le=86_400, description="How long it may be taken back.")] = 10
    seen_message: (
        Annotated[str, Meta(pattern="^[0-9]{1,18}$", description="The newest message you saw.")] | int | None
    ) = None
    force: Annotated[bool, Meta(description="Send although something newer came.")] = False
    with_history: bool = False
    resolve: bool = False


class Uploaded(Struct):
    """`id` is good for 23 hours and for the one who uploaded; `content_id` is for `<img src="cid:…">` in a message's html."""

    id: str
    name: str
    type: str
    size: int
    content_id: str


class UploadQuery(Struct):
    name: (
        Annotated[str, Meta(max_length=255, description="The file's name, where the body is the file itself.")] | None
    ) = None
