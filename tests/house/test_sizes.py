"""Budgets: what is small is read, what is large is only searched."""

from tests.house.tree import CODE, ROOT, files, functions, line_count, percentile, place, python_files, template_files

BROWSER_CODE = {".js", ".mjs", ".ts"}


def test_most_files_are_short() -> None:
    sizes = [line_count(path) for path in python_files()]
    assert percentile(sizes, 0.5) < 100
    assert percentile(sizes, 0.9) <= 200


def test_no_file_is_over_400_lines() -> None:
    everywhere = [path for folder in (CODE, ROOT / "tests", ROOT / "bench") for path in python_files(folder)]
    assert {place(path): size for path in everywhere if (size := line_count(path)) > 400} == {}


def test_most_functions_fit_on_half_a_screen() -> None:
    sizes = [_length(function) for path in python_files() for function in functions(path)]
    assert percentile(sizes, 0.9) <= 25


def test_no_function_is_over_60_lines() -> None:
    long = {
        place(path, function.lineno): length
        for path in python_files()
        for function in functions(path)
        if (length := _length(function)) > 60
    }
    assert long == {}


def test_no_template_is_over_100_lines() -> None:
    assert {place(path): size for path in template_files() if (size := line_count(path)) > 100} == {}


WIDGET = CODE / "entrypoints" / "portal" / "widget"


def test_own_browser_code_stays_under_5000_lines_and_the_chat_widget_under_1500() -> None:
    """The widget is a program of its own (docs/decisions/0040)."""
    own = [path for path in files() if CODE in path.parents and path.suffix in BROWSER_CODE]
    widget = [path for path in own if WIDGET in path.parents]
    lines = {"widget": sum(map(line_count, widget)), "all": sum(map(line_count, own))}
    assert lines["all"] - lines["widget"] <= 5000
    assert 500 < lines["widget"] <= 1500


def test_scripts_stay_under_60_lines() -> None:
    scripts = [path for path in files() if path.parent == ROOT / "bin" and path.suffix == ".sh"]
    assert {place(path): size for path in scripts if (size := line_count(path)) >= 60} == {}


def _length(function: object) -> int:
    return function.end_lineno - function.lineno + 1  # type: ignore[attr-defined]
