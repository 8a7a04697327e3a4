"""Every action used in the code has words an inspector reads, and no words are left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from kap_clinic.audit.words import WORDS

SOURCE = Path(__file__).parents[3] / "src" / "kap_clinic"
APPS = {folder.name for folder in SOURCE.iterdir() if (folder / "apps.py").exists()} | {"stream"}
ACTION = re.compile(r"([a-z_]+)\.[a-z][a-z_]*")


def actions_in(file: Path) -> set[str]:
    """Find every text that is an action: an app's name, a dot, a verb; the names of jobs are none."""
    tree = ast.parse(file.read_text())
    jobs = {
        id(keyword.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "task"
        for keyword in node.keywords
    }
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in jobs
    }
    found = {text for text in texts if (match := ACTION.fullmatch(text)) and match[1] in APPS}
    return {text for text in found if not text.endswith((".json", ".csv", ".html", ".urls"))}


def used() -> set[str]:
    files = [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]
    return set().union(*(actions_in(file) for file in files if not file.name.startswith("words")))


def test_every_action_in_the_code_has_words():
    assert sorted(used() - WORDS.keys()) == []


def test_no_words_are_left_for_an_action_that_is_gone():
    assert sorted(WORDS.keys() - used()) == []


def test_the_search_for_actions_finds_one_where_it_is_written():
    assert "audit.verify" in actions_in(SOURCE / "audit" / "actions.py")
    assert "website.day_board" in actions_in(SOURCE / "website" / "views.py")


def test_words_are_whole_and_different():
    said = [words.template for words in WORDS.values()]
    assert len(set(said)) == len(said)
    assert [one for one in said if not one[0].isupper() or one.endswith(".")] == []
