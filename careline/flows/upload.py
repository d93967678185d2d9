"""A file for something that is being written: stored at once, so that sending it later takes no time and loses nothing."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.commands import uploads
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.rules.files import LARGEST, is_refused
from careline.domain.staff.rules import Person, require
from careline.flows.uploaded import Attachment, keep_upload


def upload(
    agent: Person, content: bytes, *, name: str, media_type: str, number: int | None, at: datetime
) -> tuple[int, Attachment]:
    """Its key and what it is; `number`: of the case, None for a case to come. Raises NotFound, Forbidden, Refused."""
    if number is None:
        require(agent, "conversation:create")
        conversation = None
    else:
        conversation = conversation_for(agent, number, verb="conversation:note").id
    if not content:
        raise Refused(f"{name} is empty.")
    if len(content) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST // 1024 // 1024} MB: share it by a link instead.")
    if is_refused(name):
        raise Refused(f"{name} could run on the reader's computer, so mail servers refuse it: put it into an archive.")
    digest = keep_upload(content, at=at)
    file = Attachment(digest, name, media_type, len(content), content_id=content_id_of(digest))
    return uploads.keep_upload(file, agent=agent.id, conversation=conversation, at=at), file


def drop_uploads(agent: Person, ids: list[int]) -> None:
    """What one uploaded oneself and does not want, or has sent."""
    uploads.drop_uploads(agent=agent.id, ids=ids)


def content_id_of(digest: str) -> str:
    """What `cid:` in the HTML of a message points at, for a picture that is to stand in its text."""
    return f"{digest[:32]}@careline"
