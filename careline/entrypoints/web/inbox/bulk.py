"""Many cases at once, from the list: what to do with the chosen ones, how far it is, and its end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.bulk import bulk_of, refused_of
from careline.domain.conversations.queries.cases import statuses
from careline.domain.conversations.queries.structure import case_fields, paths_of, topics
from careline.domain.conversations.rules.bulk import MOST, BadChange, BulkWish
from careline.domain.desk.queries.bulk_targets import numbers_of
from careline.domain.staff.queries import agents, teams
from careline.domain.staff.rules import require
from careline.entrypoints.web.inbox.counts import views_of
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.presenting import agent_of, words_in
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import later, moment_words
from careline.flows.bulk_change import ask_for_bulk_change, end_bulk_change
from careline.flows.bulk_reply import preview

_MOVING = ("queued", "running", "undoing")


def bar(visit: Visit) -> HttpResponse:
    """What can be done with the cases that are chosen in a list."""
    require(visit.person, "conversation:read")
    people = [agent_of(row) for row in agents() if row.is_active]
    house = topics()
    paths = paths_of(house, visit.language)
    return part(
        visit, "inbox/_bulk_bar", agents=people, teams=teams(), me={"id": visit.person.id},
        statuses=[(row.code, words_in(row.name, visit)) for row in statuses()],
        topics=[(str(row.id), paths[row.id]) for row in house if row.retired_at is None],
        fields=[(row.code, words_in(row.name, visit)) for row in case_fields() if row.retired_at is None],
    )  # fmt: skip


def asked(visit: Visit) -> HttpResponse:
    """Begins, and says how far it is; or shows how an answer to all reads."""
    numbers = _numbers(visit)
    wish = _wish(visit)
    try:
        if visit.form.get("do") == "preview":
            shown = preview(visit.person, numbers, wish)
            return part(visit, "inbox/_bulk_preview", shown=shown, total=len(numbers))
        key = ask_for_bulk_change(visit.person, numbers, wish, by=visit.by, at=visit.at)
    except BadChange as wrong:
        raise Refused(str(wrong)) from None
    return part(visit, "inbox/_bulk_begun", bulk=_shown(visit, key))


def progress(visit: Visit, key: int) -> HttpResponse:
    """The toast again, as it stands now; asked for as a page, what was left as it is and why."""
    if visit.is_fragment:
        return part(visit, "inbox/_bulk_toast", bulk=_shown(visit, key))
    shown = _shown(visit, key)
    return page(visit, "inbox/bulk", "inbox", _("Change to many cases"), bulk=shown, left=refused_of(key))


def ended(visit: Visit, key: int) -> HttpResponse:
    end_bulk_change(visit.person, key, by=visit.by, at=visit.at)
    return part(visit, "inbox/_bulk_toast", bulk=_shown(visit, key))


def _numbers(visit: Visit) -> list[int]:
    """Those that were ticked, or all that the view holds."""
    code = visit.form.get("all", "")
    if not code:
        found = [number for word in visit.form.get("numbers", "").split(",") if (number := whole_number(word))]
    else:
        view = next((view for view in views_of(visit) if view.code == code), None)
        if view is None:
            raise NotFound(f"There is no view {code}.")
        wanted = replace(view.filter, text=visit.form.get("q", "").strip()[:200])
        found = numbers_of(wanted, visit.person, at=visit.at, limit=MOST + 1)
    if len(found) > MOST:
        raise Refused(_("These are more than %(n)s cases: narrow the view.") % {"n": f"{MOST:,}"})
    return found


def _wish(visit: Visit) -> BulkWish:
    form, do = visit.form, visit.form.get("do", "")
    names = tuple(name for word in form.get("name", "").split(",") if (name := word.strip()[:40]))
    until = later(form.get("until", ""), at=visit.at, zone=visit.zone)
    wishes = {
        "assign": {"assignee": visit.person.id if form.get("agent") == "me" else whole_number(form.get("agent")) or 0},
        "team": {"team": whole_number(form.get("team")) or 0},
        "tag": {"tags": names},
        "untag": {"untags": names},
        "priority": {"priority": PRIORITIES.get(form.get("priority", ""), 0)},
        "snooze": {"snoozed_until": until.isoformat() if until else ""},
        "status": {"status": form.get("status", "")[:100]},
        "topic": {"topic": whole_number(form.get("topic")) or 0},
        "field": {"fields": {form.get("field", "")[:60]: form.get("value", "")[:2000] or None}},
        "resolve": {"state": "resolved"},
        "reopen": {"state": "open"},
        "spam": {"is_spam": True},
        "no_spam": {"is_spam": False},
    }
    answer = {"reply": form.get("text", ""), "resolve": "resolve" in form}
    return BulkWish(**(answer if do in ("reply", "preview") else wishes.get(do, {})))  # type: ignore[arg-type]


def _shown(visit: Visit, key: int) -> dict[str, Any]:
    row = bulk_of(key, agent=visit.person.id)
    if row is None:
        raise NotFound(f"There is no bulk change {key} of yours.")
    gone_through = row.undone + row.kept if row.state == "undoing" else row.total - row.waiting
    return {
        "url": f"/bulk-changes/{key}", "key": key, "state": row.state, "is_moving": row.state in _MOVING, "total": row.total,
        "done": gone_through, "of": row.changed + row.undone + row.kept if row.state == "undoing" else row.total,
        "left": row.refused + row.kept, "words": _words(row), "may_undo": row.state in ("done", "cancelled") and row.changed > 0,
        "at_text": moment_words(row.created_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _words(row: Any) -> str:
    if row.state in ("queued", "running"):
        return _("Changing %(n)s of %(total)s cases…") % {"n": row.total - row.waiting, "total": row.total}
    if row.state == "undoing":
        return _("Putting back %(n)s of %(total)s cases…") % {
            "n": row.undone,
            "total": row.changed + row.undone + row.kept,
        }
    if row.state == "undone":
        return ngettext("%(n)s case is as it was.", "%(n)s cases are as they were.", row.undone) % {"n": row.undone}
    return ngettext("%(n)s case changed.", "%(n)s cases changed.", row.changed) % {"n": row.changed}
