"""Sites, talks and messages as the widget gets them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from careline.domain.chats.queries import (
    SHOWN,
    case_of,
    opening_of,
    place_in_queue,
    said_in,
    wait_expected,
)
from careline.domain.chats.rules.sites import Site, in_language, language_for

FILE = "/chat/v1/thread/files/"


def site_shown(site: Site, *, asked: str, at: datetime) -> dict[str, Any]:
    language = language_for(asked, site.languages)
    is_open, opens_at = opening_of(site, at=at)
    said = site.settings

    def words(given: Any) -> str:
        return in_language(given, language, site.languages)

    return {
        "name": site.name, "greeting": words(said.get("greeting")) or None, "colour": said.get("colour") or "#0b6e4f",
        "languages": site.languages, "is_open": is_open, "opens_at": moment(opens_at), "has_preview": bool(said.get("has_preview")),
        "expected_wait_seconds": wait_expected(site.id, at=at),
        "pre_chat": [_field(field, words) for field in site.fields(is_open=True)],
        "offline_form": [_field(field, words) for field in site.fields(is_open=False)],
        "invitations": [
            {"id": str(n), "after_seconds": one["after_seconds"], "path_contains": one.get("path_contains", ""), "text": words(one["text"])}
            for n, one in enumerate(said.get("invitations") or ())
        ],
        "max_file_bytes": site.max_file_bytes, "help_site": str(site.brand_id),
    }  # fmt: skip


def thread_shown(
    thread: Any, visitor: Any, *, after: int | None = None, before: int | None = None, at: datetime
) -> dict[str, Any]:
    case = case_of(thread)
    found = said_in(thread, visitor, after=after, before=before, limit=SHOWN + (after is None))
    has_more = len(found) > SHOWN if after is None else len(found) == SHOWN
    shown = found[-SHOWN:]
    is_waiting = thread.state == "open" and thread.picked_up_at is None and (case is None or case.assignee_id is None)
    read = case.read_id if case is not None else None
    return {
        "state": thread.state if not is_waiting else "waiting",
        "messages": [message_shown(row, thread.key) for row in shown],
        "queue": _queue(thread, case, at=at) if is_waiting and case is not None and not thread.is_offline else None,
        "agent": {"name": case.assignee} if case is not None and case.assignee else _last_agent(shown),
        "read_by_agent": str(read) if read else None,
        "rating": thread.score,
        "has_more": has_more,
        "next_n": thread.next_n,
    }


def message_shown(row: Any, thread: str) -> dict[str, Any]:
    is_theirs = row.kind == "incoming"
    by = "visitor" if is_theirs else "agent" if row.author_kind == "agent" else "bot"
    own_name = f"<{thread}."
    named = is_theirs and row.external_id.startswith(own_name)
    return {
        "id": str(row.id), "from": by, "name": row.agent_name, "text": row.visible_text or row.text,
        "html": None if is_theirs else row.html or None,
        "files": [
            {"id": str(file["id"]), "name": file["name"], "size": file["size"], "type": file["media_type"], "url": f"{FILE}{file['id']}"}
            for file in row.files or ()
        ],
        "at": moment(row.created_at), "client_id": row.external_id[len(own_name) :].partition("@")[0] if named else None,
    }  # fmt: skip


def moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at is not None else None


def _queue(thread: Any, case: Any, *, at: datetime) -> dict[str, Any]:
    return {"position": place_in_queue(thread, case), "wait_seconds": wait_expected(thread.channel_id, at=at)}


def _last_agent(shown: list[Any]) -> dict[str, Any] | None:
    name = next((row.agent_name for row in reversed(shown) if row.kind == "reply" and row.agent_name), None)
    return {"name": name} if name else None


def _field(field: dict[str, Any], words: Any) -> dict[str, Any]:
    return {
        "key": field["key"], "label": words(field.get("label")), "kind": field["kind"], "is_required": bool(field.get("is_required")),
        "options": [{"value": o["value"], "label": words(o.get("label")) or o["value"]} for o in field.get("options") or ()],
    }  # fmt: skip
