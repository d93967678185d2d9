"""Searching over the API: what is found, by whom, and how it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from careline.domain.conversations.commands.search_index import index_again, index_outdated
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.search_index import first_messages_of
from careline.domain.desk.vocabulary import count_words_of
from careline.kit import db
from tests.world import NOON, World, writes_in


def found(caller: Any, q: str, **more: str) -> list[tuple[str, int | None]]:
    return [(hit["type"], hit["number"]) for hit in searched(caller, q, **more)["items"]]


def searched(caller: Any, q: str, **more: str) -> Any:
    rest = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return caller.get(f"/search?q={quote(q)}{rest}")


@pytest.fixture
def invoice(world: World) -> int:
    """A second case of Carol's, two hours later, in English."""
    written = writes_in(
        "Invoices missing",
        text="Please send me the exact invoice for my <b>bells</b> again.",
        mailbox=world.mailbox,
        at=NOON + timedelta(hours=2),
    )
    assert written.number is not None
    return written.number


def test_finds_a_case_by_a_word_of_its_message_and_shows_where_it_stands(ada, world, invoice):
    (hit,) = searched(ada, "bells")["items"]

    assert (hit["type"], hit["number"], hit["title"]) == ("message", invoice, "Invoices missing")
    assert hit["snippet"] == "Please send me the exact invoice for my &lt;b&gt;<mark>bells</mark>&lt;/b&gt; again."


def test_a_case_comes_once_and_the_newest_first(ada, world, invoice):
    writes_in(
        "Where is my bike?", text="Is the invoice wrong too?", mailbox=world.mailbox, at=NOON + timedelta(hours=3)
    )

    assert [number for _, number in found(ada, "invoice", type="conversation")] == [invoice + 1, invoice]


def test_a_note_is_found_as_a_note(ada, world):
    ada("POST", f"/conversations/{world.case}/messages", {"kind": "note", "text": "Ask the warehouse."})

    assert found(ada, "warehouse") == [("note", world.case)]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ('"exact invoice"', True), ('"invoice exact"', False), ("EXACT", True), ("inv*", True), ("bells -invoice", False),
        ("bells -bike", True), ("subject:invoices", True), ("subject:bells", False), ("from:carol@example.com bells", True),
        ("from:carol bells", True), ("from:dan bells", False), ("to:support@northwind.example bells", True), ("is:open bells", True),
        ("is:resolved bells", False), ("-is:resolved bells", True), ("is:unassigned bells", True), ("assignee:me bells", False),
        ("team:Front bells", True), ("team:back bells", False), ("channel:support bells", True), ("customer:carol@example.com bells", True),
        ("customer:car bells", True), ("after:2026-11-01 bells", True), ("before:2026-11-01 bells", False), ("on:20.11.2026 bells", True),
        ("after:1h bells", False), ("has:attachment bells", False), ("-has:attachment bells", True), ("priority:normal bells", True),
        ("status:open bells", True), ("field.plan:gold bells", False), ("number:{invoice} bells", True), ("#{case} bells", False),
        ("tag:refund bells", False),
        ("language:de bells", False), ("...", False), ("bells ...", False),
    ],
)  # fmt: skip
def test_operators_narrow(ada, world, invoice, query, is_found):
    query = query.format(invoice=invoice, case=world.case)

    assert found(ada, query, type="conversation") == ([("message", invoice)] if is_found else [])


def test_an_inflected_word_is_found_by_its_stem_in_the_companys_languages(ada, world, invoice):
    assert found(ada, "sending", type="conversation") == [("message", invoice)]
    assert found(ada, "sendings*", type="conversation") == []


def test_what_was_indexed_by_older_rules_is_indexed_again(ada, world, invoice):
    key = conversation_by_number(invoice).id
    db.execute("UPDATE conversations_message SET vector = NULL, vector_version = 1 WHERE conversation_id = %s", [key])

    assert found(ada, "subject:invoices", type="conversation") == []
    assert (index_outdated(), index_outdated()) == (1, 0)
    assert found(ada, "subject:invoices", type="conversation") == [("message", invoice)]


def test_accents_are_no_matter(ada, world):
    written = writes_in("Gruß aus Łódź", text="Le vélo généreux", mailbox=world.mailbox)

    assert [found(ada, q, type="conversation") for q in ("velo", "généreux", "lodz", '"velo genereux"', "gruss")] == [
        [("message", written.number)]
    ] * 5


def test_a_number_finds_its_case_first(ada, world, invoice):
    assert found(ada, str(invoice))[0] == ("conversation", invoice)


def test_customers_are_found_by_name_and_address_beside_the_cases(ada, world, invoice):
    hits = searched(ada, "carol")["items"]

    assert [hit["type"] for hit in hits] == ["customer", "message", "message"]
    assert (hits[0]["key"], hits[0]["title"]) == (str(world.carol), "Carol")
    assert found(ada, "carol@exam", type="customer") == [("customer", None)]


def test_nobody_finds_what_they_may_not_see(cleo, ben, world, invoice):
    assert found(ben, "bells", type="conversation") == [("message", invoice)]
    assert [
        found(cleo, q) for q in ("bells", "carol", f"{invoice}", f"#{invoice}", "is:open", "customer:carol", "-nothing")
    ] == [[]] * 7
    assert cleo.get("/search/suggestions?q=invoi")["items"] == []


def test_a_token_without_the_right_is_refused(world, caller):
    answer = caller(world.token_of(world.ada, "staff:read"))("GET", "/search?q=bells")

    assert (answer.status, answer.json["code"]) == (403, "forbidden.conversation.read")


def test_a_misspelt_word_is_mended_and_it_is_said(ada, world, invoice):
    for n in range(3):
        writes_in(f"Delivery {n}", text="delivery", mailbox=world.mailbox, sender=f"d{n}@example.com", name="Dan")
    count_words_of([row.id for row in db.rows("SELECT id FROM conversations_message")])

    answer = searched(ada, "delivry", type="conversation")
    assert (len(answer["items"]), answer["searched"]) == (3, "delivery")
    assert searched(ada, "delivry", type="conversation", exact="true")["items"] == []
    assert searched(ada, "bells")["searched"] == "bells"


def test_spam_is_found_only_where_it_is_asked_for(ada, world, invoice):
    ada("PATCH", f"/conversations/{invoice}", {"is_spam": True})

    assert (found(ada, "bells"), found(ada, "bells is:spam")) == ([], [("message", invoice)])


def test_what_is_no_operator_is_told_with_what_may_have_been_meant(ada, world, invoice):
    answer = searched(ada, "form:carol is:opne bells")

    assert answer["not_understood"] == [
        {"piece": "form:carol", "suggestion": "from"}, {"piece": "is:opne", "suggestion": "is:open"},
    ]  # fmt: skip
    assert answer["items"] == []


def test_pages_show_every_case_once(ada, world):
    for n in range(7):
        writes_in(
            f"Bell {n}", text="ring", mailbox=world.mailbox, sender=f"{n}@example.com", at=NOON + timedelta(minutes=n)
        )
        writes_in(
            f"Bell {n}",
            text="ring again",
            mailbox=world.mailbox,
            sender=f"{n}@example.com",
            at=NOON + timedelta(minutes=n),
        )
    numbers, cursor = [], ""
    while cursor is not None:
        page = searched(ada, "ring", type="conversation", limit="3", **({"cursor": cursor} if cursor else {}))
        numbers += [hit["number"] for hit in page["items"]]
        cursor = page["next"]

    assert len(numbers) == len(set(numbers)) == 14


def test_operators_alone_list_cases(ada, world, invoice):
    ada("PUT", f"/conversations/{world.case}/resolution")

    assert (found(ada, "is:resolved"), found(ada, "is:open")) == (
        [("conversation", world.case)],
        [("conversation", invoice)],
    )


def test_a_case_is_found_by_the_subject_it_was_given_later(ada, world):
    ada("PATCH", f"/conversations/{world.case}", {"subject": "Stolen on the way"})
    index_again(first_messages_of([conversation_by_number(world.case).id]))

    assert found(ada, "stolen", type="conversation") == [("message", world.case)]


def test_suggestions_while_somebody_types(ada, world, invoice):
    def told(q: str) -> list[tuple[str, str]]:
        return [
            (one["type"], one["query"] or one["key"]) for one in ada.get(f"/search/suggestions?q={quote(q)}")["items"]
        ]

    assert told("bells fr") == [("operator", "bells from:")]
    assert told("team:fr") == [("operator", "team:Front")]
    assert told(f"#{invoice}") == [("conversation", str(invoice))]
    assert told("invoi") == [("conversation", str(invoice))]
    assert told("caro") == [("customer", str(world.carol))]
    assert told("") == []


@pytest.mark.parametrize(
    "query",
    ["' & | !", "\\", "''", "%", "(((", "from:", 'x"', "- -", "field.:x", "number:99999999999999999999", "😀", "\x7f"],
)
def test_odd_queries_are_no_error(ada, world, query):
    assert searched(ada, query)["items"] == []
