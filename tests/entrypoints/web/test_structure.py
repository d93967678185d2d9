"""What stands beside a case: how it hangs together, and what is done about it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.rules.recipients import Person
from careline.domain.history.actor import agent
from careline.flows.follow import follow
from careline.flows.link import link
from careline.flows.merge import merge
from careline.flows.side_conversation import Aside, ask_aside
from careline.kit import db
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World, writes_in

Counted = Callable[[Callable[[], object]], int]
PANEL_QUERIES = 10


def written(world: World, subject: str, minutes: int) -> int:
    return writes_in(subject, text=subject, mailbox=world.mailbox, at=NOON + timedelta(minutes=minutes)).number or 0


def test_the_panel_asks_the_database_as_often_for_one_of_each_as_for_three(
    world: World, ada: Client, statements: Counted
) -> None:
    who, by, path = (
        world.person(world.ada),
        {"by": agent(world.ada.pk), "at": NOON},
        f"/conversations/{world.case}/structure",
    )
    ada.get(path, headers=PART)
    counts = []
    for n in range(3):
        link(who, world.case, written(world, f"Linked {n}", n), "related", **by)
        merge(who, written(world, f"Merged {n}", 10 + n), world.case, **by)
        ask_aside(who, world.case, Aside(text="Hm?", to=(Person(f"s{n}@supplier.example"),)), **by)
        written(world, "Where is my bike?", 20 + n)
        counts.append(statements(lambda: ada.get(path, headers=PART)))
    assert counts == [PANEL_QUERIES] * 3


def test_a_likely_duplicate_is_drawn_in_with_one_click_and_taken_out_again(world: World, ada: Client) -> None:
    path, again = f"/conversations/{world.case}", written(world, "Re: Where is my bike?", 5)
    assert f'"number": "{again}"' in ada.get(f"{path}/structure", headers=PART).content.decode()
    drawn = ada.put(f"{path}/merges", f"number={again}", headers=PART, content_type="application/x-www-form-urlencoded")
    assert (drawn.status_code, drawn.headers["HX-Redirect"]) == (204, path)
    key = db.value("SELECT id FROM conversations_merge")
    assert ada.get(f"/conversations/{again}").headers["Location"] == path
    ada.delete(f"{path}/merges/{key}", headers=PART)
    assert conversation_by_number(again).merged_into_id is None


def test_the_subject_is_changed_where_the_case_is_told_of(world: World, ada: Client) -> None:
    place = f"/conversations/{world.case}"
    panel = ada.get(f"{place}/structure", headers=PART).content.decode()
    assert (f'hx-put="{place}/subject"' in panel, 'value="Where is my bike?"' in panel) == (True, True)
    told = ada.put(
        f"{place}/subject", "subject=Bike+from+May", content_type="application/x-www-form-urlencoded", headers=PART
    )
    assert (told.status_code, "Bike from May" in told.content.decode()) == (200, True)
    assert conversation_by_number(world.case).subject == "Bike from May"


def test_messages_are_split_off_on_a_page(world: World, ada: Client) -> None:
    merge(world.person(world.ada), written(world, "Another", 5), world.case, by=agent(world.ada.pk), at=NOON)
    page = ada.get(f"/conversations/{world.case}/splits/new").content.decode()
    assert page.count('name="message"') == 2
    newest = db.value("SELECT max(id) FROM conversations_message")
    done = ada.post(f"/conversations/{world.case}/splits", {"message": newest})
    assert conversation_by_number(int(done.headers["Location"].rpartition("/")[2])).message_count == 1


def test_asking_aside_says_what_is_wrong_and_loses_nothing(world: World, ada: Client) -> None:
    place = f"/conversations/{world.case}/side-conversations"
    refused = ada.post(place, {"to": "carol@example.com", "text": "Dear supplier"})
    assert (refused.status_code, "Dear supplier" in refused.content.decode()) == (422, True)
    sent = ada.post(place, {"to": "Frames <frames@supplier.example>, ship@carrier.example", "text": "Dear supplier"})
    page = ada.get(sent.headers["Location"]).content.decode()
    assert (sent.status_code, "Dear supplier" in page, "ship@carrier.example" in page) == (302, True, True)


def test_settings_of_cases_are_changed_on_their_pages(world: World, ada: Client) -> None:
    ada.post("/settings/statuses", {"name-en": "At the supplier", "category": "waiting"})
    ada.post("/settings/topics", {"name-en": "Bikes"})
    ada.post("/settings/case-fields", {"name-en": "Size", "kind": "choice", "choices": "Small\nLarge", "needed": "1"})
    wrong = ada.post("/settings/case-fields", {"name-en": "Other", "kind": "choice"})
    assert (wrong.status_code, "A field to choose from needs its choices." in wrong.content.decode()) == (422, True)
    panel = ada.get(f"/conversations/{world.case}/structure", headers=PART).content.decode()
    assert [words in panel for words in ("At the supplier", "Bikes", "Size", "Large")] == [True] * 4
    refused = ada.put(f"/conversations/{world.case}/resolution", headers=PART)
    assert (refused.status_code, "“Size” has to be filled in first." in refused.content.decode()) == (422, True)


def test_followers_stand_beside_the_case(world: World, ada: Client) -> None:
    follow(world.person(world.ben), world.case, world.ben.pk, by=agent(world.ben.pk), at=NOON)
    assert "Ben" in ada.put(f"/conversations/{world.case}/follower", headers=PART).content.decode()
    assert conversation_by_number(world.case).follower_ids == [world.ben.pk, world.ada.pk]


def test_a_case_is_given_to_whose_it_is_on_a_page(world: World, ada: Client) -> None:
    address = f"/conversations/{world.case}/customer"
    page = ada.get(address, {"q": "Dan <dan@example.org>"}).content.decode()
    assert ("Now it is Carol" in page, "New customer" in page) == (True, True)
    ada.post(address, {"mail": "Dan <dan@example.org>"})
    case = ada.get(f"/conversations/{world.case}").content.decode()
    assert ("Write to Dan…" in case, "Write to Carol…" in case) == (True, False)
    back = ada.get(address).content.decode()
    assert ("Now it is Dan" in back, "carol@example.com" in back) == (True, True)
