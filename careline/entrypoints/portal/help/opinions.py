"""Was this helpful: the answer, and where it did not, why."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.knowledge.queries.published import text_at
from careline.entrypoints.portal.guest import Guest, absent, read_in, shown
from careline.entrypoints.portal.help import places
from careline.entrypoints.portal.help.listing import name_in
from careline.entrypoints.portal.help.tickets import is_good
from careline.flows.hear_reader import LONGEST_COMMENT, hear_reader


@csrf_exempt  # the ticket is the proof: readers have no cookie of ours
def given(guest: Guest, language: str, slug: str) -> HttpResponse:
    """The first answer is kept at once; who was not helped is asked why, and nothing is lost where they do not say."""
    found = text_at(guest.site.brand, language, slug)
    if found is None:
        return absent(guest)
    read_in(guest, language)
    form, own = guest.request.POST, places.article(language, slug)
    ticket, helped = form.get("ticket", "")[:200], form.get("helped", "")
    if helped not in ("yes", "no") or not is_good(ticket, article=found.article_id, at=guest.at):
        return shown(
            guest,
            "help/thanks",
            _("Was this helpful?"),
            own=own,
            article_title=found.title,
            state="old",
            is_indexed=False,
            status=422,
        )
    try:
        hear_reader(
            guest.site.brand, language, slug, ticket=ticket, is_helpful=helped == "yes", reason=form.get("reason", ""),
            comment=form.get("comment", "")[:LONGEST_COMMENT], at=guest.at,
        )  # fmt: skip
    except (NotFound, Refused):
        return absent(guest)
    if helped == "no" and "why" not in form:
        return shown(
            guest, "help/thanks", _("Was this helpful?"), own=own, article_title=found.title, state="why", ticket=ticket, is_indexed=False,
            shelf=(name_in(found.category_names, language), places.shelf(language, found.category_slug)) if found.category_slug else None,
        )  # fmt: skip
    return HttpResponseRedirect(f"{own}?thanks={helped}#helpful")
