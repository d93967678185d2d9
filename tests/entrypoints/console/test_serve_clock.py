from pathlib import Path

import pytest

from careline.entrypoints.console.datafolder import check_clock
from careline.entrypoints.console.refusal import Refusal


def marks(folder: Path) -> list[str]:
    return sorted(mark.name for mark in folder.iterdir())


def test_a_folder_may_run_on_the_test_clock_again_and_again(tmp_path: Path) -> None:
    check_clock(tmp_path, is_test_clock=True)
    check_clock(tmp_path, is_test_clock=True)
    assert marks(tmp_path) == ["test-clock"]


def test_once_on_real_time_there_is_no_way_back(tmp_path: Path) -> None:
    check_clock(tmp_path, is_test_clock=True)
    check_clock(tmp_path, is_test_clock=False)
    assert marks(tmp_path) == ["real-clock"]
    with pytest.raises(Refusal, match="was used with the real clock"):
        check_clock(tmp_path, is_test_clock=True)
    assert marks(tmp_path) == ["real-clock"]
