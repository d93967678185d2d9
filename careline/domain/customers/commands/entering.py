"""Customers get in to their own pages: by a link in a mail, by a password they set after one; and out again.

Who asks for a link learns nothing: the asking is written down alike for every address, and the worker decides.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from careline.domain.customers.commands.people import known_by
from careline.domain.customers.models import EntryLink, Login, Session
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.customers.queries.portal import address_like, digest_of, viewer_of
from careline.domain.customers.rules.portal import IDLE, LINK_VALID, LONGEST, MOST_LINKS, MOST_TRIES, PortalRules
from careline.domain.history.actor import SYSTEM, customer
from careline.domain.history.commands import Happening, record
from careline.kit import db

_AGAIN_AFTER = timedelta(minutes=1)
_LINKS_KEPT = timedelta(days=1)
_NOTED_EVERY = timedelta(minutes=5)
_NOBODYS_HASH: list[str] = []


@dataclass(frozen=True, slots=True)
class Entered:
    """Who got in, by which address, and where they wanted to go."""

    customer: int
    value: str
    wanted: str = ""


def ask_link(value: str, *, brand: int, language: str, wanted: str, browser: str, at: datetime) -> EntryLink:
    """Somebody wants a link at this address. `browser` is the digest of the cookie of the browser that asks."""
    return EntryLink.objects.create(
        value=value, brand_id=brand, language=language[:20], wanted=wanted[:300], browser=browser, asked_at=at, due_at=at,
        expires_at=at + LINK_VALID,
    )  # fmt: skip


@transaction.atomic
def claim_link(*, at: datetime) -> Any | None:
    """The next to be mailed, and not due again for a minute; None where none is. Those too old or tried too often go."""
    found = db.row(
        """SELECT id, value, brand_id, language, asked_at, expires_at, tries FROM customers_entrylink
           WHERE due_at <= %s ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )
    if found is None:
        return None
    is_over = found.expires_at <= at or found.tries >= MOST_TRIES
    again = None if is_over else at + _AGAIN_AFTER * 2**found.tries
    EntryLink.objects.filter(pk=found.id).update(due_at=again, tries=found.tries + 1)
    return found


def is_one_too_many(link: Any) -> bool:
    """Whether enough links went to the address already: nobody's mailbox is filled from our page."""
    asked = db.value(
        "SELECT count(*) FROM customers_entrylink WHERE value = %s AND asked_at > %s AND id < %s",
        [link.value, link.asked_at - LINK_VALID, link.id],
    )
    return bool(asked >= MOST_LINKS)


def make_words(link: Any) -> str:
    """The token of the link, made anew for each try of its mail: only its digest stays."""
    words = secrets.token_urlsafe(24)
    EntryLink.objects.filter(pk=link.id).update(digest=digest_of(words))
    return words


def drop_link(link: Any) -> None:
    """The address is nobody's: that somebody typed it is not kept."""
    EntryLink.objects.filter(pk=link.id).delete()


def note_link_sent(link: Any, *, at: datetime) -> None:
    EntryLink.objects.filter(pk=link.id).update(sent_at=at, due_at=None, error="")


def note_link_failed(link: Any, *, error: str) -> None:
    EntryLink.objects.filter(pk=link.id).update(error=error[:500])


@transaction.atomic
def use_link(words: str, *, rules: PortalRules, at: datetime) -> Entered | None:
    """Whose link this is; the call spends it, and proves the address. None for a wrong, spent or old one."""
    link = (
        EntryLink.objects.select_for_update().filter(digest=digest_of(words), used_at=None, expires_at__gt=at).first()
    )
    if link is None:
        return None
    held = address_like(link.value)
    value = held.value if held else link.value
    key = held.customer_id if held else known_by("email", value, name="", language=link.language, by=SYSTEM, at=at)
    root = root_of(key)
    if root is None or viewer_of(root, rules=rules) is None:
        return None
    EntryLink.objects.filter(pk=link.pk).update(used_at=at, due_at=None)
    db.execute(
        """UPDATE customers_address SET verified_at = %s, verified_how = 'link'
           WHERE kind = 'email' AND value = %s AND verified_at IS NULL""",
        [at, value],
    )
    return Entered(root, value, link.wanted)


def prove_password(value: str, *, password: str, rules: PortalRules) -> Entered | None:
    """Who has this verified address and this password. It takes the same time whether anybody has."""
    held = address_like(value)
    root = root_of(held.customer_id if held else 0)
    login = Login.objects.filter(customer_id=root or 0).first()
    if not check_password(password, login.password if login else _nobodys_hash()) or login is None or root is None:
        return None
    viewer = viewer_of(root, rules=rules)
    if held is None or viewer is None or held.value.lower() not in viewer.addresses:
        return None
    return Entered(root, held.value)


@transaction.atomic
def begin_session(entered: Entered, *, how: str, device: str, at: datetime) -> str:
    """The words of a new session's cookie: always new ones, so that nobody can have laid them there before."""
    words = secrets.token_urlsafe(24)
    made = Session.objects.create(
        customer_id=entered.customer, digest=digest_of(words), value=entered.value, how=how, device=device[:120],
        started_at=at, last_seen_at=at,
    )  # fmt: skip
    _record("customer.signed_in", entered.customer, at=at, data={"how": how, "session": made.pk})
    return words


def note_seen(session: int, *, last_seen_at: datetime, at: datetime) -> None:
    if at - last_seen_at > _NOTED_EVERY:
        Session.objects.filter(pk=session).update(last_seen_at=at)


@transaction.atomic
def end_session(session: int, *, customer_id: int, at: datetime) -> None:
    if Session.objects.filter(pk=session, ended_at=None).update(ended_at=at):
        _record("customer.signed_out", customer_id, at=at, data={"session": session})


@transaction.atomic
def end_sessions(customer_id: int, *, at: datetime, but: int | None = None) -> int:
    """In all browsers, `but` one, whoever was merged into them among them; how many."""
    open_ones = Session.objects.filter(customer_id__in=everybody_in(customer_id), ended_at=None).exclude(pk=but or 0)
    ended = open_ones.update(ended_at=at)
    if ended:
        _record("customer.signed_out", customer_id, at=at, data={"count": ended})
    return ended


@transaction.atomic
def set_password(customer_id: int, *, password: str, session: int, at: datetime) -> None:
    """A password, or a new one; every other browser has to sign in again."""
    Login.objects.update_or_create(
        customer_id=customer_id, defaults={"password": make_password(password), "set_at": at}
    )
    end_sessions(customer_id, at=at, but=session)
    _record("customer.password_set", customer_id, at=at)


@transaction.atomic
def drop_password(customer_id: int, *, at: datetime) -> None:
    if Login.objects.filter(customer_id=customer_id).delete()[0]:
        _record("customer.password_dropped", customer_id, at=at)


def forget_entries(*, at: datetime) -> int:
    """Links and sessions that ran out are nobody's business; how many."""
    links = EntryLink.objects.filter(expires_at__lt=at - _LINKS_KEPT).delete()[0]
    old = Session.objects.filter(last_seen_at__lt=at - IDLE) | Session.objects.filter(started_at__lt=at - LONGEST)
    return links + old.delete()[0]


def _nobodys_hash() -> str:
    if not _NOBODYS_HASH:
        _NOBODYS_HASH.append(make_password(secrets.token_urlsafe(24)))
    return _NOBODYS_HASH[0]


def _record(name: str, key: int, *, at: datetime, data: dict[str, Any] | None = None) -> None:
    by = customer(key, via="portal")
    record(Happening(name, "customer", key, customer=key, data=data or {}), by=by, at=at)
