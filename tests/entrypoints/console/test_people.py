"""`careline init`, `user add` and `token`: people from the command line."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest

from careline.config.addresses import public_url
from careline.domain.channels.queries import channels
from careline.domain.company.queries import company
from careline.domain.history.actor import SYSTEM
from careline.domain.staff.commands import use_link
from careline.domain.staff.queries import agents, person_of_token
from careline.entrypoints.console import migration
from careline.entrypoints.console.main import main
from careline.kit import clock, db

INIT = ["init", "--no-input", "--company", "Northwind Bikes", "--admin", "Ada@northwind.example", "--name", "Ada",
        "--mailbox", "support@northwind.example"]  # fmt: skip


@pytest.fixture(autouse=True)
def install(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELINE_DATA", str(tmp_path))
    monkeypatch.setattr(migration, "migrate_where_needed", lambda folder: None)


def said(capsys: pytest.CaptureFixture[str], words: list[str]) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_an_empty_install_gets_its_company_administrator_and_mailbox(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, INIT)
    assert code == 0
    assert company().name == "Northwind Bikes"
    assert [(a.name, a.email, a.role) for a in agents()] == [("Ada", "ada@northwind.example", "administrator")]
    assert [(c.kind, c.address, c.name) for c in channels()] == [
        ("email", "support@northwind.example", "Northwind Bikes")
    ]
    link, now = out.strip().rpartition("/sign-in/"), clock.now()
    assert link[0] == "http://127.0.0.1:8000"
    assert use_link(link[2], by=SYSTEM, at=now + timedelta(hours=25)) is None
    assert use_link(link[2], by=SYSTEM, at=now).email == "ada@northwind.example"
    assert use_link(link[2], by=SYSTEM, at=now) is None


def test_what_the_flags_do_not_say_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = io.StringIO("Northwind Bikes\nada\nAda@northwind.example\n\n")
    monkeypatch.setattr(answers, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", answers)
    code, out, err = said(capsys, ["init"])
    assert (code, out.count("\n")) == (0, 1)
    assert "What is the company called?" in err
    assert "'ada' is not a mail address" in err
    assert (company().name, [a.email for a in agents()], channels()) == (
        "Northwind Bikes",
        ["ada@northwind.example"],
        [],
    )


def test_asked_and_not_answered_sets_nothing_up(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = io.StringIO("Northwind Bikes\n")
    monkeypatch.setattr(answers, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", answers)
    code, _, err = said(capsys, ["init"])
    assert (code, "nothing was set up" in err, len(agents())) == (2, True, 0)


def test_setting_up_again_doubles_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert said(capsys, INIT)[0] == 0
    assert (len(agents()), len(channels())) == (1, 1)


def test_an_install_that_is_somebodys_is_not_renamed_by_setting_it_up_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, INIT)[0] == 0
    code, out, err = said(capsys, ["init", "--no-input", "--company", "Southwind", "--admin", "ben@northwind.example"])
    assert (code, out) == (2, "")
    assert "This install is Northwind Bikes's." in err
    assert (company().name, [a.name for a in agents()]) == ("Northwind Bikes", ["Ada"])


def test_links_lead_to_where_the_server_listened_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARELINE_URL", raising=False)
    assert public_url(tmp_path) == "http://127.0.0.1:8000"
    (tmp_path / "address").write_text("http://127.0.0.1:9123\n")
    assert public_url(tmp_path) == "http://127.0.0.1:9123"
    monkeypatch.setenv("CARELINE_URL", "https://desk.example.com/")
    assert public_url(tmp_path) == "https://desk.example.com"


def test_a_password_comes_from_stdin_and_then_there_is_no_link(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-long-enough-secret\n"))
    assert said(capsys, [*INIT, "--password-stdin"])[:2] == (0, "")
    assert db.value("SELECT password FROM staff_agent").startswith("argon2")
    for bad in ("", "short\n", "password123\n", "\x00\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(bad))
        words = ["user", "add", "ben@northwind.example", "--role", "representative", "--password-stdin"]
        assert said(capsys, words)[:2] == (2, "")
    assert len(agents()) == 1


def test_settings_of_the_mailbox_are_kept_in_their_kind(capsys: pytest.CaptureFixture[str]) -> None:
    more = ["--setting", "acknowledge=yes", "--setting", "imap_password=geheim", "--setting", "imap_folder=In=1"]
    assert said(capsys, [*INIT, *more])[0] == 0
    (mailbox,) = channels()
    assert (mailbox.settings, mailbox.secrets) == (
        {"acknowledge": True, "imap_folder": "In=1"},
        {"imap_password": "geheim"},
    )


@pytest.mark.parametrize(("words", "mend"), [
    (["init", "--no-input"], "--company"),
    (["init", "--no-input", "--company", "N"], "--admin"),
    (["init", "--no-input", "--company", " ", "--admin", "a@b.example"], "--company NAME"),
    (["init", "--no-input", "--company", "N", "--admin", "nobody"], "not a mail address"),
    ([*INIT, "--setting", "wings"], "NAME=VALUE"),
    ([*INIT, "--setting", "wings=2"], "no setting"),
    ([*INIT, "--language", "klingon"], "language"),
    (["user"], "add"),
    (["user", "add", "ben@northwind.example"], "--role"),
    (["user", "add", "ben@northwind.example", "--role", "king"], "Roles are"),
    (["user", "add", "ben@northwind.example", "--role", "representative", "--team", "Nowhere"], "no team"),
    (["user", "add", "a b@northwind.example", "--role", "representative"], "not a mail address"),
    (["user", "add", "x" * 300 + "@b.example", "--role", "representative"], "not a mail address"),
    (["token", "ben@northwind.example"], "Nobody here"),
    (["token", "ben@northwind.example", "--scope", "fly"], "no scope"),
])  # fmt: skip
def test_wrong_use_is_one_sentence_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], words: list[str], mend: str
) -> None:
    code, out, err = said(capsys, words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert mend in err
    assert db.value("SELECT count(*) FROM staff_agent") == 0


def test_nobody_is_added_twice(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["user", "add", "Ben@Northwind.example", "--role", "representative", "--name", "Ben"]
    assert said(capsys, words)[0] == 0
    code, _, err = said(capsys, words)
    assert (code, "is an agent already" in err) == (2, True)
    assert [(a.name, a.email) for a in agents()] == [("Ben", "ben@northwind.example")]


def test_a_token_stands_alone_on_stdout_and_opens_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, INIT)
    code, out, _ = said(capsys, ["token", "ADA@northwind.example", "--scope", "conversation:read"])
    assert (code, out.count("\n")) == (0, 1)
    owner = person_of_token(out.strip(), at=clock.now())
    assert (owner.email, list(owner.grants)) == ("ada@northwind.example", ["conversation:read"])
    assert said(capsys, ["token", "ada@northwind.example"])[1] != out
