"""What the help says is what happens."""

from __future__ import annotations

import pytest

from careline.entrypoints.console.main import main


@pytest.mark.parametrize(
    ("command", "folder"), [("demo", "a cache folder"), ("serve", "./careline-data"), ("export", "./careline-data")]
)
def test_the_help_names_the_folder_that_is_taken(capsys: pytest.CaptureFixture[str], command: str, folder: str) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"(CARELINE_DATA, else {folder})" in " ".join(capsys.readouterr().out.split())
