"""A definition is never changed under answers that were given to it: a change is a new version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from kap.instruments import shelf
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument, instrument_at, instrument_ids, versions_of
from kap.vocabulary.errors import DeclarationError, InputError

ROOM = Path(shelf.__file__).parent
KNOWN = Path(__file__).parent / "fingerprints.txt"
# What an answer is read by. Sources, codes, terms and rules of change may be mended without a new version.
COUNTS = (
    "direction", "recall", "recall_days", "stem", "answered_by", "choices", "items", "scales", "skips",
    "either_or", "triage", "safety", "derived", "computed",
)  # fmt: skip
WORDS = ("stem", "recall", "answers", "items")


def test_a_changed_definition_is_a_new_version_and_the_old_one_is_kept() -> None:
    found = {key: mark for file in _files() for key, mark in _marks(file)}
    known = dict(line.split() for line in KNOWN.read_text(encoding="utf-8").splitlines())
    changed = sorted(key for key in known if key in found and found[key] != known[key])
    assert changed == [], (
        "Answers were given under these. Put the old file into kept/ under its version, raise `version` in "
        "the new one, and write the new mark into fingerprints.txt."
    )
    assert sorted(set(known) - set(found)) == [], (
        "A version that answers were given under stays on the shelf."
    )
    unknown = [f"{key} {mark}" for key, mark in found.items() if key not in known]
    assert unknown == [], "\n".join(["Write these lines into fingerprints.txt:", *unknown])


def test_a_mark_sees_a_changed_answer_and_no_changed_source(tmp_path: Path) -> None:
    text = (ROOM / "library/gad7.yaml").read_text(encoding="utf-8")
    file = tmp_path / "gad7.yaml"
    for changed, differing in (
        (text.replace("mild: 5", "mild: 6"), ["gad7@1"]),
        (text.replace("Trouble relaxing", "Trouble resting"), ["gad7@1"]),
        (text.replace("Ningún día", "Nunca"), ["gad7@1/es"]),
        (text.replace("checked_by: OpenKAP", "checked_by: Nobody"), []),
        (text.replace("source: spitzer-2006", "source: nhs"), []),
    ):
        assert changed != text
        file.write_text(changed, encoding="utf-8")
        before = dict(_marks(ROOM / "library/gad7.yaml"))
        assert [key for key, mark in _marks(file) if mark != before[key]] == differing


@pytest.fixture
def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library whose GAD-7 is at its second version, where 5 is no longer mild; the first is kept."""
    first = (ROOM / "library/gad7.yaml").read_text(encoding="utf-8")
    for folder in ("library", "kept"):
        (tmp_path / folder).mkdir()
        monkeypatch.setattr(shelf, f"_{folder.upper()}", tmp_path / folder)
    second = first.replace("version: 1", "version: 2").replace("mild: 5", "mild: 6")
    (tmp_path / "library/gad7.yaml").write_text(second, encoding="utf-8")
    (tmp_path / "kept/gad7@1.yaml").write_text(first, encoding="utf-8")
    (tmp_path / "kept/README.md").write_text("Kept.", encoding="utf-8")
    for cached in (instrument, instrument_at):
        cached.cache_clear()
    yield tmp_path / "kept"
    for cached in (instrument, instrument_at):
        cached.cache_clear()


@pytest.mark.usefixtures("second_version")
def test_an_old_answer_is_read_with_the_version_it_was_given_under() -> None:
    answers = {str(item): 0 for item in range(3, 8)} | {"1": 3, "2": 2}
    old, new = instrument_at("gad7", 1), instrument_at("gad7", 2)
    assert (old.key, new.key, instrument("gad7").key) == ("gad7@1", "gad7@2", "gad7@2")
    assert [score(one, answers).band for one in (old, new)] == ["mild", "minimal"]
    assert versions_of("gad7") == (1, 2)
    with pytest.raises(InputError, match=r"There is no gad7@3: there is @1, @2\."):
        instrument_at("gad7", 3)


def test_a_kept_file_holds_what_its_name_says(second_version: Path) -> None:
    (second_version / "gad7@1.yaml").rename(second_version / "gad7@0.yaml")
    with pytest.raises(DeclarationError, match=r"gad7@0\.yaml: it holds gad7@1; name the file after its id"):
        instrument_at("gad7", 0)


@pytest.mark.parametrize("instrument_id", instrument_ids())
def test_every_version_of_the_library_can_be_read(instrument_id: str) -> None:
    for version in versions_of(instrument_id):
        assert instrument_at(instrument_id, version).key == f"{instrument_id}@{version}"


def _files() -> list[Path]:
    return [*sorted((ROOM / "library").glob("*.yaml")), *sorted((ROOM / "kept").glob("*.yaml"))]


def _marks(file: Path) -> Iterator[tuple[str, str]]:
    said = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    key = f"{said['id']}@{said['version']}"
    yield key, _mark({name: said.get(name) for name in COUNTS})
    for language, words in said.get("translations", {}).items():
        yield f"{key}/{language}", _mark({name: words.get(name) for name in WORDS})


def _mark(said: Any) -> str:
    return sha256(json.dumps(_unsourced(said), ensure_ascii=False).encode()).hexdigest()[:16]


def _unsourced(said: Any) -> Any:
    if isinstance(said, dict):
        return [[name, _unsourced(value)] for name, value in said.items() if name != "source"]
    return [_unsourced(value) for value in said] if isinstance(said, list) else said
