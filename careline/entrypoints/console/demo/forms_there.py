"""The forms of Northwind Bikes: one for everything, one for warranty claims; and who filled them in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from careline.domain.conversations.queries.structure import topics
from careline.domain.forms.queries import form_by_id
from careline.domain.forms.rules.robots import Token, question_of
from careline.domain.history.actor import agent
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.web.forms.written import EXAMPLES
from careline.flows.fill_in_form import Given, fill_in
from careline.flows.keep_form import FormPlan, add_form
from careline.kit.keys import ring

_SAID = (
    ("claim", "de", 300, "Hannes Brandt", "hannes.brandt@example.org", {
        "order": "1187", "part": "frame", "frame_number": "NW-31044", "bought_on": "2025-03-08",
        "message": "Am Steuerrohr ist ein feiner Riss, etwa zwei Zentimeter lang. Darf ich damit noch fahren?"}),
    ("claim", "en", 140, "Ines Moreau", "ines.moreau@example.net", {
        "order": "1204", "part": "battery", "bought_on": "2026-02-19",
        "message": "The battery shows full and is empty after six kilometres. It used to last for forty."}),
    ("contact", "en", 55, "Tomas Berg", "tomas.berg@example.com", {
        "topic": "Orders", "message": "Can I still change the colour of my order? I would rather have the green one."}),
    ("contact", "en", 20, "Best Deals", "deals@bargains.example", {
        "topic": "Orders", "website": "https://bargains.example", "message": "Cheap tyres, cheap saddles, cheap everything."}),
)  # fmt: skip


def put_up_forms(house: Northwind, *, now: datetime) -> None:
    """Two forms on the pages of the bicycle brand, and what came by them in the last hours."""
    ada = house.people["ada"]
    by, told = agent(ada.id), now - timedelta(days=20)
    known = {row.name["en"]: row.id for row in topics()}
    contact, claim = EXAMPLES["contact"][2], EXAMPLES["claim"][2]
    contact = replace(contact, topics=(known["Bikes"], known["Orders"], known["Invoices"]))
    fields = tuple(replace(one, keeps="frame_number") if one.key == "frame_number" else one for one in claim.fields)
    words = {
        "en": "Keep the part until we have written to you.",
        "de": "Bitte behalten Sie das Teil, bis wir Ihnen geschrieben haben.",
    }
    claim = replace(claim, topics=(known["Frames"],), fields=fields, thanks=words)
    box = next(row.id for row in house.intake.channels if row.address == house.address("support"))
    keys = {
        "contact": add_form(ada, FormPlan("Contact", contact, box, slug="contact"), by=by, at=told),
        "claim": add_form(
            ada,
            FormPlan("Warranty claim", claim, box, slug="warranty-claim", origins=("https://www.northwind.example",)),
            by=by,
            at=told,
        ),
    }
    for form, language, minutes, name, mail, words in _SAID:
        _fill_in(keys[form], language, words | {"name": name, "mail": mail}, known, at=now - timedelta(minutes=minutes))


def _fill_in(key: int, language: str, words: dict[str, str], known: dict[str, int], *, at: datetime) -> None:
    form = form_by_id(key)
    assert form is not None, "it was just put up"
    submission = hashlib.sha256(words["mail"].encode()).hexdigest()[:32]
    said = {name: [str(known[text]) if name == "topic" else text] for name, text in words.items()}
    shown = frozenset(("topic", *(one.key for one in form.content.fields)))
    token = Token(submission, key, at - timedelta(minutes=4)).signed(ring())
    answer = str(sum(question_of(submission)))
    fill_in(
        form,
        Given(
            token,
            said,
            shown=shown,
            answer=answer,
            language=language,
            trap=words.get("website", ""),
            source=words["mail"],
        ),
        at=at,
    )
