"""A newer version may bring rights without any new table: an install that is kept learns of them all the same."""

from pathlib import Path

import pytest

from careline.entrypoints.console import migration


def test_rights_of_a_newer_version_reach_an_install_whose_tables_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, settings = tmp_path / "domain" / "staff" / "rules.py", tmp_path / "config" / "settings.py"
    for file in (rules, settings):
        file.parent.mkdir(parents=True)
        file.write_text("")
    monkeypatch.setattr(migration, "_PACKAGE", tmp_path)
    before = migration._digest()
    assert migration._digest() == before
    rules.write_text('VERBS = ("hours:manage",)')
    assert migration._digest() != before
