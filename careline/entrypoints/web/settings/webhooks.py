"""Webhooks under Settings: whom programs of others tell what happens here, and how that went."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.staff.rules import may, require
from careline.domain.webhooks.commands.webhooks import BadUrl, TooMany
from careline.domain.webhooks.queries import deliveries_page
from careline.domain.webhooks.queries import webhooks as all_webhooks
from careline.domain.webhooks.rules.payloads import FULL, PING, THIN
from careline.domain.webhooks.rules.topics import EVERYTHING, TOPICS, NoSuchTopic
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text, said
from careline.flows.change_webhook import (
    VERB,
    add_webhook,
    change_webhook,
    found_webhook,
    pause_webhook,
    ping_webhook,
    remove_webhook,
    renew_secret,
    replay_webhook,
    resume_webhook,
)

SHOWN = 25
_STATES = ("", "waiting", "failed", "delivered")


def webhooks(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return page(
        visit, "settings/webhooks", "settings", _("Webhooks"), webhooks=[_card(row, visit) for row in all_webhooks()]
    )


def webhook(visit: Visit, key: int | None = None) -> HttpResponse:
    require(visit.person, VERB)
    if key is None:
        return _form(visit, {"name": "", "url": "", "topics": ["conversation.*", "message.*"], "content": THIN}, {})
    return _shown(visit, key)


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps what the form says; a wrong word loses nothing. A new one shows its secret, this once."""
    require(visit.person, VERB)
    form = _given(visit)
    wrong = {} if form["name"] else {"name": _("Give it a name, so that others know what it is for.")}
    if not form["topics"]:
        wrong["topics"] = _("Choose what it is told.")
    secret = ""
    if not wrong:
        try:
            if key is None:
                key, secret = add_webhook(visit.person, by=visit.by, at=visit.at, **form)
            else:
                change_webhook(visit.person, key, by=visit.by, at=visit.at, **form)
        except BadUrl as error:
            wrong["url"] = said(error)
        except NoSuchTopic as error:
            wrong["topics"] = said(error)
        except TooMany as error:
            wrong["name"] = said(error)
    if wrong or key is None:
        return _shown(visit, key, form=form, wrong=wrong) if key is not None else _form(visit, form, wrong, status=422)
    return _shown(visit, key, secret=secret) if secret else HttpResponseRedirect(f"/webhooks/{key}")


def renewed(visit: Visit, key: int) -> HttpResponse:
    return _shown(visit, key, secret=renew_secret(visit.person, key, by=visit.by, at=visit.at), is_renewed=True)


def paused(visit: Visit, key: int) -> HttpResponse:
    pause_webhook(visit.person, key, by=visit.by, at=visit.at)
    return _again()


def resumed(visit: Visit, key: int) -> HttpResponse:
    resume_webhook(visit.person, key, by=visit.by, at=visit.at)
    return _again()


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_webhook(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/webhooks"})


def pinged(visit: Visit, key: int) -> HttpResponse:
    ping_webhook(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/webhooks/{key}#log")


def replayed(visit: Visit, key: int) -> HttpResponse:
    """One delivery, or all that failed."""
    replay_webhook(visit.person, key, delivery=whole_number(visit.form.get("delivery")), by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/webhooks/{key}#log")


def _again() -> HttpResponse:
    return HttpResponse(headers={"HX-Refresh": "true"})


def _shown(
    visit: Visit, key: int, *, form: dict[str, Any] | None = None, wrong: dict[str, str] | None = None, secret: str = "",
    is_renewed: bool = False,
) -> HttpResponse:  # fmt: skip
    row = found_webhook(visit.person, key)
    asked = visit.asked.get("state", "")
    state = asked if asked in _STATES else ""
    found = deliveries_page(key, state=state, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    url = f"/webhooks/{key}"
    kept = {"name": row.name, "url": row.url, "topics": row.topics, "content": row.content}
    return _form(
        visit, form or kept, wrong or {}, status=422 if wrong else 200, webhook=_card(row, visit), secret=secret, is_renewed=is_renewed,
        deliveries=[_delivery(one, visit) for one in found[:SHOWN]], state=state, states=_states(url),
        next_url=next_page(url, found, SHOWN, state=state), is_busy=any(one.state == "sending" or (one.state == "waiting" and not one.attempts)
                                                                         for one in found),
    )  # fmt: skip


def _form(visit: Visit, form: dict[str, Any], wrong: dict[str, str], *, status: int = 200, **more: Any) -> HttpResponse:
    chosen = set(form["topics"])
    whole = [{"name": f"{topic}.*", "words": words, "is_chosen": f"{topic}.*" in chosen}
             for topic, words in _topic_words().items() if may(visit.person, TOPICS[topic])]  # fmt: skip
    single = "\n".join(topic for topic in form["topics"] if not topic.endswith("*"))
    shown = {
        "webhook": None, "secret": "", "is_renewed": False, "deliveries": [], "state": "", "states": [], "next_url": "", "is_busy": False,
    } | more  # fmt: skip
    title = shown["webhook"]["name"] if shown["webhook"] else _("New webhook")
    return page(
        visit, "settings/webhook", "settings", title, status=status, form=form, errors={"name": "", "url": "", "topics": ""} | wrong, topics=whole,
        single=single, is_everything=EVERYTHING in chosen, is_full=form["content"] == FULL, **shown,
    )  # fmt: skip


def _given(visit: Visit) -> dict[str, Any]:
    sent = visit.form
    topics = [EVERYTHING] if "all" in sent else [*sent.getlist("topic"), *sent.get("single", "").split()]
    content = FULL if sent.get("content") == FULL else THIN
    name = " ".join(sent.get("name", "").split())[:500]
    return {"name": name, "url": sent.get("url", "").strip(), "topics": topics, "content": content}


def _card(row: Any, visit: Visit) -> dict[str, Any]:
    reasons = {
        "by_hand": _("Paused"),
        "failing": _("Paused: it did not answer for three days"),
        "gone": _("Paused: it answered that it is gone"),
        "owner_left": _("Paused: its owner has left"),
    }
    state = "off" if row.paused_at else "bad" if row.failing_since else "good"
    since = moment_text(row.failing_since, at=visit.at, zone=visit.zone) if row.failing_since else ""
    texts = {
        "good": _("Works"),
        "bad": _("Failing since %(moment)s") % {"moment": since},
        "off": reasons.get(row.paused_for, _("Paused")),
    }
    return {
        "id": row.id, "name": row.name, "address": row.url, "url": f"/webhooks/{row.id}", "health": state, "health_text": texts[state],
        "is_paused": row.paused_at is not None, "is_alarming": row.paused_for not in ("", "by_hand"), "waiting": row.waiting,
        "owner": row.owner_name, "last_text": moment_text(row.delivered_at, at=visit.at, zone=visit.zone) if row.delivered_at else "",
    }  # fmt: skip


def _delivery(row: Any, visit: Visit) -> dict[str, Any]:
    case = row.event.get("conversation")
    again = row.state == "waiting" and row.attempts
    return {
        "id": row.id, "name": row.name, "number": case, "case_url": f"/conversations/{case}" if case else "", "state": row.state,
        "attempts": row.attempts, "status": row.status, "words": row.words, "answer": row.answer, "at": iso(row.tried_at or row.created_at),
        "at_text": moment_text(row.tried_at or row.created_at, at=visit.at, zone=visit.zone), "is_ping": row.name == PING,
        "again_text": moment_text(row.due_at, at=visit.at, zone=visit.zone) if again else "", "took_ms": row.took_ms,
    }  # fmt: skip


def _states(url: str) -> list[dict[str, str]]:
    names = {"": _("All"), "waiting": _("Waiting"), "failed": _("Failed"), "delivered": _("Delivered")}
    return [{"key": key, "name": names[key], "url": f"{url}?state={key}#log" if key else f"{url}#log"} for key in _STATES]  # fmt: skip


def _topic_words() -> dict[str, str]:
    return {
        "conversation": _("Cases: opened, assigned, tagged, resolved …"),
        "message": _("Messages: received, written, sent, failed …"),
        "customer": _("Customers: added, changed, merged …"),
        "organisation": _("Companies of customers"),
        "order": _("Orders: placed, shipped, refunded, cancelled …"),
        "return": _("Returns, exchanges and repairs"),
        "payment_link": _("Payment links: sent, paid, let pass"),
        "quote": _("Quotes: sent, accepted, declined"),
        "subscription": _("Subscriptions: started, charged, paused, ended …"),
        "complaint": _("Complaints: recorded, decided, answered, closed …"),
        "inbound": _("Mail that could not be placed"),
        "channel": _("Mailboxes and other channels"),
        "team": _("Teams"),
        "agent": _("People who work here, and their sign-ins"),
    }
