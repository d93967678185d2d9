"""Northwind Bikes as it stands: brands, teams, people, mailboxes, views."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from careline.domain.channels import commands as channels
from careline.domain.channels.queries import channels as all_channels
from careline.domain.company import commands as company
from careline.domain.company.queries import default_brand, languages
from careline.domain.conversations.commands import labels
from careline.domain.desk import commands as desk
from careline.domain.history.actor import SYSTEM
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.entrypoints.console.demo.letters import OUR_SERVER
from careline.flows.take_in import House

COMPANY = "Northwind Bikes"
LANGUAGES = ("en", "de", "fr", "es", "ar", "pl", "ja")
TEAMS = {
    "Front": "Northwind Bikes, team Front\nQuayside 4 · Monday to Saturday, 8 to 18",
    "Workshop": "Northwind Bikes, the workshop\nBring it dirty, we have water here",
    "Billing": "Northwind Bikes, invoices and payments",
}
# first name: (family name, role, team)
PEOPLE = {
    "ada": ("Lindgren", "administrator", "Front"),
    "ben": ("Okafor", "representative", "Front"),
    "cleo": ("Marchetti", "representative", "Workshop"),
    "dora": ("Vesely", "team_lead", "Front"),
    "emil": ("Haugen", "specialist", "Workshop"),
    "fatima": ("Rahal", "representative", "Billing"),
    "gus": ("Pemberton", "supervisor", ""),
    "hana": ("Sato", "manager", ""),
}
# mailbox: (name, brand, team)
MAILBOXES = {
    "support": ("Northwind Bikes", "bikes", "Front"),
    "rentals": ("Northwind Rentals", "rentals", "Front"),
    "billing": ("Northwind Billing", "bikes", "Billing"),
}


@dataclass(slots=True)
class Northwind:
    """The house with everybody in it, by first name in lower case."""

    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    intake: House = field(default_factory=lambda: House((), LANGUAGES))

    def address(self, mailbox: str) -> str:
        return f"{mailbox}@northwind.example"

    def members(self, team: str) -> list[str]:
        return [name for name, (_, _, where) in PEOPLE.items() if where == team]


def found_northwind(*, at: datetime) -> Northwind:
    """Makes the company as it was at `at`."""
    staff.ensure_roles()
    labels.ensure_statuses()
    company.found(COMPANY, languages=LANGUAGES, by=SYSTEM, at=at)
    brands = {"bikes": default_brand().pk, "rentals": company.add_brand("Northwind Rentals", by=SYSTEM, at=at).pk}
    house = Northwind()
    for name, signature in TEAMS.items():
        house.teams[name] = staff.add_team(name, signature=signature, by=SYSTEM, at=at).pk
    for name, (family, role, team) in PEOPLE.items():
        teams = (house.teams[team],) if team else ()
        added = staff.add_agent(
            f"{name}@northwind.example",
            name=f"{name.capitalize()} {family}",
            role=role,
            team_ids=teams,
            by=SYSTEM,
            at=at,
        )
        house.people[name] = _known(added.pk)
    for mailbox, (name, brand, team) in MAILBOXES.items():
        channels.add_channel(
            "email", name=name, address=house.address(mailbox), brand_id=brands[brand], team_id=house.teams[team],
            settings={"trusted_server": OUR_SERVER}, by=SYSTEM, at=at,
        )  # fmt: skip
    house.intake = House(all_channels(), languages())
    _save_views(house, at=at)
    return house


def _save_views(house: Northwind, *, at: datetime) -> None:
    desk.save_view("Refunds", filter={"categories": ["open", "waiting"], "tags": ["refund"]}, by=SYSTEM, at=at)
    desk.save_view(
        "Warranty",
        filter={"categories": ["open", "waiting"], "tags": ["warranty"]},
        team_id=house.teams["Workshop"],
        by=SYSTEM,
        at=at,
    )
    desk.save_view(
        "Offers", filter={"tags": ["offer"]}, sort="updated", owner_id=house.people["ada"].id, by=SYSTEM, at=at
    )


def _known(agent_id: int) -> Person:
    found = person(agent_id)
    assert found is not None
    return found
