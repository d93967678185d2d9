import json
import subprocess
import sys

import pytest

from careline.entrypoints.console import main
from tests.entrypoints.console.test_serve import ROOT, careline, environment

LOADED = """
import json, sys
from careline.entrypoints.console.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("words", [["deliver", "--help"], ["mail", "--help"], ["serve", "--help"]])
def test_a_command_imports_no_more_than_it_needs(words: list[str]) -> None:
    output = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True, env=environment(), cwd=ROOT
    ).stdout
    loaded = set(json.loads(output.splitlines()[-1]))
    assert loaded & {"django", "psycopg", "uvicorn"} == set()


def test_help_lists_every_command_and_none_of_the_parts() -> None:
    answer = careline("--help")
    assert answer.returncode == 0
    listed = [line.split()[0] for line in answer.stdout.splitlines() if line.startswith("  ")]
    assert listed == list(main.COMMANDS)


def test_a_command_whose_module_is_absent_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(main.COMMANDS, "sing", ("singing", "sing"))
    assert main.main(["sing"]) == 2
    assert capsys.readouterr() == ("", "careline: `careline sing` is not built yet.\n")


def test_a_refusal_ends_with_its_own_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(words: list[str]) -> int:
        raise main.Refusal("Not now; try again later.", code=75)

    monkeypatch.setattr(main, "_dispatch", refuse)
    assert main.main([]) == 75
    assert capsys.readouterr() == ("", "careline: Not now; try again later.\n")
