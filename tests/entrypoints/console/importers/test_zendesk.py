"""What a Zendesk export says, in our records."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from careline.entrypoints.console.importers import BadSource, source_of, sources, zendesk
from careline.entrypoints.console.importers.driving import run
from careline.flows.brought import Case, Colleague, Company, Message, Person, ReadyText, Record, Team, Unread
from tests.entrypoints.console.importers.exports import COMMENTS, TICKET, zendesk_lines, zendesk_pages


def of(records: list[Record], kind: type) -> list[Any]:
    return [record for record in records if isinstance(record, kind)]


def read(path: Path, **mapping: dict[str, str]) -> list[Record]:
    return list(zendesk.read(path, {name: words | mapping.get(name, {}) for name, words in zendesk.MAPPING.items()}))


@pytest.mark.parametrize("export", [zendesk_lines, zendesk_pages], ids=["lines", "pages"])
def test_reads_everything_in_its_order(export: Any, tmp_path: Path) -> None:
    records = read(export(tmp_path))
    assert of(records, Team) == [Team("31", "Front")]
    assert of(records, Colleague) == [
        Colleague("11", "ada@northwind.example", "Ada", ("31",)),
        Colleague("12", "eve@northwind.example", "Eve", ("31",)),
    ]
    assert of(records, Company) == [Company("41", "Rivers Couriers", ("rivers.example",))]
    assert of(records, Person)[0] == Person(
        "21", "Carol", ("carol@example.com",), ("+49 30 555 0100",), "41", "de", "Europe/Berlin", "Rides to work",
        created_at=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
    )  # fmt: skip
    case = of(records, Case)[0]
    assert case == Case(
        "1207", "Chain", "21", datetime(2024, 5, 1, 8, tzinfo=UTC), 1207, "resolved", 3, "11", "31", ("chain", "warranty"),
        {"bike_model": "Courier 3", "satisfaction": "good", "zendesk_ticket": "1207"}, updated_at=datetime(2024, 5, 3, 8, tzinfo=UTC),
        resolved_at=datetime(2024, 5, 3, 8, tzinfo=UTC),
    )  # fmt: skip
    said = [message for message in of(records, Message) if message.case == "1207"]
    assert [(m.key, m.kind, m.author) for m in said] == [
        ("501", "incoming", "21"),
        ("502", "reply", "11"),
        ("503", "note", "12"),
    ]
    assert (said[0].text, said[1].to, said[1].cc) == ("My chain broke", ("carol@example.com",), ("dan@example.org",))
    order = {Team: 0, Colleague: 1, Company: 2, ReadyText: 3, Person: 4, Case: 5, Message: 5}
    ranks = [order[type(record)] for record in records[: records.index(case)] if not isinstance(record, Unread)]
    assert ranks == sorted(ranks)


def test_macros_with_words_become_ready_texts_and_the_rest_is_said(tmp_path: Path) -> None:
    records = read(zendesk_lines(tmp_path))
    assert of(records, ReadyText) == [
        ReadyText("81", "On its way", "Dear {{customer.first_name}}, {{dc.way}}", folder="Shipping")
    ]
    said = [one.why for one in of(records, Unread)]
    assert "The macro Close does more than write: status. Build that anew under Macros." in said


def test_people_who_stand_only_on_a_ticket_come_before_it(tmp_path: Path) -> None:
    records = read(zendesk_lines(tmp_path))
    case = next(one for one in of(records, Case) if one.key == "1208")
    eli = Person("23", "Eli", ("eli@example.net",))
    assert records.index(eli) + 1 == records.index(case)
    assert (case.status, case.assignee, case.team, case.person) == ("waiting", "12", "31", "23")
    (first,) = [message for message in of(records, Message) if message.case == "1208"]
    assert (first.key, first.kind, first.author, first.text) == (
        "description-1208",
        "incoming",
        "23",
        "It does not ring",
    )


def test_files_are_found_beside_the_export_and_never_outside_it(tmp_path: Path) -> None:
    (tmp_path / "passwd").write_text("secret")
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (first, *_) = of(read(zendesk_lines(folder)), Message)
    chain, outside = first.files
    assert (chain.name, chain.media_type, chain.read()) == ("chain.txt", "text/plain", b"broken link 14")
    assert outside.name == "passwd"
    with pytest.raises(OSError, match="fetching was not asked for"):
        outside.read()


def test_fetches_only_where_it_was_asked_to_and_never_from_inside(tmp_path: Path) -> None:
    folder = zendesk_lines(tmp_path)
    shutil.rmtree(folder / "attachments")
    text = (folder / "tickets.json").read_text().replace("https://x.example/901", "http://127.0.0.1:80/901")
    (folder / "tickets.json").write_text(text)
    (first, *_) = of(read(folder, options={"fetch_files": "yes"}), Message)
    with pytest.raises(OSError, match="private network"):
        first.files[0].read()


def test_a_zip_reads_as_its_folder_does(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    packed = shutil.make_archive(str(tmp_path / "export"), "zip", zendesk_lines(folder))
    zipped, plain = (of(read(Path(packed)), Message), of(read(folder), Message))
    assert [(m.key, m.text, m.kind) for m in zipped] == [(m.key, m.text, m.kind) for m in plain]
    assert zipped[0].files[0].read() == b"broken link 14"


def test_the_mapping_decides_over_statuses_teams_people_and_fields(tmp_path: Path) -> None:
    records = read(
        zendesk_lines(tmp_path), statuses={"solved": "done_well"}, teams={"Front": "Service"}, fields={"71": "model"},
        people={"eve@northwind.example": "ben@northwind.example", "*": "cleo@northwind.example"}, priorities={"high": "4"},
    )  # fmt: skip
    case = of(records, Case)[0]
    assert (case.status, case.priority, case.fields["model"]) == ("done_well", 4, "Courier 3")
    assert of(records, Team)[0].name == "Service"
    assert [one.email for one in of(records, Colleague)] == ["cleo@northwind.example", "ben@northwind.example"]


def test_an_agent_who_asked_is_a_customer_on_their_own_ticket(tmp_path: Path) -> None:
    folder = zendesk_lines(tmp_path)
    import json

    asked = TICKET | {
        "id": 1300,
        "requester_id": 12,
        "comments": [COMMENTS[0] | {"public": True}, COMMENTS[2] | {"id": 504}],
    }
    (folder / "more_tickets.json").write_text(json.dumps(asked))
    records = read(folder)
    assert [(m.kind, m.author) for m in of(records, Message) if m.case == "1300"] == [
        ("reply", "11"),
        ("incoming", "12"),
    ]
    assert "12" in {person.key for person in of(records, Person)}


@pytest.mark.parametrize(
    ("name", "content", "where", "why"),
    [
        ("broken.json", b'{"id": 1, "subject": "x", "status"', "broken.json", "no JSON"),
        ("lines.json", b'{"id": 5, "role": "end-user", "email": "x@example.com"}\n{"id": 6, "ro\n', "lines.json line 2", "no JSON"),
        ("latin.json", '{"users": [{"id": 9, "name": "Jürgen"}]}'.encode("latin-1"), "latin.json", "UTF-8"),
        ("deep.json", b"[" * 100_000, "deep.json", "deep"),
        ("list.json", b"[1, 2]", "list.json entry 1", "no object"),
        ("other.json", b'{"triggers": []}', "other.json", "nothing that comes in"),
        ("tickets_x.json", b'{"tickets": [{"subject": "no id"}, 7]}', "tickets_x.json tickets 1", "no id"),
        ("tickets_y.json", b'{"tickets": [{"id": 8, "subject": "?", "status": "open", "created_at": "soon"}]}', "tickets_y.json tickets 1", "when"),
    ],
)  # fmt: skip
def test_what_is_broken_is_said_and_the_rest_comes(
    name: str, content: bytes, where: str, why: str, tmp_path: Path
) -> None:
    folder = zendesk_lines(tmp_path)
    (folder / name).write_bytes(content)
    records = read(folder)
    said = [one for one in of(records, Unread) if one.where == where]
    assert len(said) == 1 and why in said[0].why
    assert {case.key for case in of(records, Case)} == {"1207", "1208"}


def test_utf_16_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    folder = zendesk_lines(tmp_path)
    (folder / "users.json").write_bytes(
        (folder / "users.json").read_text().replace("Carol", "Caról").encode("utf-8-sig")
    )
    (folder / "more_users.json").write_text('{"users": [{"id": 24, "name": "جمال", "role": "end-user"}]}', "utf-16")
    assert {person.name for person in of(read(folder), Person)} == {"Caról", "Dan", "Eli", "جمال"}


def test_what_is_no_export_of_theirs_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text('{"a": 1}')
    with pytest.raises(BadSource, match="neither a ticket nor a user"):
        zendesk.check(tmp_path)
    zendesk.check(zendesk_pages(tmp_path))


def test_both_importers_are_found(tmp_path: Path) -> None:
    assert {"zendesk", "freshdesk"} <= set(sources())
    assert source_of("zendesk").TITLE == "Zendesk"  # type: ignore[union-attr]


def test_a_dry_run_says_what_would_come_and_what_would_not(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("zendesk", zendesk_lines(tmp_path), mapping=None, data=None, is_trying=True) == 1
    said = "".join(capfd.readouterr())
    assert "1 team, 2 colleagues, 1 company, 1 readytext" in said
    assert "3 persons, 2 cases, 4 messages would come in from Zendesk; nothing was changed" in said
    assert "Ticket 1209 was deleted there." in said
