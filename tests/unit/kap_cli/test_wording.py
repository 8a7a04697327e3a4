"""A site's file of licensed words is checked from the shell before anybody brings it to the clinic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kap_cli.doors import run


def test_the_empty_file_filled_in_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["wording", "who5"]) == 0
    file = tmp_path / "who5.yaml"
    file.write_text(capsys.readouterr().out.replace('""', '"words"'), encoding="utf-8")
    assert run(["wording", "who5", str(file)]) == 0
    assert capsys.readouterr().out == "who5.yaml: whole and right for who5@1.\n"


def test_every_mistake_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("language: en\nitems: {1-4: x, 6: y}\n", encoding="utf-8")
    assert run(["wording", "who5", str(file), "--json"]) == 1
    said = capsys.readouterr()
    mistakes = [
        "w.yaml, line 2: there is no item '6'; the items are 1 to 5.",
        "w.yaml, line 2: items 5 have no text.",
    ]
    assert json.loads(said.out) == {
        "schema": "openkap.wording/1", "instrument": "who5@1", "mistakes": mistakes,
    }  # fmt: skip
    assert said.err.splitlines() == mistakes


def test_tables_are_checked_and_written_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["wording", "promis29", "--tables"]) == 0
    assert "anxiety:" in capsys.readouterr().out
    file = tmp_path / "t.yaml"
    file.write_text("anxiety: {4: 40.3}", encoding="utf-8")
    assert run(["wording", "promis29", str(file), "--tables"]) == 0


def test_what_takes_no_file_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, why in (
        (["phq9"], "phq9@1 takes no wording from a site in this language"),
        (["phq9", "--tables"], "phq9@1 reads no table."),
        (["bdi2"], "bdi2@1 takes no wording from a site: Commercial"),
    ):
        assert run(["wording", *arguments]) == 2
        assert why in capsys.readouterr().err
