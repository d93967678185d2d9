"""What stands in a customer's history, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.entrypoints.web.orders.words import HAPPENED
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import initials_of, iso, moment_words


def entry_of(row: Any, visit: Visit) -> dict[str, Any]:
    """One entry of the history: {type, symbol, title, text, url, subject, at, at_text, author, initials, kind}."""
    author = row.author_name or {"customer": _("The customer"), "rule": _("A rule"), "bot": _("The assistant")}.get(
        row.author_kind, "Careline"
    )
    symbol, title = _title(row)
    return {
        "type": row.type, "kind": row.name, "symbol": symbol, "title": title, "text": row.text, "author": author, "initials": initials_of(author),
        "url": f"/conversations/{row.number}" if row.number else "", "subject": f"#{row.number} {row.subject}" if row.number else "",
        "at": iso(row.at), "at_text": moment_words(row.at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def likeness_words(why: list[str]) -> str:
    """Why two are taken for one person."""
    words = {"mail": _("the same mailbox name"), "phone": _("the same number"), "name": _("the same name and company")}
    return ", ".join(words.get(one, one) for one in why)


def _title(row: Any) -> tuple[str, str]:
    if row.type == "message":
        return {"incoming": ("email", _("wrote")), "reply": ("reply", _("answered"))}.get(
            row.name, ("note", _("noted in the case"))
        )
    if row.type == "note":
        return "note", _("noted")
    told = {
        "conversation.opened": ("case", _("opened a case")),
        "conversation.resolved": ("resolve", _("resolved it")),
        "conversation.reopened": ("reopen", _("opened it again")),
        "conversation.merged": ("merge", _("merged the case into another")),
        "customer.added": ("customer", _("added the customer")),
        "customer.changed": ("edit", _("changed the card")),
        "customer.address_added": ("plus", _("added an address")),
        "customer.address_removed": ("remove", _("removed an address")),
        "customer.address_made_primary": ("star", _("chose another first address")),
        "customer.address_verified": ("verified", _("verified an address")),
        "customer.address_unverified": ("warning", _("took back that an address is verified")),
        "customer.merged": ("merge", _("merged the customer into another")),
        "customer.absorbed": ("merge", _("merged another customer into this one")),
        "customer.unmerged": ("split", _("took a merge back")),
        "customer.gave_back": ("split", _("took a merge back")),
        "customer.not_same": ("split", _("said that two customers are different people")),
        "customer.consent_given": ("check", _("noted a consent")),
        "customer.consent_withdrawn": ("block", _("noted that a consent was withdrawn")),
        "customer.note_changed": ("edit", _("changed a note")),
        "customer.note_removed": ("remove", _("removed a note")),
        "customer.imported": ("download", _("imported it")),
    }
    noun, _dot, name = row.name.partition(".")
    if noun in ("order", "return") and name in HAPPENED:
        return "box", _(HAPPENED[name])
    return told.get(row.name, ("event", row.name.partition(".")[2].replace("_", " ")))
