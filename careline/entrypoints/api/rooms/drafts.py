"""What one has begun to write in a case, kept on the server; nobody else sees it until it is shared."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import drafts_of
from careline.entrypoints.api.naming import key_of, recipients_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.conversations import shown_case
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.parts import People
from careline.flows.draft import drop_draft, keep_draft, share_draft, take_over_draft

_PATH = "/conversations/{number}/drafts/{draft}"


class Draft(Struct):
    """`to`, `cc` and `bcc` as `Carol <carol@example.com>`."""

    text: str
    to: list[str]
    cc: list[str]
    bcc: list[str]


class DraftText(Struct):
    """An empty text drops the draft."""

    text: Annotated[str, Meta(max_length=200_000)]
    to: People = []
    cc: People = []
    bcc: People = []


@route("GET", _PATH, answer=Draft)
def draft(call: Call) -> Any:
    """Your draft of a reply, a note or a forward."""
    content = drafts_of(shown_case(call).id, agent=call.person.id).get(call.path["draft"])
    if content is None:
        raise NotFound("You have no such draft in this case.")
    people = {line: [str(one) for one in content.get(line) or ()] for line in ("to", "cc", "bcc")}
    return Draft(str(content.get("text", "")), **people)


@route("PUT", _PATH, body=DraftText, status=204)
def kept_draft(call: Call) -> Any:
    """Keeps a draft in place of the one before; the composer on the page goes on with it."""
    shown_case(call)
    given = call.body
    people = {
        line: [f"{one.name} <{one.value}>" if one.name else one.value for one in recipients_of(getattr(given, line), line)]
        for line in ("to", "cc", "bcc")
    }  # fmt: skip
    content = {"text": given.text, **people} if given.text.strip() else {}
    keep_draft(call.person, call.number, call.path["draft"], content, at=call.at)


@route("DELETE", _PATH, status=204)
def dropped_draft(call: Call) -> Any:
    """Throws it away."""
    shown_case(call)
    drop_draft(call.person, call.number, call.path["draft"])


class Sharing(Struct):
    """Whether colleagues who see the case see the draft."""

    shared: bool


class Owner(Struct):
    """`was`: the number of the agent who shares it."""

    was: str


@route("PUT", _PATH + "/sharing", body=Sharing, status=204)
def shared_draft(call: Call) -> Any:
    """Shows your draft to whoever sees the case, or hides it again."""
    shown_case(call)
    share_draft(call.person, call.number, call.path["draft"], shared=call.body.shared, by=call.by, at=call.at)


@route("PUT", _PATH + "/owner", body=Owner, status=204)
def owned_draft(call: Call) -> Any:
    """Makes a draft that a colleague shares your own. Refused where you have begun one of the kind yourself."""
    shown_case(call)
    was = key_of(call.body.was)
    if was is None:
        raise Wrong(("was", "Say whose draft it is."))
    take_over_draft(call.person, call.number, call.path["draft"], was=was, by=call.by, at=call.at)
