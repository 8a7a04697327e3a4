"""`kap test` counts honestly: what passed, failed, was skipped, and what could not even begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from kap_cli.groups import Group, count, run

FOUR = """
import pytest
def test_good(): assert 1 + 1 == 2
def test_wrong(): assert 1 + 1 == 3
@pytest.mark.skip(reason="not here")
def test_skipped(): ...
@pytest.mark.slow
def test_slow(): ...
"""
SETTINGS = "[pytest]\nmarkers =\n    slow: late\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    return tmp_path


def told(place: Path, text: str, marks: str = "not slow") -> tuple[int, int, int, bool]:
    (place / "tests" / "test_four.py").write_text(text, encoding="utf-8")
    result = run(Group(name="four", folders=("tests",)), place, marks=marks, to_errors=True)
    assert result is not None
    return result.passed, result.failed, result.skipped, result.is_ok


def test_one_of_each_is_counted_as_it_was(place: Path) -> None:
    assert told(place, FOUR) == (1, 1, 1, False)


def test_only_good_ones_are_good(place: Path) -> None:
    assert told(place, FOUR.replace("== 3", "== 2")) == (2, 0, 1, True)


def test_slow_ones_run_when_everything_does(place: Path) -> None:
    assert told(place, FOUR.replace("== 3", "== 2"), marks="") == (3, 0, 1, True)


def test_a_file_that_cannot_be_read_is_a_failure(place: Path) -> None:
    *_, is_ok = told(place, "import nothing_of_that_name")
    assert not is_ok
    assert told(place, "import nothing_of_that_name")[1] >= 1


def test_a_group_without_a_folder_is_left_out(place: Path) -> None:
    assert run(Group(name="none", folders=("tests/none",)), place, marks="", to_errors=True) is None


def test_tests_are_counted_without_being_run(place: Path) -> None:
    (place / "tests" / "test_four.py").write_text(FOUR, encoding="utf-8")
    assert count(("tests",), place, marks="slow") == 1
