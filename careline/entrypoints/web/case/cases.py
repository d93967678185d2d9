"""A case: its page, its cover, and what is changed on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.commands.labels import note_unread
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for, participant_with
from careline.domain.conversations.queries.work import mentionable, read_up_to
from careline.domain.desk.queries.case_page import MESSAGES_SHOWN, CasePage, case_page
from careline.domain.routing.queries.limits import over_limit
from careline.entrypoints.web.case.beside import address_beside
from careline.entrypoints.web.case.composer import composer_of
from careline.entrypoints.web.case.problems import issue_of
from careline.entrypoints.web.case.thread import Entry, marked, thread_of
from careline.entrypoints.web.inbox.lists import desk_of
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.presenting import due_of, priority_of, tags_of, words_in
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of, iso, later, moment_words
from careline.flows.admit import admit
from careline.flows.change import Change, change
from careline.flows.draft import keep_draft
from careline.flows.read_case import read_case
from careline.flows.resolve import reopen, resolve
from careline.flows.undo import undo


def case(visit: Visit, number: int) -> HttpResponse:
    """A case beside the list, or alone where only its place is asked for."""
    found = conversation_for(visit.person, number)
    opened = page_of(found, visit)
    read = read_up_to(found.id, agent=visit.person.id)
    if opened.head.merged_into_number:
        return HttpResponseRedirect(f"/conversations/{opened.head.merged_into_number}")
    # Fetched ahead it is not read yet; the browser says so when it shows it (inbox/reading.py).
    if found.last_message_id and visit.request.headers.get("Purpose") != "prefetch":
        unread = found.last_message_id if found.last_message_id > (read or 0) else None
        read_case(visit.person.id, found.id, unread, by=visit.by, at=visit.at)
    context = context_of(opened, found, visit)
    context["handed"] = handed_to(visit.person.id, opened, read=read)
    context["messages"] = marked(context["messages"], read_up_to=read, me=visit.person.name)
    if visit.target == "case" or (visit.is_fragment and not visit.target):
        return part(visit, "case/_case", headers={"Vary": "HX-Request"}, **context)
    return page(
        visit,
        "inbox/inbox",
        "inbox",
        f"#{number} {opened.head.subject}",
        **(desk_of(visit) | context | {"page_title": f"#{number}"}),
    )


def page_of(found: Any, visit: Visit) -> CasePage:
    return case_page(found.id)


def context_of(opened: CasePage, found: Any, visit: Visit) -> dict[str, Any]:
    """Everything that _case.html asks for."""
    hint = opened.head.hint or {}
    return {
        "case": cover_of(opened.head, visit),
        "messages": entries_of(opened, visit),
        "earlier_url": earlier_url(found.number, opened.messages),
        "hint": {"number": hint.get("case"), "url": f"/conversations/{hint['case']}" if "case" in hint else ""}
        if hint
        else None,
        "issue": issue_of(found),
        "composer": composer_of(found, visit, people_of_case=opened.participants, messages=opened.messages),
        "context": customer_beside(opened, visit),
    }


def handed_to(me: int, opened: CasePage, *, read: int | None) -> dict[str, str] | None:
    """The word with which a colleague handed the case over, as long as the viewer has not read it."""
    told = [row for row in opened.messages if "handed_over" in row.data and row.delivery != "cancelled"]
    last = told[-1] if told else None
    if last is None or last.id <= (read or 0) or last.author_id == me or opened.head.assignee_id not in (me, None):
        return None
    return {"name": last.agent_name or "", "text": last.visible_text}


def earlier_url(number: int, shown: list[Any]) -> str:
    """Where the messages before these are; empty where these are likely the first."""
    return f"/conversations/{number}/messages?before={shown[0].id}" if len(shown) >= MESSAGES_SHOWN else ""


def entries_of(opened: CasePage, visit: Visit) -> list[Entry]:
    suggested = {person.value.lower() for person in opened.participants if person.state == "suggested"}
    return thread_of(opened.messages, opened.events, suggested, visit)


def cover_of(head: Any, visit: Visit) -> dict[str, Any]:
    """What stands on the case's cover."""
    return {
        "number": head.number,
        "url": f"/conversations/{head.number}",
        "subject": head.subject,
        "status_name": words_in(head.status_names, visit),
        "status_category": head.category,
        "customer": {"name": head.customer_name or _("the customer")},
        "assignee_id": head.assignee_id,
        "assignee_name": head.assignee_name or "",
        "assignee_initials": initials_of(head.assignee_name or ""),
        "team_name": head.team_name or "",
        "priority": priority_of(head),
        "tags": tags_of(head),
        "open_duties": head.open_duties,
        "is_mine": head.assignee_id == visit.person.id,
        "last_message_id": head.last_message_id or 0,
        "snoozed_text": moment_words(head.snoozed_until, at=visit.at, zone=visit.zone)
        if head.snoozed_until and head.snoozed_until > visit.at
        else "",
        "level": head.level or "",
        **due_of(head, visit),
    }


def customer_beside(opened: CasePage, visit: Visit) -> dict[str, Any]:
    head = opened.head
    is_chat = (
        head.channel_kind == "chat"
    )  # its address is the site's token, a visitor's leads nowhere: neither says anything
    name = head.customer_name or (
        _("A visitor") if is_chat else head.addresses[0]["value"] if head.addresses else _("Nobody")
    )
    written_to = head.channel_name if is_chat else head.channel_address or head.channel_name
    facts = [(_("Written to"), written_to)] if head.channel_name else []
    facts.append((_("Opened"), moment_words(head.created_at, at=visit.at, zone=visit.zone)))
    return {
        "customer": {
            "id": head.customer_id,
            "name": name,
            "initials": initials_of(name),
            "url": f"/customers/{head.customer_id}",
            "company_name": head.company_name or "",
            "company_url": f"/companies/{head.company_id}" if head.company_id else "",
        },
        "addresses": [address for address in head.addresses if address["kind"] != "chat"],
        "facts": facts,
        "beside": address_beside(head.number, head.customer_id, is_chat=is_chat),
    }


def composer(visit: Visit, number: int) -> HttpResponse:
    """The composer alone, for another kind of message."""
    found = conversation_for(visit.person, number)
    cover = cover_of(page_of(found, visit).head, visit)
    return part(
        visit, "case/_composer", case=cover, composer=composer_of(found, visit, kind=visit.asked.get("kind", ""))
    )


def case_shown(visit: Visit, number: int) -> dict[str, Any]:
    """The cover of a case that was changed or is looked at again."""
    return cover_of(page_of(conversation_for(visit.person, number), visit).head, visit)


def header(visit: Visit, number: int, **toast: Any) -> HttpResponse:
    """The case's cover, as it stands now; with what to say of the change, if there is something."""
    return part(visit, "case/_case_header_changed", case=case_shown(visit, number), toast=toast)


def assigned(visit: Visit, number: int) -> HttpResponse:
    who = visit.form.get("agent", "")
    key = visit.person.id if who == "me" else whole_number(who)
    if key is None and visit.request.method == "PUT":
        raise Refused(_("Say who is to have it."))
    words = _("Put back for anybody.") if key is None else _("Yours now.") if key == visit.person.id else _("Assigned.")
    return _changed(visit, number, Change(assignee=key if visit.request.method == "PUT" else None), words, given_to=key)


def moved(visit: Visit, number: int) -> HttpResponse:
    return _changed(visit, number, Change(team=whole_number(visit.form.get("team"))), _("Moved."))


def prioritised(visit: Visit, number: int) -> HttpResponse:
    return _changed(visit, number, Change(priority=visit.form.get("priority", "")), _("Priority set."))


def tagged(visit: Visit, number: int) -> HttpResponse:
    """One more tag."""
    name = visit.form.get("name", "").strip()[:40]
    if not name:
        raise Refused(_("A tag needs a name."))
    return _changed(visit, number, Change(tag=name), _("Tagged %(name)s.") % {"name": name})


def untagged(visit: Visit, number: int, name: str) -> HttpResponse:
    return _changed(visit, number, Change(untag=name), _("%(name)s taken off.") % {"name": name})


def renamed(visit: Visit, number: int) -> HttpResponse:
    return _changed(visit, number, Change(subject=visit.form.get("subject", "").strip()[:500]), _("Subject changed."))


def resolved(visit: Visit, number: int) -> HttpResponse:
    resolve(visit.person, number, by=visit.by, at=visit.at)
    return header(
        visit,
        number,
        words=_("Resolved #%(number)s.") % {"number": number},
        undo_url=last_change_of(number),
    )


def reopened(visit: Visit, number: int) -> HttpResponse:
    reopen(visit.person, number, by=visit.by, at=visit.at)
    return header(visit, number, words=_("Opened again."), undo_url=last_change_of(number))


def snoozed(visit: Visit, number: int) -> HttpResponse:
    until = later(visit.form.get("until", ""), at=visit.at, zone=visit.zone)
    if until is None:
        raise Refused(_("Say when it is to come back."))
    change(visit.person, number, Change(snoozed_until=until), by=visit.by, at=visit.at)
    words = _("Out of sight until %(when)s.") % {"when": moment_words(until, at=visit.at, zone=visit.zone)}
    return header(visit, number, words=words, undo_url=last_change_of(number))


def woken(visit: Visit, number: int) -> HttpResponse:
    return _changed(visit, number, Change(snoozed_until=None), _("It is back."))


def colleagues(visit: Visit, number: int) -> HttpResponse:
    """Who may be named in a note of the case; `sees` where they see it already."""
    found = conversation_for(visit.person, number, verb="conversation:note")
    people = [{"name": row.name, "sees": row.sees} for row in mentionable(found) if row.id != visit.person.id]
    return JsonResponse({"people": people})


def unread(visit: Visit, number: int) -> HttpResponse:
    note_unread(agent=visit.person.id, conversation=conversation_for(visit.person, number).id)
    return part(visit, "_toast", words=_("Marked unread."))


def hint_dropped(visit: Visit, number: int) -> HttpResponse:
    change(visit.person, number, Change(without_hint=True), by=visit.by, at=visit.at)
    return HttpResponse()


def admitted(visit: Visit, number: int) -> HttpResponse:
    """A stranger belongs to the case from now on."""
    address = visit.form.get("address", "")
    answer_stranger(visit, number, address, welcome=True)
    return part(visit, "case/_admitted", address=address)


def answer_stranger(visit: Visit, number: int, address: str, *, welcome: bool) -> None:
    found = participant_with(conversation_for(visit.person, number).id, address)
    if found is None:
        raise Refused(_("%(address)s is not on this case.") % {"address": address})
    admit(visit.person, number, found.id, welcome=welcome, by=visit.by, at=visit.at)


def events(visit: Visit, number: int) -> HttpResponse:
    """What happened on a case, all of it, newest last."""
    found = conversation_for(visit.person, number)
    opened = page_of(found, visit)
    told = thread_of([], opened.events, set(), visit)
    return page(visit, "case/events", "inbox", _("History"), case=cover_of(opened.head, visit), entries=told, opened_at=iso(found.created_at),
                opened_text=moment_words(found.created_at, at=visit.at, zone=visit.zone))  # fmt: skip


def last_change_of(number: int) -> str:
    """Where DELETE undoes what this visitor has just changed."""
    return f"/conversations/{number}/last-change"


def undone(visit: Visit, number: int) -> HttpResponse:
    """The case as it stood before; a note that was taken back is in the composer again."""
    back = undo(visit.person, number, by=visit.by, at=visit.at)
    if back.note is None:
        return header(visit, number, words=_("Undone."), undo_url="")
    found = conversation_for(visit.person, number)
    keep_draft(visit.person, number, "note", {"text": back.text}, at=visit.at)
    return part(
        visit, "case/_note_taken_back", message=back.note, case=cover_of(page_of(found, visit).head, visit),
        composer=composer_of(found, visit, kind="note", written={"text": back.text}), words=_("Taken back. It is in the composer again."),
    )  # fmt: skip


def _changed(visit: Visit, number: int, wanted: Change, words: str, *, given_to: int | None = None) -> HttpResponse:
    change(visit.person, number, wanted, by=visit.by, at=visit.at)
    if given_to is not None and (much := over_limit(given_to, at=visit.at)) is not None:
        load = {"words": words, "load": much[0], "units": much[1]}
        words = _("%(words)s They have more than they can have now: %(load)s of %(units)s.") % load
    try:
        return header(visit, number, words=words, undo_url=last_change_of(number))
    except NotFound:
        # it went to people whose cases this one does not see; what the page shows of it stays until it is left
        return part(
            visit, "_toast", headers={"HX-Reswap": "none"}, words=_("Moved: you don't see this case any more."),
            undo_url=last_change_of(number), undo_target="#case-header", undo_swap="outerHTML", seconds=10,
        )  # fmt: skip
