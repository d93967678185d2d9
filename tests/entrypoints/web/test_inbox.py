"""The list: rows, views, search, and how much it asks of the database."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from careline.domain.conversations.commands.labels import note_unread
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.work import read_up_to
from careline.kit import db
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World, writes_in

Counted = Callable[[Callable[[], object]], int]
LIST_QUERIES = 5
CASE_QUERIES = 13
"""Of a case that was read before; the first time one more writes that down."""


def test_a_new_mail_stands_in_the_inbox(world: World, ada: Client) -> None:
    page = ada.get("/inbox").content.decode()
    assert "Where is my bike?" in page
    assert f'id="row-{world.case}"' in page


def test_the_list_asks_the_database_as_often_for_one_case_as_for_three(
    world: World, ada: Client, statements: Counted
) -> None:
    ada.get("/inbox")
    one = statements(lambda: ada.get("/inbox"))
    for name in ("dora", "emil"):
        writes_in("Another", text="Hello", mailbox=world.mailbox, sender=f"{name}@example.com")
    assert (one, statements(lambda: ada.get("/inbox"))) == (LIST_QUERIES, LIST_QUERIES)


def test_the_case_asks_the_database_as_often_for_one_message_as_for_three(
    world: World, ada: Client, statements: Counted
) -> None:
    path = f"/conversations/{world.case}"
    ada.get(path, headers=PART)
    one = statements(lambda: ada.get(path, headers=PART))
    for text in ("One note", "Another"):
        ada.post(f"{path}/messages", {"kind": "note", "text": text}, headers=PART)
    ada.get(path, headers=PART)
    assert (one, statements(lambda: ada.get(path, headers=PART))) == (CASE_QUERIES, CASE_QUERIES)


def test_only_what_was_not_read_yet_is_written_down_as_read(world: World, ada: Client, statements: Counted) -> None:
    path, me = f"/conversations/{world.case}", world.ada.pk
    ada.get("/inbox")
    first = statements(lambda: ada.get(path, headers=PART))
    case = conversation_by_number(world.case)
    assert read_up_to(case.id, agent=me) == case.last_message_id
    assert statements(lambda: ada.get(path, headers=PART)) == first - 1 == CASE_QUERIES
    note_unread(agent=me, conversation=case.id)
    assert statements(lambda: ada.get(path, headers=PART)) == first
    assert read_up_to(case.id, agent=me) == case.last_message_id


def test_a_view_shows_its_own_cases_only(three_cases: World, ada: Client) -> None:
    ada.put(f"/conversations/{three_cases.case}/resolution", headers=PART)
    resolved, waiting_on_us = ada.get("/views/resolved").content.decode(), ada.get("/inbox").content.decode()
    assert "Where is my bike?" in resolved
    assert "A second one" not in resolved
    assert "Where is my bike?" not in waiting_on_us


def test_a_view_that_nobody_made_is_not_there(ada: Client) -> None:
    assert ada.get("/views/imagined").status_code == 404


def test_words_are_looked_for_in_the_view(three_cases: World, ada: Client) -> None:
    page = ada.get("/views/all", {"q": "ordered week"}).content.decode()
    assert "Where is my bike?" in page
    assert "A second one" not in page


def test_changed_rows_are_given_only_where_the_view_still_holds_them(three_cases: World, ada: Client) -> None:
    second = db.value("SELECT number FROM conversations_conversation WHERE subject = 'A second one'")
    asked = {"view": "open", "numbers": f"{three_cases.case},{second},x"}
    assert ada.get("/rows", asked).content.decode().count("<li") == 2
    ada.put(f"/conversations/{three_cases.case}/resolution", headers=PART)
    assert ada.get("/rows", asked).content.decode().count("<li") == 1


def test_counts_follow_what_is_done(three_cases: World, ada: Client) -> None:
    ada.put(f"/conversations/{three_cases.case}/assignee", "agent=me", headers=PART)
    numbers = json.loads(ada.get("/counts").content)
    assert (numbers["inbox"], numbers["view-mine"], numbers["view-unassigned"]) == (3, 1, 2)


def test_the_next_page_goes_on_where_the_first_ended(world: World, ada: Client) -> None:
    from careline.entrypoints.web.inbox import lists

    for n in range(4):
        writes_in(f"Number {n}", text="Hello", mailbox=world.mailbox, sender=f"c{n}@example.com", at=NOON)
    shown, lists.SHOWN = lists.SHOWN, 3
    try:
        first = ada.get("/views/all").content.decode()
        place = first.split("after=")[1].split('"')[0]
        second = ada.get(f"/views/all?after={place}").content.decode()
    finally:
        lists.SHOWN = shown
    assert first.count('class="row ') == 3
    assert second.count('class="row ') == 2
    assert "Show more" not in second


def test_a_long_case_shows_its_newest_messages_and_the_way_to_the_earlier_ones(
    world: World, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = world.case
    for n in range(4):
        ada.post(f"/conversations/{number}/messages", {"kind": "note", "text": f"note {n}"})
    for module in (
        "careline.entrypoints.web.case.cases",
        "careline.entrypoints.web.case.messages",
        "careline.domain.desk.queries.case_page",
    ):
        monkeypatch.setattr(f"{module}.MESSAGES_SHOWN", 2)
    page = ada.get(f"/conversations/{number}", headers=PART).content.decode()
    assert [f"note {n}" in page for n in range(4)] == [False, False, True, True]
    [address] = re.findall(r'hx-get="(/conversations/\d+/messages\?before=\d+)"', page)
    earlier = ada.get(address, headers=PART).content.decode()
    assert [f"note {n}" in earlier for n in range(4)] == [True, True, False, False]
    [first] = re.findall(r'hx-get="(/conversations/\d+/messages\?before=\d+)"', earlier)
    assert "before=" not in ada.get(first, headers=PART).content.decode()
