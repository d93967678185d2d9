"""The whole fast run on two processors: a second pytest beside the first, each takes the next file nobody has begun.

The first is the one that was called: it also tells what the second found, so there is one row of dots and one summary.
`CARELINE_TEST_PROCESSES=1` keeps all of it in one process, in the order of the files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

# Read by the second process: the folder both share, and which part it takes.
SHARED, PART = "CARELINE_TEST_SHARED", "CARELINE_TEST_PART"
# Playwright keeps an event loop in its process, which therefore ends with these tests; another one takes its place.
PARTS = {"browser": ["tests/browser"], "rest": ["--ignore=tests/browser"]}
"""Each with what is left of the tests to collect for it."""
COMMITS = " commits"
# One process takes such a folder whole, for it starts something dear that its tests share; what takes longest begins first.
WHOLE_FOLDERS = ("tests/faults", "tests/browser", "tests/domain/channels/email/imap")
EARLY = (
    "tests/faults",
    "tests/entrypoints/console",
    "tests/house",
    "tests/kit/postgres",
    "tests/entrypoints/test_who_may_what.py",
    "tests/entrypoints/api/test_schemathesis.py",
    "tests/stories/test_export.py",
)


def plugin_for(config: pytest.Config) -> First | Second | None:
    """None where a single process does it all: a part of the tests, a debugger, a stop at the first failure."""
    if SHARED in os.environ:
        return Second(Path(os.environ[SHARED]), os.environ[PART])
    option = config.option
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and option.markexpr.startswith("not full")
    is_plain = not (option.keyword or option.usepdb or option.maxfail or option.collectonly or option.capture == "no")
    may = os.environ.get("CARELINE_TEST_PROCESSES") != "1" and (os.cpu_count() or 1) > 1
    return First(config) if is_whole and is_plain and may else None


class First:
    def __init__(self, config: pytest.Config) -> None:
        self._config, self._folder = config, Path(tempfile.mkdtemp(prefix="careline-spread-"))
        self._parts = iter(PARTS)
        self._second: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._told: set[str] = set()
        self._begin_next_part()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed:
            return None  # something could not be collected: pytest says so
        for item, following in _with_next(_taken(session, self._folder, "rest")):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self._hear()
        while self._second is not None:
            self._hear(patience=0.2)
        missing = {item.nodeid for item in session.items} - self._told
        if missing:
            said = "\n".join(path.read_text(errors="replace")[-4000:] for path in sorted(self._folder.glob("said-*")))
            raise pytest.UsageError(
                f"{len(missing)} tests were not run, {min(missing)} among them. The second process said:\n{said}"
            )
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self._told.add(report.nodeid)

    def pytest_unconfigure(self) -> None:
        if self._second is not None:
            self._second.terminate()
            self._second.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin_next_part(self) -> None:
        part = next(self._parts, None)
        if part is None:
            self._second = None
            return
        env = os.environ | {SHARED: str(self._folder), PART: part}
        with (self._folder / f"said-{part}").open("wb") as said:
            command = [sys.executable, "-m", "pytest", *map(str, self._config.invocation_params.args), *PARTS[part]]
            self._second = subprocess.Popen(
                command, env=env, cwd=self._config.invocation_params.dir, stdout=said, stderr=said
            )

    def _hear(self, *, patience: float = 0.0) -> None:
        """Tells on what the second process reported so far, and starts it anew for its next part."""
        has_ended = self._second is not None and _ends(self._second, patience)
        with _reports(self._folder).open("ab+") as reports:
            reports.seek(self._read)
            for line in reports:
                if not line.endswith(b"\n"):
                    break  # the rest of it comes
                self._read += len(line)
                report = self._config.hook.pytest_report_from_serializable(config=self._config, data=json.loads(line))
                self._config.hook.pytest_runtest_logreport(report=report)
        if has_ended:
            self._begin_next_part()


class Second:
    def __init__(self, folder: Path, part: str) -> None:
        self._folder, self._part = folder, part
        self._first = os.getppid()

    def pytest_configure(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed:
            return None
        for item, following in _with_next(_taken(session, self._folder, self._part)):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if os.getppid() != self._first:
                raise session.Interrupted("the first process is gone")
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        with _reports(self._folder).open("ab") as reports:
            reports.write(json.dumps(data, default=str).encode() + b"\n")


def _reports(folder: Path) -> Path:
    return folder / "reports"


def _taken(session: pytest.Session, folder: Path, part: str) -> Iterator[pytest.Item]:
    """The tests of this process: one group after the other, as nobody else has begun it."""
    for name, items in _groups(session.items).items():
        if name.startswith("tests/browser") == (part == "browser"):
            try:
                (folder / quote(name, safe="")).touch(exist_ok=False)
            except FileExistsError:
                continue
            yield from items


def _groups(items: list[pytest.Item]) -> dict[str, list[pytest.Item]]:
    """Those that empty the database when they end come last, as pytest-django has it."""
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        file = item.nodeid.split("::", 1)[0]
        name = next((whole for whole in WHOLE_FOLDERS if file.startswith(f"{whole}/")), file)
        groups.setdefault(name + (COMMITS if _commits(item) else ""), []).append(item)
    return dict(sorted(groups.items(), key=lambda group: (group[0].endswith(COMMITS), not group[0].startswith(EARLY))))


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


def _with_next(items: Iterator[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each with the one after it, which says what fixtures may stay."""
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        yield item, following
        item = following


def _ends(process: subprocess.Popen[bytes], patience: float) -> bool:
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        return False
    return True
