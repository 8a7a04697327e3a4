"""Files as they are sent: packed, marked, cut off, of another kind; read, or refused in one sentence."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.unit.kap_fhir.records import ANN, bundle, condition

from kap.vocabulary.errors import InputError
from kap_fhir.reading import read_people

RECORD = bundle(ANN, condition(subject={"reference": "Patient/ann"}))
TEXT = json.dumps(RECORD).encode()
LINES = b"\n".join(json.dumps(slot["resource"]).encode() for slot in RECORD["entry"])


@pytest.mark.parametrize(
    "sent",
    [
        TEXT,
        gzip.compress(TEXT, mtime=0),
        b"\xef\xbb\xbf" + TEXT,
        json.dumps(RECORD).encode("utf-16"),
        json.dumps(RECORD, indent=4).encode(),
        b"\n\n  " + TEXT + b"\n\n",
        LINES,
        gzip.compress(LINES, mtime=0),
        b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n\r\n") + b"\r\n",
        LINES + b"\n" + LINES,
    ],
    ids=[
        "json",
        "gzip",
        "marked",
        "utf-16",
        "indented",
        "blank lines",
        "ndjson",
        "ndjson.gz",
        "windows",
        "twice",
    ],
)
def test_the_same_record_is_read_however_it_was_packed(sent: bytes, tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(sent)
    for source in (sent, tmp_path / "sent"):
        [ann] = read_people(source).people
        assert [fact.what for fact in ann.facts] == ["birth-date", "psychosis-primary"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b"Dear colleague,", "is not JSON"),
        (TEXT[:-1], "is not JSON"),
        (b"[1, 2", "is not JSON"),
        (b"\xff\xfe\x00", "not text"),
        (b"\xc3\x28", "not text in UTF-8"),
        (b"NaN", "is not JSON"),
        (b'{"resourceType":"Patient","id":NaN}', "is not JSON"),
        (b'{"x":' + b"9" * 5000 + b"}", "is not JSON"),
        (b'{"x":1e99999999999999999999}', "is not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"resourceType":"Patient","x":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001, "nested too deeply"),
        (b"7", "not FHIR"),
        (b'"Patient"', "not FHIR"),
        (b"[]", "not FHIR"),
        (b"{}", "not FHIR"),
        (b'{"resourceType":7}', "not FHIR"),
        (b'{"resourceType":["Patient"]}', "not FHIR"),
        (LINES + b"\nnot JSON", "Line 3"),
        (LINES + b"\n[]", "not FHIR"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Patient/>", "XML"),
        (gzip.compress(TEXT, mtime=0)[:-9], "damaged or cut off"),
        (gzip.compress(TEXT, mtime=0)[:5] + b"garbage", "damaged or cut off"),
        (b"\x1f\x8b", "damaged or cut off"),
        (gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "packed twice"),
        (b'{"resourceType":"Bundle"}', "no patient"),
        (b'{"resourceType":"Bundle","entry":{"a":1}}', "no patient"),
        (b'{"resourceType":"Bundle","entry":[null, 1, "x", {}]}', "no patient"),
        (b'{"resourceType":"Organization","id":"x"}', "no patient"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(sent: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as refusal:
        read_people(sent)
    assert "\n" not in str(refusal.value)


def test_a_bundle_without_its_patient_is_refused() -> None:
    nobody = bundle(condition(subject={"reference": "Patient/ann"}))
    with pytest.raises(InputError, match="no patient"):
        read_people(json.dumps(nobody).encode())


def test_a_small_file_that_unpacks_to_more_than_can_be_held_is_refused_before_it_is_held() -> None:
    bomb = gzip.compress(b'{"resourceType":"Patient","id":"' + b"a" * 20_000_000, mtime=0)
    assert len(bomb) < 50_000
    with pytest.raises(InputError, match="more than 1000000 bytes"):
        read_people(bomb, at_most=1_000_000)
    with pytest.raises(InputError, match="more than 1000 bytes"):
        read_people((LINES + b"\n") * 100, at_most=1_000)


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_is_not_there_is_named_in_no_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read") as refusal:
        read_people(tmp_path / name)
    assert str(tmp_path) not in str(refusal.value)
