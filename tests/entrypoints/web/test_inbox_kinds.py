"""Views as lists, boards and one after the other; their parts; what is fetched ahead."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from careline.domain.desk.rules import DEFAULT_VIEWS
from careline.kit import db
from tests.entrypoints.web.conftest import PART
from tests.world import World, writes_in

Counted = Callable[[Callable[[], object]], int]
LIST = PART | {"HX-Target": "list"}
CASE = PART | {"HX-Target": "case"}
BOARD_QUERIES = 7


@pytest.fixture
def three(three_cases: World) -> World:
    return three_cases


def test_a_view_is_swapped_as_a_list_without_the_page_around_it(world: World, ada: Client) -> None:
    part = ada.get("/views/all", headers=LIST).content.decode()
    assert part.count("<section") == 1
    assert 'data-url="/views/all"' in part
    assert f'id="row-{world.case}"' in part


def test_a_board_has_a_column_for_each_status_with_its_count(three: World, ada: Client) -> None:
    ada.put(f"/conversations/{three.case}/resolution")
    page = ada.get("/views/all?kind=board").content.decode()
    assert _held(page) == {"Open": 2, "Waiting for customer": 0, "Resolved": 1}


def test_a_board_by_priority_and_by_person_asks_as_often_for_one_case_as_for_three(
    world: World, ada: Client, statements: Counted
) -> None:
    for split in ("status", "priority", "assignee"):
        address = f"/views/all?kind=board&split={split}"
        ada.get(address)
        assert statements(lambda: ada.get(address)) <= BOARD_QUERIES + 1  # noqa: B023
    one = statements(lambda: ada.get("/views/all?kind=board"))
    for name in ("dora", "emil"):
        writes_in("Another", text="Hello", mailbox=world.mailbox, sender=f"{name}@example.com")
    assert statements(lambda: ada.get("/views/all?kind=board")) == one


def test_a_column_pages_by_itself(world: World, ada: Client) -> None:
    for n in range(22):
        writes_in(f"Letter {n}", text="Hello", mailbox=world.mailbox, sender=f"writer{n}@example.com")
    page = ada.get("/views/all?kind=board").content.decode()
    more = re.search(r'hx-get="([^"]*column=[^"]*)"', page)
    assert more
    rest = ada.get(more.group(1).replace("&amp;", "&"), headers=PART).content.decode()
    shown = set(re.findall(r'id="row-(\d+)"', page))
    assert (len(shown), set(re.findall(r'id="row-(\d+)"', rest)) & shown) == (20, set())
    assert len(set(re.findall(r'id="row-(\d+)"', rest))) == 3


def test_the_kind_of_a_view_is_remembered_on_the_device_and_for_that_view_alone(world: World, ada: Client) -> None:
    ada.get("/views/all?kind=board&split=priority")
    assert 'data-what="priority"' in ada.get("/views/all").content.decode()
    assert 'class="board"' not in ada.get("/views/mine").content.decode()
    assert 'class="board"' not in ada.get("/views/all?kind=list").content.decode()
    assert 'class="board"' not in ada.get("/views/all").content.decode()


def test_a_saved_view_says_its_kind(world: World, ada: Client) -> None:
    key = db.value(
        """INSERT INTO desk_view (name, filter, sort, position, kind, split, owner_id)
           VALUES ('By priority', '{}', 'updated', 0, 'board', 'priority', %s) RETURNING id""",
        [world.ada.pk],
    )
    assert 'data-what="priority"' in ada.get(f"/views/{key}").content.decode()


def test_parts_of_a_view_leave_something_in_and_something_out() -> None:
    parts = {view.code: list(view.parts) for view in DEFAULT_VIEWS}
    assert parts["mine"] == ["", "unread", "ours"]
    assert parts["open"] == ["", "unread", "mine", "nobody"]
    assert parts["resolved"] == [""]


def test_a_part_shows_and_counts_its_own(three: World, ada: Client) -> None:
    ada.put(f"/conversations/{three.case}/assignee", "agent=me", content_type="application/x-www-form-urlencoded")
    mine = ada.get("/inbox?tab=mine").content.decode()
    assert re.findall(r'id="row-(\d+)"', mine) == [str(three.case)]
    counted = json.loads(ada.get("/counts?tabs=open").content)
    assert (counted["tab-mine"], counted["tab-nobody"]) == (1, 2)


def test_what_is_fetched_ahead_is_read_only_when_it_is_shown(world: World, ada: Client) -> None:
    ada.get(f"/conversations/{world.case}", headers=CASE | {"Purpose": "prefetch"})
    assert "row open unread" in ada.get("/inbox").content.decode()
    assert ada.put(f"/conversations/{world.case}/reading").status_code == 204
    assert "row open unread" not in ada.get("/inbox").content.decode()


def test_a_case_with_a_draft_says_so_to_its_writer_alone(
    world: World, ada: Client, enter: Callable[..., Client]
) -> None:
    ada.put(f"/conversations/{world.case}/drafts/reply", "text=Well", content_type="application/x-www-form-urlencoded")
    assert 'class="draft"' in ada.get("/inbox").content.decode()
    assert 'class="draft"' not in enter(world.ben).get("/inbox").content.decode()


def _held(page: str) -> dict[str, int]:
    names = re.findall(r'<section class="column"[^>]*aria-label="([^"]*)"', page)
    counts = re.findall(r"data-held>(\d+)<", page)
    return {name: int(count) for name, count in zip(names, counts, strict=True)}
