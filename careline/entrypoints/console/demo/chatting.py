"""Northwind's shop has a chat: one visitor waits, one is answered, one has rated; and the page to try it on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from careline.domain.channels import commands as channels
from careline.domain.channels.queries import channels as all_channels
from careline.domain.chats import commands as chats
from careline.domain.chats.queries import site_by_id, thread_of, visitor_by_id
from careline.domain.chats.rules.sites import Site
from careline.domain.company.queries import default_brand
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.history.actor import Actor, ActorKind, agent
from careline.entrypoints.console.demo.house import Northwind
from careline.flows.change import Change, change
from careline.flows.end_chat import end_chat
from careline.flows.reply import Draft, reply
from careline.flows.take_in import House
from careline.flows.visit_site import visit_site
from careline.flows.write_in_chat import Said, begin_chat, write_in_chat

SITE = "6e6f72746877696e642d62696b657321"
"""Of the demo's own site, the same each time, so that a page with its line goes on working."""
_QUESTIONS = [
    {"key": "name", "kind": "text",
     "label": {"en": "Your name", "de": "Ihr Name", "fr": "Votre nom", "es": "Su nombre", "ar": "اسمك"}},
    {"key": "email", "kind": "email",
     "label": {"en": "Your mail address", "de": "Ihre Mailadresse", "fr": "Votre adresse mail", "es": "Su correo", "ar": "عنوان بريدك"}},
]  # fmt: skip
_OFFLINE = [_QUESTIONS[0], {**_QUESTIONS[1], "is_required": True}]
_SETTINGS = {
    "origins": ["https://www.northwind.example"], "colour": "#0b6e4f", "languages": ["en", "de", "fr", "es", "ar"], "has_preview": True,
    "greeting": {
        "en": "Hello! Ask us anything about bikes, orders and repairs.", "de": "Hallo! Fragen Sie uns zu Rädern, Bestellungen und Reparaturen.",
        "fr": "Bonjour ! Posez-nous vos questions sur les vélos, les commandes et les réparations.",
        "es": "¡Hola! Pregúntenos sobre bicicletas, pedidos y reparaciones.", "ar": "مرحبًا! اسألنا عن الدراجات والطلبات والإصلاحات.",
    },
    "pre_chat": _QUESTIONS, "offline_form": _OFFLINE,
    "invitations": [{"text": {"en": "Unsure about the size? We are glad to help.", "de": "Unsicher bei der Größe? Wir helfen gern."},
                     "after_seconds": 20, "path_contains": "/bikes"}],
}  # fmt: skip
_TALKS = (
    ("Mia Keller", "mia.keller@example.org", "ben", 4,
     ("Hi! Does the Trail 29 fit somebody of 1.62 m?", "Take the frame in S, it fits from 1.55 to 1.67 m.", "Great, thank you!")),
    ("Omar", "", "", None, ("Hello, my order shows delivered, but nothing is here.",)),
    ("Lena", "lena@example.net", "ada", None, ("Can I return a helmet I wore once?", "Yes, within 30 days. I have sent you the label.")),
)  # fmt: skip


def chat_on_the_site(house: Northwind, *, now: datetime) -> None:
    by = agent(house.people["ada"].id)
    made = channels.add_channel(
        "chat", name="Northwind Bikes", address=SITE, brand_id=default_brand().pk, team_id=house.teams["Front"],
        settings=_SETTINGS, by=by, at=now - timedelta(days=20),
    )  # fmt: skip
    site = site_by_id(made.pk)
    assert site is not None
    intake = replace(house.intake, channels=tuple(all_channels()))
    for n, (name, mail, who, score, said) in enumerate(_TALKS):
        _talk(house, site, intake, name, mail, who, score, said, at=now - timedelta(minutes=9 - 3 * n))


def _talk(
    house: Northwind,
    site: Site,
    intake: House,
    name: str,
    mail: str,
    who: str,
    score: int | None,
    said: tuple[str, ...],
    *,
    at: datetime,
) -> None:
    visitor = visit_site(site, token="", identity="", language="en", at=at).visitor
    fields = {"name": name, "email": mail} if mail else {"name": name}
    begin_chat(site, visitor, Said("c-0", said[0]), fields=fields, language="en", is_open=True, house=intake, at=at)
    thread = thread_of(visitor.id)
    assert thread is not None
    case, visitor = conversation_by_id(thread.conversation_id), visitor_by_id(visitor.id)
    assert case is not None
    assert visitor is not None
    for n, words in enumerate(said[1:], 1):
        at += timedelta(seconds=40)
        if n % 2 == 0:
            write_in_chat(thread_of(visitor.id), visitor, Said(f"c-{n}", words), before=None, house=intake, at=at)
            continue
        person, by = house.people[who], agent(house.people[who].id)
        change(person, case.number, Change(assignee=person.id), by=by, at=at)
        reply(person, case.number, Draft(text=words), by=by, at=at)
        chats.pick_up(thread.id, at=at)
    if score is not None and who:
        visitor_itself = Actor(ActorKind.CUSTOMER, case.customer_id, via="chat")
        chats.rate(thread, score=score, comment="Quick and friendly.", by=visitor_itself, at=at)
        end_chat(thread.id, by=visitor_itself, at=at)
