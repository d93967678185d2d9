"""What is in the repository is of no particular machine."""

import re

from tests.house.tree import ROOT, files, place

# Put together from pieces, so that this file does not find itself.
MACHINE_PATHS = ["/" + "work/", "/" + "root/", r"/home/" + r"[a-z]+/", r"\.py" + "env", "/Users/" + "[a-z]+/"]
REGISTRIES = ["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", "regis" + r"try\.npm", "golang" + r"\.org"]
FOREIGN = re.compile("|".join(MACHINE_PATHS + REGISTRIES))


def test_no_file_names_a_path_of_one_machine_or_a_package_registry() -> None:
    found = [
        place(path, number)
        for path in files()
        if (text := _text(path)) is not None
        for number, line in enumerate(text.splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []


def test_a_path_of_one_machine_would_be_seen() -> None:
    assert FOREIGN.search("open('/" + "root/data')")
    assert not FOREIGN.search("/var/lib/careline and https://example.org/work")


def test_the_licence_is_the_whole_of_apache_2() -> None:
    licence = (ROOT / "LICENSE").read_text()
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def _text(path: object) -> str | None:
    try:
        return path.read_text("utf-8")  # type: ignore[attr-defined]
    except UnicodeDecodeError:
        return None
