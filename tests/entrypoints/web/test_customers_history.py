"""What stands in a customer's history concerns the customer."""

from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries.timeline import timeline_of
from careline.domain.desk.rules.timeline import SILENT, SILENT_NAMES
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, record
from careline.entrypoints.web.customers.happened import HAPPENED
from tests.world import NOON, World


def test_how_the_house_works_on_a_case_is_not_told_as_the_customers_history(world: World, ada: Client) -> None:
    case = conversation_by_number(world.case)
    who = world.person(world.ada)
    before = [row.name for row in timeline_of(who, world.carol)]
    inside = [
        ("case.forgotten", "conversation"), ("draft.shared", "draft"), ("participant.dismissed", "conversation"),
        ("customer.identified", "conversation"),
    ]  # fmt: skip
    record(*(Happening(name, kind, case.number, case.id, world.carol) for name, kind in inside), by=SYSTEM, at=NOON)
    assert sorted(row.name for row in timeline_of(who, world.carol)) == sorted([*before, "customer.identified"])
    page = ada.get(f"/customers/{world.carol}").content.decode()
    assert ("identified the customer" in page, "removed the words of a case" in page) == (True, False)


def test_what_is_never_told_has_no_words() -> None:
    assert [name for name in HAPPENED if name in SILENT_NAMES or name.partition(".")[0] in SILENT] == []
