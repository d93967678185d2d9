"""My requests, and one of them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.portal import SignedIn, rating_of
from careline.domain.customers.rules.portal import may_rate
from careline.domain.desk.queries.portal import (
    SHOWN,
    Asked,
    file_of_request,
    messages_of_request,
    request_of,
    requests_page,
)
from careline.domain.desk.rules.portal import CLOSED, OPEN, standing_of
from careline.domain.files.queries import content_of
from careline.entrypoints.portal.guest import Guest, shown
from careline.entrypoints.portal.requests.door import FRONT, brand_of
from careline.entrypoints.portal.requests.shown import said_in
from careline.entrypoints.portal.requests.words import day_of, mood_of, score_words, standing_words, zone_of
from careline.flows.close_request import may_reopen

_FILE_POLICY = "default-src 'none'; sandbox"


def requests(guest: Guest, who: SignedIn) -> HttpResponse:
    given = guest.request.GET
    state = given.get("state", "") if given.get("state") in (OPEN, CLOSED) else ""
    of_company = who.viewer.organisation is not None and given.get("of") == "company"
    words = given.get("q", "").replace("\0", "").strip()[:200]
    asked = Asked(state, words, of_company, _after(given.get("after", "")))
    found = requests_page(who.viewer, asked, brand=brand_of(guest), limit=SHOWN + 1)
    kept = {
        name: word for name, word in (("state", state), ("q", words), ("of", "company" if of_company else "")) if word
    }
    more = f"{FRONT}?{urlencode({**kept, 'after': _mark(found[SHOWN - 1])})}" if len(found) > SHOWN else ""
    title = _("Requests of your company") if of_company else _("My requests")
    return shown(
        guest, "requests/list", title, is_indexed=False, rows=[_row(row, guest, who) for row in found[:SHOWN]], state=state, q=words,
        of_company=of_company, has_company=who.viewer.organisation is not None, more=more, is_first=not given.get("after"),
        states=[(code, name, _address(kept, state=code)) for code, name in (("", _("All")), (OPEN, _("Open")), (CLOSED, _("Solved")))],
        mine_url=_address(kept, of=""), company_url=_address(kept, of="company"),
    )  # fmt: skip


def request(guest: Guest, who: SignedIn, number: int, *, error: str = "", told: str = "", text: str = "",
            comment: str = "", status: int = 200) -> HttpResponse:  # fmt: skip
    found = request_of(who.viewer, number, brand=brand_of(guest))
    if found is None:
        raise NotFound(f"There is no request {number}.")
    zone = zone_of(who.viewer.time_zone, guest.site.time_zone)
    rating = rating_of(found.id, resolved_at=found.resolved_at) if found.is_own else None
    is_solved = found.category == "resolved" and not found.is_spam
    acts = {
        "write": bool(found.takes_part or (who.viewer.writes and not found.is_spam)),
        "close": found.is_own and not is_solved and not found.is_spam,
        "reopen": found.is_own and is_solved and may_reopen(found.id, at=guest.at),
        "rate": found.is_own and is_solved and may_rate(rated_at=rating.rated_at if rating else None, at=guest.at),
    }
    title = subject_of(found)
    return shown(
        guest, "requests/one", title, status=status, is_indexed=False, number=found.number, subject=title, **_standing(found), acts=acts,
        messages=said_in(messages_of_request(who.viewer, found.id), zone=zone, site=guest.site.name), rating=rating, scores=score_words(),
        customer_name="" if found.is_own else found.customer_name or "", token=secrets.token_urlsafe(16), error=error,
        told=told or _told(guest), text=text, comment=comment or (rating.comment if rating else ""), address=f"{FRONT}/{found.number}",
    )  # fmt: skip


def file(guest: Guest, who: SignedIn, key: int) -> HttpResponse:
    """Always to be saved, never shown in place: whoever sent it may have lied about what it is."""
    found = file_of_request(who.viewer, key, brand=brand_of(guest))
    if found is None:
        raise NotFound(f"There is no file {key}.")
    name = "".join(sign for sign in found.name if sign.isprintable()) or "file"
    plain = "".join(sign if sign.isascii() and sign not in '"\\/;%' else "_" for sign in name)
    return HttpResponse(
        content_of(found.digest), content_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": _FILE_POLICY, "X-Content-Type-Options": "nosniff",
        },
    )  # fmt: skip


def subject_of(row: Any) -> str:
    """Their own request by its subject; of another's case, what the first message they got was called."""
    return str((row.subject if row.is_own else row.first_subject or row.subject) or _("(no subject)"))


def _standing(row: Any) -> dict[str, str]:
    standing = standing_of(
        category=row.category, last_kind=row.last_kind, is_answered=row.is_answered, is_spam=row.is_spam
    )
    return {"standing": standing_words(standing), "mood": mood_of(standing)}


def _row(row: Any, guest: Guest, who: SignedIn) -> dict[str, Any]:
    zone = zone_of(who.viewer.time_zone, guest.site.time_zone)
    return {
        "url": f"{FRONT}/{row.number}", "number": row.number, "subject": subject_of(row), "at": row.last_at.isoformat(),
        "day": day_of(row.last_at, zone), "name": "" if row.is_own else row.customer_name or "", **_standing(row),
    }  # fmt: skip


def _told(guest: Guest) -> str:
    return {
        "sent": _("Your message is here. We answer by mail, and on this page."),
        "closed": _("Thank you. This request is solved."),
        "noted": _("Thank you for telling us. We close it once we have finished what is left on our side."),
        "open": _("It is open again. Tell us what is still wrong."),
        "rated": _("Thank you for your rating."),
    }.get(guest.request.GET.get("told", ""), "")


def _address(kept: dict[str, str], **changed: str) -> str:
    asked = {name: word for name, word in {**kept, **changed}.items() if word}
    return f"{FRONT}?{urlencode(asked)}" if asked else FRONT


def _mark(row: Any) -> str:
    return f"{row.last_at.isoformat()}~{row.number}"


def _after(mark: str) -> tuple[datetime, int] | None:
    """Where the next page begins; None for nothing and for nonsense."""
    moment, _sign, number = mark.partition("~")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(number)) if at.tzinfo else None
