"""A command ends in one sentence and an honest exit code, and says nothing about a person."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kap_cli.doors import DOORS, loaded

ROOT = Path(__file__).parents[2]


def kap(*arguments: str, home: Path, code: str = "") -> subprocess.CompletedProcess[str]:
    """Type a command, or run what is given in the place of one."""
    typed = ["-c", code] if code else ["-m", "kap_cli", *arguments]
    return subprocess.run(
        [sys.executable, *typed],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "KAP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command(tmp_path: Path) -> None:
    told = kap("--help", home=tmp_path).stdout
    assert [name for name in DOORS if f"\n  {name} " not in told] == []


def test_help_loads_no_command_and_no_framework(tmp_path: Path) -> None:
    code = (
        "import sys; from kap_cli.doors import run; run(['--help']);"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'rich', 'kap_clinic')])"
    )
    assert kap(home=tmp_path, code=code).stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", DOORS)
def test_every_command_is_there_and_is_in_the_reference(name: str) -> None:
    assert loaded(name).name
    assert f"\n## {name}\n" in (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in DOORS if name != "demo"])
def test_every_command_that_answers_takes_json(name: str) -> None:
    command = loaded(name)
    commands = getattr(command, "commands", None) or {name: command}
    without = [
        below for below, one in commands.items() if "--json" not in [o for p in one.params for o in p.opts]
    ]
    assert without == []


def test_an_unknown_command_is_not_understood(tmp_path: Path) -> None:
    ended = kap("tset", home=tmp_path)
    assert ended.returncode == 2
    assert "Did you mean 'test'?" in ended.stderr


def test_an_impossible_input_ends_with_two_and_one_sentence(tmp_path: Path) -> None:
    ended = kap("bench", "nothing", home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("No benchmark is called 'nothing'.")
    assert len(ended.stderr.splitlines()) == 1


FAILING = """
import sys, kap_cli.doors as doors
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
def fails(*a, **b):
    raise {error}
doors.app = fails
sys.exit(doors.run(["anything"]))
"""


def test_a_refusal_ends_with_one_and_its_sentence(tmp_path: Path) -> None:
    ended = kap(home=tmp_path, code=FAILING.format(error='Refused(sentence("Ask {who}.", who="a nurse"))'))
    assert (ended.returncode, ended.stderr) == (1, "Ask a nurse.\n")


def test_a_mistake_of_ours_says_where_the_log_is_and_never_what_it_held(tmp_path: Path) -> None:
    ended = kap(home=tmp_path, code=FAILING.format(error='ValueError("Ana Kovac, born 1984")'))
    log = tmp_path / "logs" / "commands.log"
    assert ended.returncode == 1
    assert str(log) in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert "Kovac" not in ended.stderr + log.read_text(encoding="utf-8")
    assert "ValueError" in log.read_text(encoding="utf-8")


def test_check_answers_as_json(tmp_path: Path) -> None:
    ended = kap("check", "files", "locks", "--json", home=tmp_path)
    answer = json.loads(ended.stdout)
    assert (answer["schema"], [one["name"] for one in answer["promises"]]) == (
        "openkap.check/1",
        ["files", "locks"],
    )
    assert ended.returncode == (0 if answer["ok"] else 1)
