"""What somebody was told: the panel at the bell, the page, and having seen it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.notifications.commands.choosing import mute, unmute
from careline.domain.notifications.commands.telling import see
from careline.domain.notifications.queries.chosen import wishes_of
from careline.domain.notifications.queries.shown import notifications_page, unseen_count
from careline.domain.notifications.rules import kinds
from careline.entrypoints.web.inbox.counts import shown_count
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.notice_words import sentence_of

IN_PANEL, ON_PAGE = 30, 50
_SYMBOLS = {
    kinds.OFFERED: "take", kinds.ASSIGNED: "customer", kinds.MENTIONED: "mailbox", kinds.ANSWERED: "case", kinds.NOTE: "note",
    kinds.NEAR: "clock", kinds.BROKEN: "warning", kinds.ESCALATED: "priority", kinds.FAILED: "failed", kinds.RULE: "event",
    kinds.APPROVAL: "question", kinds.DECIDED: "verified", kinds.COMPLAINT: "warning",
    kinds.FOLLOW_UP: "clock", kinds.PRAISE: "star",
}  # fmt: skip


def notifications(visit: Visit) -> HttpResponse:
    """The panel where it is asked for by the bell, else the page with what was seen before, too."""
    if visit.target == "notices":
        return _panel(visit)
    before = (visit.asked.get("moment", ""), whole_number(visit.asked.get("before")))
    found = notifications_page(visit.person, before=_place(*before), limit=ON_PAGE + 1)
    shown = found[:ON_PAGE]
    last = shown[-1] if len(found) > ON_PAGE else None
    more = f"/notifications?moment={last.newest_at.timestamp()}&before={last.id}" if last else ""
    return page(
        visit, "notices/notifications", "notices", _("Notifications"), cases=_by_case(shown, visit), more=more,
        is_first=before[1] is None, unseen=unseen_count(visit.person),
    )  # fmt: skip


def count(visit: Visit) -> HttpResponse:
    """{count, cases, newest: {words, url} | null, is_quiet, sound}: what the bell and a toast show after an event."""
    unseen = notifications_page(visit.person, unseen=True, limit=IN_PANEL)
    wishes = wishes_of([visit.person.id])[visit.person.id]
    newest = unseen[0] if unseen else None
    return JsonResponse({
        "count": shown_count(unseen_count(visit.person)),
        "cases": sorted({row.number for row in unseen}),
        "newest": None if newest is None else {
            "key": f"{newest.id}-{newest.count}", "number": newest.number,
            "words": sentence_of(newest.kind, count=newest.count, number=newest.number),
            "url": f"/conversations/{newest.number}",
        },
        "is_quiet": bool(wishes.undisturbed_until and wishes.undisturbed_until > visit.at),
        "sound": wishes.choices.sound,
    })  # fmt: skip


def all_seen(visit: Visit) -> HttpResponse:
    see(visit.person.id, by=visit.by, at=visit.at)
    return _after(visit)


def seen(visit: Visit, key: int) -> HttpResponse:
    see(visit.person.id, ids=[key], by=visit.by, at=visit.at)
    return _after(visit)


def case_seen(visit: Visit, number: int) -> HttpResponse:
    see(visit.person.id, conversation=conversation_for(visit.person, number).id, by=visit.by, at=visit.at)
    return _after(visit)


def muted(visit: Visit, number: int) -> HttpResponse:
    mute(visit.person.id, conversation_for(visit.person, number), by=visit.by, at=visit.at)
    return _after(visit)


def unmuted(visit: Visit, number: int) -> HttpResponse:
    unmute(visit.person.id, conversation_for(visit.person, number), by=visit.by, at=visit.at)
    return _after(visit)


def _after(visit: Visit) -> HttpResponse:
    if visit.target == "notices":
        return _panel(visit)
    return HttpResponse(status=204, headers={"HX-Refresh": "true"} if visit.target == "main" else {})


def _panel(visit: Visit) -> HttpResponse:
    found = notifications_page(visit.person, unseen=True, limit=IN_PANEL)
    return part(visit, "notices/_panel", cases=_by_case(found, visit), unseen=unseen_count(visit.person))


def _by_case(rows: Sequence[Any], visit: Visit) -> list[dict[str, Any]]:
    """The cases in the order of their newest, each with all that is told of it."""
    cases: dict[int, dict[str, Any]] = {}
    for row in rows:
        case = cases.setdefault(
            row.number,
            {
                "number": row.number, "url": f"/conversations/{row.number}", "subject": row.subject or _("No subject"),
                "customer": row.customer_name or "", "is_muted": row.is_muted, "is_new": False, "said": [],
            },
        )  # fmt: skip
        case["is_new"] |= row.seen_at is None
        case["said"].append({
            "id": row.id, "symbol": _SYMBOLS[row.kind], "is_new": row.seen_at is None, "is_bad": row.kind in (kinds.BROKEN, kinds.FAILED),
            "words": sentence_of(row.kind, count=row.count, number=row.number), "when": moment_text(row.newest_at, visit),
        })  # fmt: skip
    return list(cases.values())


def _place(moment: str, key: int | None) -> Any:
    try:
        return None if key is None else (datetime.fromtimestamp(float(moment), UTC), key)
    except (ValueError, OverflowError, OSError):
        return None
