"""Somebody opens a page that holds the chat: a visitor who is known comes again, others are given a token of their own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.chat.addresses import visitor_address
from careline.domain.channels.queries import channel_by_id
from careline.domain.chats import commands as chats
from careline.domain.chats.identity import Forged, Identity, identity_in
from careline.domain.chats.queries import visitor_by_id, visitor_of_token
from careline.domain.chats.rules.sites import Site, is_mail
from careline.domain.customers import commands as customers
from careline.domain.customers.commands.addresses import AddressTaken
from careline.domain.history.actor import SYSTEM

REPLAYED = "The identity was used by another visitor: the page has to ask its server for a new one."


@dataclass(frozen=True, slots=True)
class Visit:
    """`token` is what the browser keeps; told to it alone. `visitor` is its row."""

    token: str
    visitor: Any


def visit_site(site: Site, *, token: str, identity: str, language: str, at: datetime) -> Visit:
    """Raises Forged where the site's signed word about its visitor is not to be believed; then nothing changed."""
    said = None
    if identity:
        channel = channel_by_id(site.id)
        key = channel.secrets.get("identity_key", "") if channel is not None else ""
        said = identity_in(identity, key=key, audience=site.token, at=at)
    with transaction.atomic():
        known = visitor_of_token(token) if token else None
        if known is not None and (known.channel_id != site.id or _is_somebody_else(known, said)):
            known = None
        if known is None:
            made, token = chats.add_visitor(site.id, language=language, at=at)
            known = visitor_by_id(made.pk)
        else:
            chats.note_visit(known.id, at=at)
        if said is not None and known is not None:
            _identify(known, said, site=site, language=language, at=at)
            known = visitor_by_id(known.id)
    return Visit(token, known)


def _is_somebody_else(known: Any, said: Identity | None) -> bool:
    """Another person signed in on the same browser: they see nothing of the one before."""
    return bool(known.is_identified and said is not None and known.subject != said.subject)


def _identify(known: Any, said: Identity, *, site: Site, language: str, at: datetime) -> None:
    customer = None
    if is_mail(said.mail):
        mail = _normalised(said.mail)
        customer = customers.known_by("email", mail, name=said.name, language=language, by=SYSTEM, at=at)
        # Taken where it wrote before it was known: that customer stays, and agents may make the two one.
        with suppress(AddressTaken):
            customers.add_address(
                customer, kind="chat", value=visitor_address(known.key), by=SYSTEM, at=at, verified=True
            )
    if not chats.identify(known.id, said, channel=site.id, customer=customer):
        raise Forged(REPLAYED)


def _normalised(mail: str) -> str:
    local, _, domain = mail.rpartition("@")
    return f"{local}@{domain.lower()}"
