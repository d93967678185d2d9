"""What a Freshdesk export says, in our records."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from careline.entrypoints.console.importers import BadSource, freshdesk
from careline.flows.brought import Case, Colleague, Company, Message, Person, ReadyText, Record, Team, Unread
from tests.entrypoints.console.importers.exports import FRESHDESK_XML, freshdesk_json, freshdesk_xml


def of(records: list[Record], kind: type) -> list[Any]:
    return [record for record in records if isinstance(record, kind)]


def read(path: Path) -> list[Record]:
    return list(freshdesk.read(path, freshdesk.MAPPING))


def test_reads_the_json_export(tmp_path: Path) -> None:
    records = read(freshdesk_json(tmp_path))
    assert of(records, Team) == [Team("31", "Front")]
    assert [one.email for one in of(records, Colleague)] == ["ada@northwind.example", "eve@northwind.example"]
    assert of(records, Company) == [Company("41", "Rivers Couriers", ("rivers.example",))]
    assert of(records, Person) == [
        Person("21", "Carol", ("carol@example.com",), ("+49 30 555 0100",), "41", "de", notes="Rides to work",
               created_at=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)),
        Person("29", "Eli"),
    ]  # fmt: skip
    assert of(records, ReadyText) == [
        ReadyText("91", "Hello", "Dear {{customer.first_name}}", "<p>Dear {{customer.first_name}}</p>")
    ]
    chain, order, junk = of(records, Case)
    assert chain == Case(
        "900001", "Chain", "21", datetime(2024, 5, 1, 8, tzinfo=UTC), 1207, "resolved", 3, "11", "31", ("chain", "warranty"),
        {"bike_model_4711": "Courier 3", "freshdesk_ticket": "1207"}, updated_at=datetime(2024, 5, 3, 8, tzinfo=UTC),
        resolved_at=datetime(2024, 5, 3, 7, tzinfo=UTC),
    )  # fmt: skip
    assert (order.status, order.number, junk.status) == ("waiting", 1208, "spam")
    said = of(records, Message)
    assert [(m.case, m.key, m.kind, m.author) for m in said] == [
        ("900001", "ticket-900001", "incoming", "21"), ("900001", "71", "reply", "11"), ("900001", "72", "note", "12"),
        ("900002", "ticket-900002", "reply", "12"), ("900003", "ticket-900003", "incoming", "21"),
    ]  # fmt: skip
    assert (said[0].html, said[0].text, said[1].to) == (
        "<p>My chain broke</p>",
        "My chain broke",
        ("carol@example.com",),
    )
    assert said[0].files[0].read() == b"broken link 14"
    assert [(one.where, one.why) for one in of(records, Unread)] == [
        ("Solutions.json", "What it holds has no place here."),
        ("Tickets0.json entry 1", "Note 73 of ticket 1207 was deleted there."),
    ]


def test_reads_the_xml_export_and_nothing_that_it_points_to(tmp_path: Path) -> None:
    records = read(freshdesk_xml(tmp_path))
    (case,), (first, second) = of(records, Case), of(records, Message)
    assert (case.number, case.status, case.priority, case.team, case.tags) == (1207, "resolved", 3, "", ("chain",))
    assert (first.text, second.text, second.kind) == ("My chain broke", "On its way", "reply")
    assert [one.key for one in of(records, Person)] == ["21"]
    assert of(records, Unread) == []


def test_a_broken_export_says_where_it_breaks_and_gives_what_stood_before(tmp_path: Path) -> None:
    folder = freshdesk_xml(tmp_path)
    (folder / "Tickets1.xml").write_text(
        FRESHDESK_XML.replace("900001", "900009").replace("</helpdesk-tickets>", "<helpdesk-ticket><id>")
    )
    (folder / "Groups.json").write_text("{nonsense")
    (folder / "Companies0.json").write_text('[{"company": 7}, {"company": {"name": "no id"}}]')
    records = read(folder)
    assert [case.key for case in of(records, Case)] == ["900001", "900009"]
    assert {one.where for one in of(records, Unread)} == {
        "Tickets1.xml after entry 1", "Groups.json", "Companies0.json entry 1", "Companies0.json entry 2",
    }  # fmt: skip


def test_entities_that_grow_without_end_are_not_resolved(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {new} "{("&" + old + ";") * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ) + "]>"  # fmt: skip
    (tmp_path / "Users0.xml").write_text(
        f'{bomb}<users type="array"><user><id>1</id><name>&i;</name><email>carol@example.com</email></user></users>'
    )
    people = of(read(tmp_path), Person)
    assert [len(person.name) < 100 for person in people] in ([True], [])


def test_objects_of_the_api_are_read_too(tmp_path: Path) -> None:
    import json

    ticket = {"id": 1207, "subject": "Chain", "description": "<div>My chain broke</div>", "description_text": "My chain broke", "status": 2,
              "priority": 4, "source": 1, "requester": {"id": 21, "name": "Carol", "email": "carol@example.com"}, "requester_id": 21,
              "created_at": "2024-05-01T08:00:00Z", "custom_fields": {"bike": "Courier 3"}, "tags": ["chain"],
              "conversations": [{"id": 71, "body": "<div>So</div>", "body_text": "So", "private": True, "incoming": False, "user_id": 11,
                                 "created_at": "2024-05-01T09:00:00Z",
                                 "attachments": [{"id": 1, "name": "a.txt", "content_type": "text/plain", "attachment_url": ""}]}]}  # fmt: skip
    agent = {"id": 11, "contact": {"name": "Ada", "email": "ada@northwind.example"}, "group_ids": [31]}
    (tmp_path / "tickets.json").write_text(json.dumps([ticket]))
    (tmp_path / "agents.json").write_text(json.dumps([agent]))
    records = read(tmp_path)
    (colleague,), (case,), (first, note) = of(records, Colleague), of(records, Case), of(records, Message)
    assert colleague == Colleague("11", "ada@northwind.example", "Ada", ("31",))
    assert (case.number, case.priority, case.fields["bike"]) == (1207, 4, "Courier 3")
    assert (first.html, first.text, note.kind, note.text, note.files[0].name) == (
        "<div>My chain broke</div>",
        "My chain broke",
        "note",
        "So",
        "a.txt",
    )


def test_what_is_no_export_of_theirs_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="neither a ticket nor a user"):
        freshdesk.check(tmp_path)
    freshdesk.check(freshdesk_xml(tmp_path))
