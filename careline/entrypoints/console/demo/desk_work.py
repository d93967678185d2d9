"""How the people of Northwind Bikes work: a checklist, a call that was written down, a colleague named in a note."""

from __future__ import annotations

from datetime import datetime, timedelta

from careline.domain.conversations.rules.checklists import Step
from careline.domain.history.actor import agent
from careline.entrypoints.console.demo.house import Northwind
from careline.flows.checklist import add_steps, save_checklist
from careline.flows.note import note
from careline.flows.open_case import Opening, open_case
from careline.flows.record_contact import Contact

WARRANTY = (
    Step("Look at the photos"), Step("Ask for the frame number", is_required=True), Step("Find the invoice", is_required=True),
    Step("Order the part"),
)  # fmt: skip
SAID = """A front wheel that hums above 25 km/h, on a Heron Tour bought in spring. No photos yet, he will send some.
He is at work until five and would rather be called than written to."""


def lay_out_work(house: Northwind, *, now: datetime) -> None:
    ada, ben = house.people["ada"], house.people["ben"]
    warranty = save_checklist(ada, "Warranty", WARRANTY, by=agent(ada.id), at=now - timedelta(days=30))
    save_checklist(
        ada,
        "Return",
        (Step("Send the label"), Step("Check what came back", is_required=True)),
        by=agent(ada.id),
        at=now,
    )
    at, channel = now - timedelta(minutes=55), house.intake.channels[0]
    call = Contact(
        form="phone", text=SAID, channel=channel, subject="A humming front wheel", phone="+49 30 5550119", name="Jonas Weidner",
        happened_at=at - timedelta(minutes=9), duration=timedelta(minutes=7),
    )  # fmt: skip
    opening = Opening(kind="incoming", channel=channel, text=call.text, contact=call)
    number = open_case(ben, opening, by=agent(ben.id), at=at)
    add_steps(ben, number, template=warranty, by=agent(ben.id), at=at)
    note(
        ben,
        number,
        text="@Cleo is this the bearing from the batch of March?",
        by=agent(ben.id),
        at=at + timedelta(minutes=2),
    )
