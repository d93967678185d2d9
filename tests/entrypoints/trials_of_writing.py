"""How the rows of docs/permissions.csv about drafts and files of what is being written are tried."""

from typing import Any

from careline.domain.conversations.commands import drafts
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM
from careline.domain.staff import commands as staff
from tests.world import NOON, World

CASE, HOUSE = "case", "house"
TRIALS_OF_WRITING: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.draft.share_draft", "conversation:note"): (
        CASE,
        ("PUT", "/conversations/{case}/drafts/reply/sharing", {"shared": False}),
        ("DELETE", "/conversations/{case}/drafts/reply/sharing", {}),
    ),
    ("flows.draft.take_over_draft", "conversation:note"): (
        CASE,
        ("PUT", "/conversations/{case}/drafts/note/owner", {"was": "id {sharer}"}),
        ("PUT", "/conversations/{case}/drafts/note/owner", {"was": "{sharer}"}),
    ),
    # without a file: whoever may upload is told that there is none
    ("flows.upload.upload", "conversation:note"): (CASE, None, ("POST", "/conversations/{case}/uploads", {})),
    ("flows.upload.upload", "conversation:create"): (HOUSE, None, ("POST", "/uploads", {})),
    ("flows.upload.drop_uploads", "any"): (HOUSE, None, None),
}


def keys_of_writing(world: World) -> dict[str, int]:
    """Somebody who shares the draft of a note in the case."""
    sharer = staff.add_agent("sam@northwind.example", name="Sam", role="representative", by=SYSTEM, at=NOON)
    case = conversation_by_number(world.case)
    drafts.keep(agent=sharer.pk, conversation=case.id, kind="note", content={"text": "Half"}, at=NOON)
    drafts.share(case, agent=sharer.pk, kind="note", shared=True, by=SYSTEM, at=NOON)
    return {"sharer": sharer.pk}
