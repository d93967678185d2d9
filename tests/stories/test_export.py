"""All of it leaves in open formats, and comes back the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.history.queries import cursor_of, readers
from careline.entrypoints.console.importers import driving
from careline.entrypoints.console.keeping import exporting, importing
from careline.entrypoints.console.refusal import Refusal
from careline.kit import db
from tests.stories.desk import CAROL, Desk, mail
from tests.stories.keeping import own_store
from tests.stories.test_erasure import letter

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
NESTED = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Iterator[None]:
    with own_store(tmp_path / "data", settings):
        yield


@pytest.fixture
def full(busy_desk: Desk) -> Desk:
    """Some cases with files, answers on their way, and a history that was read."""
    number = busy_desk.comes(letter()).number
    busy_desk.comes(mail(CAROL, named="<bell@mail.example>"), mail("", named="<nobody@mail.example>"))
    busy_desk.answers(number)
    busy_desk.reacts()
    return busy_desk


def exported(folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    exporting.export(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def brought_back(folder: Path) -> None:
    about = importing.read_about(folder)
    importing.check(folder, about)
    importing.bring_in(folder, about)


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
KEPT = {"said": st.lists(WORDS, min_size=3, max_size=3), "nested": st.dictionaries(WORDS, NESTED, max_size=4)}


@settings(max_examples=3, deadline=None, suppress_health_check=SLOW)
@given(**KEPT)
def test_export_import_export_is_equal_to_the_byte(full: Desk, tmp_path: Path, said: list[str], nested: Any) -> None:
    assert_equal_to_the_byte(tmp_path, said, nested)


@pytest.mark.full
@pytest.mark.timeout(600)
@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(**KEPT)
def test_whatever_is_said_export_import_export_is_equal_to_the_byte(
    full: Desk, tmp_path: Path, said: list[str], nested: Any
) -> None:
    assert_equal_to_the_byte(tmp_path, said, nested)


def assert_equal_to_the_byte(folder: Path, said: list[str], nested: Any) -> None:
    fields = db.json(json.loads(json.dumps(nested)))
    db.execute("UPDATE conversations_message SET text = %s, html = %s, data = %s", [said[0], said[1], fields])
    db.execute("UPDATE customers_customer SET name = %s, fields = %s", [said[2], fields])
    before = exported(folder / "one")
    brought_back(folder / "one")
    assert exported(folder / "two") == before


def test_what_comes_back_is_found_read_and_numbered_as_before(full: Desk, tmp_path: Path) -> None:
    words = "SELECT array_agg(tsvector_to_array(vector)::text ORDER BY id) FROM customers_customer"
    before, newest = db.value(words), db.value("SELECT max(number) FROM conversations_conversation")
    exported(tmp_path / "one")
    brought_back(tmp_path / "one")
    assert db.value(words) == before
    last = db.value("SELECT max(id) FROM history")
    assert {name: (cursor_of(name).tx, cursor_of(name).happening) for name in readers()}["reactions"] == (0, last)
    assert full.comes(mail(CAROL, named="<later@mail.example>")).number == newest + 1


def test_an_answer_on_its_way_is_uncertain_elsewhere_and_never_sent_twice(full: Desk, tmp_path: Path) -> None:
    exported(tmp_path / "one")
    brought_back(tmp_path / "one")
    assert [row.state for row in db.rows("SELECT DISTINCT state FROM conversations_delivery")] == ["uncertain"]
    assert full.sends() == 0


def test_no_password_and_no_secret_leaves(full: Desk, tmp_path: Path) -> None:
    full.sets(imap_password="opensesame")
    db.execute("UPDATE staff_agent SET password = 'argon2$sesame'")
    assert [name for name, content in exported(tmp_path / "one").items() if b"sesame" in content] == []


def test_a_damaged_export_brings_nothing_in(full: Desk, tmp_path: Path) -> None:
    exported(tmp_path / "whole")
    before = db.value("SELECT count(*) FROM conversations_message")
    for harm in ("cut", "unknown", "lost file", "changed file", "newer", "nonsense"):
        folder = shutil.copytree(tmp_path / "whole", tmp_path / harm)
        damage(folder, harm)
        with pytest.raises(Refusal):
            brought_back(folder)
            pytest.fail(f"{harm} was brought in")
        assert (harm, db.value("SELECT count(*) FROM conversations_message")) == (harm, before)


def damage(folder: Path, harm: str) -> None:
    cases, about = folder / "cases.jsonl", json.loads((folder / "about.json").read_text("utf-8"))
    first = next(iter((folder / "files").glob("*/*")))
    if harm == "cut":
        cases.write_bytes(cases.read_bytes().rpartition(b"\n{")[0])
    elif harm == "lost file":
        first.unlink()
    elif harm == "changed file":
        first.write_bytes(b"other bytes")
    elif harm == "nonsense":
        cases.write_bytes(cases.read_bytes().replace(b'"number":', b'"nmuber":'))
    else:
        about |= {"version": 2} if harm == "newer" else {"nouns": about["nouns"] | {"dreams": {"table": "dreams"}}}
        (folder / "about.json").write_text(json.dumps(about), "utf-8")


def test_an_importer_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no importer 'abacus'; there are: careline"):
        driving.run("abacus", tmp_path, mapping=None, data=None, is_trying=True)
