"""The commands around trail and keys: honest exit codes, answers a program can read, nothing secret."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.clones import urls_of

from kap_clinic.keys.keyring_file import read_keyring

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[3]


@pytest.fixture
def kap(chain):
    """Run `./kap …` against this test's database and folder, whose keyring sealed its trail."""
    from kap_clinic.keys.ring import home

    keyring = home() / "keys" / "keyring.json"
    (chain.folder / "keys" / "keyring.json").write_bytes(keyring.read_bytes())
    (chain.folder / "keys" / "keyring.json").chmod(0o600)
    told = {**os.environ, **urls_of(chain.clinic.cluster, chain.clinic.database)}
    told |= {"KAP_HOME": str(chain.folder), "PYTHONPATH": str(ROOT / "src")}

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "kap_cli", *words], env=told, cwd=ROOT, capture_output=True, text=True
        )

    return run


def test_verify_says_that_nothing_was_changed_and_ends_well(chain, kap):
    said = kap("verify", "--json")
    assert (said.returncode, said.stderr) == (0, "")
    answer = json.loads(said.stdout)
    assert (answer["schema"], answer["ok"]) == ("openkap.verify/1", True)
    assert [one["sealed"] for one in answer["organizations"]] == [9]
    assert chain.house.trail()[-1][0] == "audit.verify"


def test_verify_names_what_is_broken_and_ends_badly(chain, kap):
    entry = chain.entry_at(4)
    chain.tamper("UPDATE audit_entry SET why = 'x' WHERE id = %s", entry)
    said = kap("verify", "--organization", str(chain.house.id))
    assert said.returncode == 1
    assert f"BROKEN  Row 4 is not what was sealed. ({entry}" in said.stdout


@pytest.mark.parametrize("command", [("verify",), ("audit",)])
def test_an_organization_nobody_has_is_answered_in_a_sentence(kap, command):
    said = kap(*command, "--organization", "nobody")
    assert said.returncode == 2
    assert "There is no organization with the id 'nobody'" in said.stderr


def test_the_trail_is_told_as_json_and_taking_it_leaves_a_row(chain, kap):
    said = kap("audit", "--organization", str(chain.house.id), "--json")
    answer = json.loads(said.stdout)
    assert (said.returncode, answer["schema"]) == (0, "openkap.audit/1")
    assert [entry["row_in_chain"] for entry in answer["entries"]] == [None, *range(9, 0, -1)]
    assert answer["entries"][0]["action"] == "audit.export"


def test_the_trail_is_told_in_words_for_the_days_asked(chain, kap):
    said = kap("audit", "--organization", str(chain.house.id), "--from", "2020-01-01", "--to", "2020-01-02")
    assert said.stdout == "Nothing in the trail answers this.\n"
    assert "row 9" in kap("audit", "--organization", str(chain.house.id)).stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--from", "yesterday"), "--from is 'yesterday'"),
        (("--zone", "Mars"), "There is no time zone 'Mars'"),
    ],
)
def test_what_cannot_be_understood_is_answered_with_what_was_expected(chain, kap, words, expected):
    said = kap("audit", "--organization", str(chain.house.id), *words)
    assert (said.returncode, expected in said.stderr) == (2, True)


def test_keys_shows_public_halves_alone(chain, kap):
    said = kap("keys", "--json")
    answer = json.loads(said.stdout)
    ring = read_keyring(chain.folder)
    assert (answer["schema"], answer["keyring"]) == ("openkap.keys/1", ring.id)
    assert len(answer["signing"][0]["public"]) == 44
    for secret in json.loads((chain.folder / "keys" / "keyring.json").read_text())["roots"]:
        assert secret["secret"] not in said.stdout


def test_rotating_from_the_command_line_keeps_the_trail_proven(chain, kap):
    assert kap("keys", "rotate", "--json").returncode == 0
    assert len(read_keyring(chain.folder).roots) == 2
    assert kap("verify").returncode == 0


def test_beginning_again_asks_first(kap):
    said = kap("keys", "begin-again")
    assert (said.returncode, "Add --yes" in said.stdout) == (1, True)


def test_a_backup_is_told_and_a_restore_asks_which(chain, kap):
    said = kap("backup", "--json", "--to", str(chain.folder / "copies"))
    answer = json.loads(said.stdout)
    assert (said.returncode, answer["schema"], answer["holds_no_keys"]) == (0, "openkap.backup/1", True)
    assert Path(answer["folder"]).is_dir()
    said = kap("restore")
    assert (said.returncode, "Say which backup to restore" in said.stderr) == (2, True)
