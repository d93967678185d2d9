"""One customer: everything we know, everything that was said, and changing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.commands import AddressTaken
from careline.domain.customers.commands.people import Gone
from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.queries.merges import merges_of
from careline.domain.customers.queries.people import purposes
from careline.domain.customers.rules.addresses import Unreachable, domain_of
from careline.domain.desk.queries.api_customers import customer_row, merged_into
from careline.domain.desk.queries.companies import companies_of_domains, company_choices
from careline.domain.desk.queries.customer_card import consents_of, likely_same, notes_of
from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.queries.timeline import timeline_of
from careline.domain.desk.rules import Filter
from careline.domain.desk.rules.timeline import KINDS
from careline.entrypoints.web.customers.history import entry_of, kinds_shown
from careline.entrypoints.web.customers.likeness import likeness_words
from careline.entrypoints.web.customers.listing import allowed_of, language_choices, name_of, purpose_name
from careline.entrypoints.web.customers.values import value_text
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.presenting import row_of
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import day_text, initials_of, language_name, moment_words, said
from careline.flows.change_customer import CustomerChange, Wrong, change_customer
from careline.kit.zones import zones_in_order

CASES_SHOWN = 20
ENTRIES_SHOWN = 30
ADDRESS_KINDS = ("email", "phone", "mobile", "whatsapp", "telegram", "letter", "other")


def customer(visit: Visit, key: int) -> HttpResponse:
    return _page(visit, key)


def timeline(visit: Visit, key: int) -> HttpResponse:
    """More of the history, behind the last entry shown; or the newest of one kind."""
    found = seen(visit, key)
    at, number = visit.asked.get("at", ""), whole_number(visit.asked.get("key"))
    kind = visit.asked.get("kind", "")
    rows = _entries(
        visit, found.id, (at, number) if at and number is not None else None, kind=kind if kind in KINDS else ""
    )
    return part(visit, "customers/_timeline", **rows)


def noted(visit: Visit, key: int) -> HttpResponse:
    """What colleagues should know, typed beside a case."""
    seen(visit, key)
    notes = visit.form.get("notes", "").strip()[:20_000]
    change_customer(visit.person, key, CustomerChange(card={"notes": notes}), by=visit.by, at=visit.at)
    return part(visit, "_toast", words=_("Noted."))


def card_changed(visit: Visit, key: int) -> HttpResponse:
    form = visit.form
    card: dict[str, Any] = {
        name: form.get(name, "").strip()[:200] for name in ("name", "language", "time_zone", "preferred_channel")
    }
    card["organisation_id"] = whole_number(form.get("company"))
    card["do_not_contact"] = form.getlist("do_not_contact")[:20]
    fields = {
        definition.code: (form.getlist if definition.kind == "choices" else form.get)(f"field_{definition.code}")
        for definition in definitions("customer")
    }
    return _done(visit, key, CustomerChange(card=card, fields=fields))


def address_added(visit: Visit, key: int) -> HttpResponse:
    given = (visit.form.get("kind", "email"), visit.form.get("value", "")[:600])
    return _done(visit, key, CustomerChange(add=(given,)))


def address_changed(visit: Visit, key: int, address: int) -> HttpResponse:
    """`then` says what: first, verified, unverified or remove."""
    then = visit.form.get("then", "")
    wanted = {name: address for name in ("first", "verified", "unverified", "remove") if name == then}
    return _done(visit, key, CustomerChange(**wanted))  # type: ignore[arg-type]


def note_added(visit: Visit, key: int) -> HttpResponse:
    return _done(visit, key, CustomerChange(note=visit.form.get("text", "").strip()))


def note_changed(visit: Visit, key: int, note: int) -> HttpResponse:
    if visit.form.get("then") == "remove":
        return _done(visit, key, CustomerChange(drop_note=note))
    return _done(visit, key, CustomerChange(rewrite=(note, visit.form.get("text", ""))))


def consent_changed(visit: Visit, key: int) -> HttpResponse:
    given = (visit.form.get("purpose", ""), visit.form.get("how", "")[:500])
    is_withdrawn = visit.form.get("then") == "withdraw"
    return _done(visit, key, CustomerChange(withdraw=given) if is_withdrawn else CustomerChange(consent=given))


def company_taken(visit: Visit, key: int) -> HttpResponse:
    """They work for the company that their address suggests."""
    return _done(visit, key, CustomerChange(card={"organisation_id": whole_number(visit.form.get("company"))}))


def seen(visit: Visit, key: int) -> Any:
    """The customer as this person sees them. Raises NotFound, Elsewhere."""
    found = customer_row(visit.person, key)
    if found is None:
        raise NotFound(f"There is no customer {key}.")
    return found


def _done(visit: Visit, key: int, wanted: CustomerChange) -> HttpResponse:
    try:
        change_customer(visit.person, key, wanted, by=visit.by, at=visit.at)
    except AddressTaken as taken:
        return _page(visit, key, error=str(taken), other=taken.customer)
    except (Wrong, Unreachable, Gone) as wrong:
        return _page(visit, key, error=said(wrong))
    return HttpResponseRedirect(f"/customers/{key}")


def _page(visit: Visit, key: int, *, error: str = "", other: int | None = None) -> HttpResponse:
    found = customer_row(visit.person, key)
    if found is None:
        target = merged_into(visit.person, key)
        if target is None:
            raise NotFound(f"There is no customer {key}.")
        return HttpResponseRedirect(f"/customers/{target}")
    cases = rows_of(Filter(customer=key), visit.person, at=visit.at, sort="updated", limit=CASES_SHOWN)
    defined = definitions("customer")
    return page(
        visit, "customers/customer", "customers", name_of(found), status=422 if error else 200, customer=cover_shown(found), error=error,
        other=other if other and customer_row(visit.person, other) else None, addresses=_addresses(visit, found),
        address_kinds=ADDRESS_KINDS, notes=found.notes, remarks=remarks_of(visit, key), cases=[row_of(row, visit) for row in cases.rows],
        facts=facts_of(found), fields=[{"definition": d, "value": found.fields.get(d.code)} for d in defined],
        consents=consents_shown(visit, key), purposes=[(purpose, purpose_name(purpose)) for purpose in purposes()],
        merges=[_merge(row, visit) for row in merges_of(key)], likely=[likely_shown(row) for row in likely_same(visit.person, key)],
        companies=company_choices(), suggested=_suggested(found), languages=language_choices(), zones=zones_in_order(),
        allowed=allowed_of(visit), grants=visit.person.grants, kinds=kinds_shown(""), **_entries(visit, key, None),
    )  # fmt: skip


def cover_shown(found: Any) -> dict[str, Any]:
    name = name_of(found)
    return {
        "id": found.id, "name": name, "own_name": found.name, "initials": initials_of(name), "company_name": found.company_name or "",
        "company_id": found.company_id, "url": f"/customers/{found.id}", "language": found.language, "time_zone": found.time_zone,
        "preferred_channel": found.preferred_channel, "do_not_contact": found.do_not_contact, "notes": found.notes,
    }  # fmt: skip


def facts_of(found: Any) -> list[tuple[str, str]]:
    """What is known of them."""
    facts = [(_("Language"), language_name(found.language))] if found.language else []
    if found.time_zone:
        facts.append((_("Time zone"), found.time_zone))
    if found.preferred_channel:
        facts.append((_("Prefers"), kind_name(found.preferred_channel)))
    if found.do_not_contact:
        facts.append((_("Not to be reached by"), ", ".join(kind_name(kind) for kind in found.do_not_contact)))
    return facts + [
        (d.name, value_text(d, found.fields[d.code])) for d in definitions("customer") if d.code in found.fields
    ]


def kind_name(kind: str) -> str:
    return {
        "email": _("Mail"), "phone": _("Phone"), "mobile": _("Mobile"), "sms": _("Text message"), "letter": _("Letter"), "other": _("Other"),
    }.get(kind, kind.replace("_", " ").capitalize())  # fmt: skip


def _addresses(visit: Visit, found: Any) -> list[dict[str, Any]]:
    how = {
        "mail": _("by a mail of theirs"),
        "agent": _("by a colleague"),
        "portal": _("in the portal"),
        "import": _("by an import"),
    }
    return [
        {**one, "kind_name": kind_name(one["kind"]), "url": f"/customers/{found.id}/addresses/{one['id']}",
         "verified_words": how.get(one["verified_how"], ""),
         "verified_on": day_text(date.fromisoformat(one["verified_at"][:10])) if one["verified_at"] else ""}
        for one in found.addresses or []
    ]  # fmt: skip


def remarks_of(visit: Visit, key: int, *, limit: int = 50) -> list[dict[str, Any]]:
    return [
        {"id": row.id, "text": row.text, "author": row.author_name or "Careline", "url": f"/customers/{key}/remarks/{row.id}",
         "at_text": moment_words(row.created_at, at=visit.at, zone=visit.zone), "is_edited": row.edited_at is not None}
        for row in notes_of(key, limit=limit)
    ]  # fmt: skip


def consents_shown(visit: Visit, key: int) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in consents_of(key):
        ended = row.withdrawn_at is not None
        moment, who, how = (
            (row.withdrawn_at, row.withdrawn_by, row.withdrawn_how)
            if ended
            else (row.given_at, row.given_by, row.given_how)
        )
        words = [moment_words(moment, at=visit.at, zone=visit.zone), *(part for part in (who, how) if part)]
        found.setdefault(
            row.purpose,
            {"purpose": row.purpose, "name": purpose_name(row.purpose), "holds": row.holds, "words": " · ".join(words)},
        )
    return list(found.values())


def _merge(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": row.id, "name": row.merged_name or _("Nobody"), "url": f"/customers/{row.survivor_id}/merges/{row.id}", "agent": row.agent_name or "",
        "at_text": moment_words(row.at, at=visit.at, zone=visit.zone), "cases": len(row.case_ids), "addresses": len(row.addresses),
    }  # fmt: skip


def likely_shown(row: Any) -> dict[str, Any]:
    name = row.name or row.address or _("Nobody")
    return {
        "id": row.id, "name": name, "initials": initials_of(name), "address": row.address or "", "url": f"/customers/{row.id}",
        "why": likeness_words(row.why),
    }  # fmt: skip


def _suggested(found: Any) -> Any | None:
    """The company whose domain their mail comes from, while they have none."""
    if found.company_id is not None:
        return None
    domains = [domain for one in found.addresses or [] if (domain := domain_of(one["kind"], one["value"]))]
    return next(iter(companies_of_domains(domains).values()), None) if domains else None


def _entries(visit: Visit, key: int, after: tuple[str, int | None] | None, *, kind: str = "") -> dict[str, Any]:
    moment = None
    if after is not None:
        try:
            moment = parse_datetime(after[0])
        except ValueError:
            moment = None
    since = (moment, after[1] or 0) if moment is not None and moment.tzinfo and after is not None else None
    rows = timeline_of(visit.person, key, kind=kind, after=since, limit=ENTRIES_SHOWN + 1)
    last = rows[ENTRIES_SHOWN - 1] if len(rows) > ENTRIES_SHOWN else None
    asked = {"at": last.at.isoformat().replace("+00:00", "Z"), "key": last.key, "kind": kind} if last else {}
    more = f"/customers/{key}/timeline?{urlencode(asked)}" if asked else ""
    return {"entries": [entry_of(row, visit) for row in rows[:ENTRIES_SHOWN]], "more_url": more}
