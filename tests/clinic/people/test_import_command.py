"""`./kap import` against a real database: its answer, the second run, and a file that cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.clinic.people.records import bundle, condition, patient
from tests.clones import urls_of

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[3]


@pytest.fixture
def kap(charts, clinic, tmp_path):
    """Run `./kap import` on a file against this test's database, with the keyring that seals its rows."""
    from kap_clinic.keys.ring import home

    told = {**os.environ, **urls_of(clinic.cluster, clinic.database)}
    told |= {"KAP_HOME": str(home()), "PYTHONPATH": str(ROOT / "src")}

    def run(content, *words, organization=None):
        file = tmp_path / "records.json"
        file.write_bytes(content)
        house = organization or str(charts.house.id)
        command = [sys.executable, "-m", "kap_cli", "import", str(file), "--organization", house, *words]
        return subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True)

    return run


def test_a_file_is_written_once_and_the_second_run_says_so(kap, look):
    ben = bundle(patient(id="b", name="Ben Torres", born="1979-01-02"), condition(whose="b"),
                 condition("c2", code="Z99.99", whose="b"))  # fmt: skip
    first = kap(ben, "--from", "St. Mary's", "--json")
    answer = json.loads(first.stdout)
    assert (first.returncode, first.stderr) == (0, "")
    id = answer.pop("import")
    assert answer == {
        "schema": "openkap.import/1", "written": True, "new": True, "people": 1, "to_answer": 0,
        "resources": 3, "understood": 2, "facts": 3, "not_understood": 1, "unused": {},
    }  # fmt: skip
    rows = [look.count(name) for name in ("Person", "RecordedFact", "Unread", "Import")]
    second = kap(ben, "--from", "St. Mary's", "--json")
    assert (second.returncode, json.loads(second.stdout)) == (0, {**answer, "import": id, "new": False})
    assert [look.count(name) for name in ("Person", "RecordedFact", "Unread", "Import")] == rows
    assert look.people().keys() == {"Ana Keller", "Ben Torres"}


def test_a_possible_duplicate_ends_with_1_and_writes_nothing(kap, look):
    said = kap(bundle(patient(), condition()))
    assert said.returncode == 1
    assert "1 person, 2 resources, 2 facts" in said.stdout
    assert "1 may have a chart already. Nothing was written" in said.stdout
    assert (look.count("RecordedFact"), look.count("Person")) == (0, 1)


def test_what_cannot_be_read_ends_with_2_and_one_sentence_and_leaves_nothing(kap, look):
    half = bundle(patient(name="Ben Torres", id="b"), condition(whose="b"))[:-40]
    for content, organization, says in (
        (half, None, "not JSON"),
        (bundle(patient()), "nobody", "There is no organization with the id 'nobody'"),
    ):
        said = kap(content, organization=organization)
        assert (said.returncode, said.stdout, said.stderr.count("\n")) == (2, "", 1)
        assert says in said.stderr
        assert "Traceback" not in said.stderr
    assert (look.count("Import"), look.count("Person")) == (0, 1)
