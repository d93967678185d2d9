"""What a browser fetches of our scripts and styles: two files at first, others when they are needed."""

import re

from careline.entrypoints.web.bundles import ALONE, BEGUN, LATER, SEEN, WEB, bundle_at, later, scripts, styles

IMPORTED = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";', re.MULTILINE)
MADE = re.compile(r"^made\.(\w+) = \(\) => \{$", re.MULTILINE)


def _modules() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in (WEB / "js").glob("*.js")}


def _made(content: bytes) -> set[str]:
    return set(MADE.findall(content.decode()))


def test_every_script_is_in_exactly_one_file() -> None:
    files = [_made(scripts()[1]), *(_made(later(group)[1]) for group in LATER), set(ALONE)]
    assert sorted(name for names in files for name in names) == sorted(_modules())


def test_what_comes_later_is_needed_by_nothing_that_comes_first() -> None:
    group_of = {name: group for group, names in LATER.items() for name in names}
    early = [
        (name, wanted)
        for name, text in _modules().items()
        for wanted in IMPORTED.findall(text)
        if wanted in group_of and group_of[wanted] != group_of.get(name)
    ]
    assert early == []
    assert set(BEGUN) & set(group_of) == set()
    assert set(SEEN) <= set(group_of)


def test_a_file_is_found_by_the_name_of_its_content_alone() -> None:
    for address, content in (styles(), styles(of_rooms=True), scripts(), *(later(group) for group in LATER)):
        found = bundle_at(address)
        assert found is not None
        assert found[0] == content
    assert bundle_at("/static/web/0000000000000000.js") is None
    assert bundle_at("/static/web/icon.svg") is None


def test_styles_leave_without_remarks_and_keep_every_rule() -> None:
    written = "".join(path.read_text("utf-8") for path in (WEB / "css").glob("*.css"))
    shown = (styles()[1] + styles(of_rooms=True)[1]).decode()
    assert "/*" not in shown
    assert shown.count("{") == re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL).count("{")
    assert shown.count(";") == re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL).count(";")
