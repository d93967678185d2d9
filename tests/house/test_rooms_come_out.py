"""What breaks where a room is taken out of the house: as little as ARCHITECTURE.md says, and known by name."""

import ast
import re

from tests.house.tree import CODE, parsed, python_files

OWN = re.compile(r"domain/surveys/|(web|portal)/surveys/|api/(rooms|shapes)/surveys\.py|flows/\w*survey\w*\.py")
NAMED = re.compile(r"\bsurveys_[a-z]+\b|careline\.domain\.surveys\b")
WITHOUT_SURVEYS = {
    "entrypoints/web/urls.py": "its pages",
    "entrypoints/portal/urls.py": "its pages",
    "entrypoints/web/aftercare/beside.py": "what stands beside a case",
    "entrypoints/worker/timetable.py": "what falls due",
    "entrypoints/worker/standing.py": "what falls due",
    "entrypoints/worker/reactions.py": "who reacts",
    "flows/deliver.py": "its links in an answer",
    "flows/tell_feedback.py": "who wants no such letters",
    "flows/forget_words.py": "what is forgotten with a customer or a case",
    "domain/desk/queries/standing.py": "the last scores in a customer's standing",
    "config/settings.py": "the list of packages",
    "entrypoints/console/demo/aftercare.py": "the demo's company",
}
"""Where a line would have to go. All else that says survey names a happening, a column or a word, and would go on."""


def test_without_surveys_only_these_would_break() -> None:
    found = {
        place
        for path in python_files()
        if not OWN.search(place := path.relative_to(CODE).as_posix())
        and (any("survey" in module for module in imported(parsed(path))) or NAMED.search(path.read_text("utf-8")))
    }
    assert found == set(WITHOUT_SURVEYS)


def imported(tree: ast.Module) -> set[str]:
    """Modules, and what is taken from them, by their whole names."""
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    whole = {f"{node.module}.{name.name}" for node in taken for name in node.names if node.module != "__future__"}
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return {name for name in whole | plain if name.startswith("careline.")}
