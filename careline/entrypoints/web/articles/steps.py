"""An article's steps on its way to readers, as buttons of its page."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.publish_article import (
    archive_article,
    publish_article,
    restore_article,
    schedule_article,
    withdraw_article,
)
from careline.flows.review_article import approve_article, send_back_article, set_four_eyes, submit_article
from careline.flows.write_article import give_up_draft


def submitted(visit: Visit, key: int) -> HttpResponse:
    submit_article(visit.person, key, _language(visit), seen=_seen(visit), by=visit.by, at=visit.at)
    return _back(visit, key)


def sent_back(visit: Visit, key: int) -> HttpResponse:
    remark = visit.form.get("remark", "")
    send_back_article(visit.person, key, _language(visit), remark=remark, seen=_seen(visit), by=visit.by, at=visit.at)
    return _back(visit, key)


def approved(visit: Visit, key: int) -> HttpResponse:
    approve_article(visit.person, key, _language(visit), seen=_seen(visit), by=visit.by, at=visit.at)
    return _back(visit, key)


def published(visit: Visit, key: int) -> HttpResponse:
    """At once, or at the moment that the form names, in the time zone of whoever sends it."""
    words = visit.form.get("due_at", "")
    if not words:
        publish_article(visit.person, key, _language(visit), seen=_seen(visit), by=visit.by, at=visit.at)
        return _back(visit, key)
    try:
        due_at = datetime.fromisoformat(words)
        due_at = (due_at if due_at.tzinfo else due_at.replace(tzinfo=visit.zone)).astimezone(visit.at.tzinfo)
    except (ValueError, OverflowError):
        raise Refused(_("Give day and time.")) from None
    schedule_article(
        visit.person, key, _language(visit), due_at=due_at, seen=_seen(visit), by=visit.by, at=visit.at
    )  # fmt: skip
    return _back(visit, key)


def withdrawn(visit: Visit, key: int) -> HttpResponse:
    withdraw_article(visit.person, key, _language(visit), by=visit.by, at=visit.at)
    return _back(visit, key)


def given_up(visit: Visit, key: int) -> HttpResponse:
    give_up_draft(visit.person, key, _language(visit), by=visit.by, at=visit.at)
    return _back(visit, key)


def archived(visit: Visit, key: int) -> HttpResponse:
    archive_article(visit.person, key, by=visit.by, at=visit.at)
    return _back(visit, key)


def restored(visit: Visit, key: int) -> HttpResponse:
    restore_article(visit.person, key, by=visit.by, at=visit.at)
    return _back(visit, key)


def four_eyes(visit: Visit) -> HttpResponse:
    set_four_eyes(visit.person, on=visit.form.get("on") == "yes", by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": "/articles/categories"})


def _language(visit: Visit) -> str:
    return visit.asked.get("lang", "")


def _seen(visit: Visit) -> int | None:
    return whole_number(visit.asked.get("seen"))


def _back(visit: Visit, key: int) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": f"/articles/{key}?lang={_language(visit)}"})
