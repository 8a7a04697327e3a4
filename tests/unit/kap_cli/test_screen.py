"""`./kap screen`: the answer it promises, several people, and what cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from kap_cli.doors import run

MEASURED = {
    "resourceType": "Observation",
    "id": "bp1",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
    "subject": {"reference": "Patient/p1"},
    "effectiveDateTime": "2026-11-20T21:30:00-07:00",
    "component": [
        {
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "valueQuantity": {"value": value, "system": "http://unitsofmeasure.org", "code": "mm[Hg]"},
        }
        for code, value in (("8480-6", 151), ("8462-4", 88))
    ],
}
ALANINE = {
    "resourceType": "Observation",
    "id": "alt1",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "1742-6"}]},
    "subject": {"reference": "Patient/p1"},
    "effectiveDateTime": "2026-11-20",
    "valueQuantity": {"value": 130.5, "system": "http://unitsofmeasure.org", "code": "U/L"},
    "referenceRange": [{"high": {"value": 40, "system": "http://unitsofmeasure.org", "code": "U/L"}}],
}
NOBODY = {
    "resourceType": "QuestionnaireResponse",
    "id": "q1",
    "status": "completed",
    "questionnaire": "urn:openkap:history",
    "subject": {"reference": "Patient/p1"},
    "authored": "2026-11-19",
    "item": [
        {"linkId": "escort", "answer": [{"valueBoolean": False}]},
        {"linkId": "overnight-observer", "answer": [{"valueBoolean": False}]},
        {"linkId": "shoe-size", "answer": [{"valueString": "44"}]},
    ],
}
PERSON = {"resourceType": "Patient", "id": "p1", "birthDate": "1980-05"}
OTHER = {"resourceType": "Patient", "id": "p2", "birthDate": "2012"}


def answers(tmp_path: Path, capsys: pytest.CaptureFixture[str], *resources: object) -> list[dict[str, Any]]:
    """The JSON lines the command answers with."""
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": one} for one in resources],
    }
    file = tmp_path / "people.json"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    assert run(["screen", str(file), "--json", "--on", "2026-11-21"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_answer_has_the_parts_it_promises_and_no_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (answer,) = answers(tmp_path, capsys, PERSON, MEASURED, ALANINE, NOBODY)
    assert set(answer) == {
        *("schema", "protocol", "on", "verdict", "findings", "unknown", "not_screened", "not_understood"),
    }
    assert (answer["schema"], answer["protocol"], answer["on"]) == ("openkap.screen/1", None, "2026-11-21")
    assert answer["verdict"] == "stop"
    for finding in answer["findings"]:
        assert set(finding) == {
            *("rule", "verdict", "scope", "clears_by", "reason", "facts", "source", "would_change_if"),
        }
        assert set(finding["source"]) == {"key", "citation", "verified"}
        assert all(set(fact) == {"what", "value", "unit", "on", "from"} for fact in finding["facts"])
        assert (finding["scope"] is None) == (finding["verdict"] in ("caution", "proceed"))
    assert "breastfeeding" in answer["not_screened"]
    assert [part["from"] for part in answer["not_understood"]] == ["QuestionnaireResponse/q1#shoe-size"]


def test_facts_keep_their_number_unit_day_and_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (answer,) = answers(tmp_path, capsys, PERSON, MEASURED, ALANINE, NOBODY)
    found = {finding["rule"]: finding for finding in answer["findings"]}
    (pressure,) = found["blood-pressure"]["facts"]
    assert (pressure["value"], pressure["unit"], pressure["on"]) == ("151/88", "mm[Hg]", "2026-11-20")
    assert pressure["from"].startswith("Observation/bp1#")
    alanine = found["hepatic"]["facts"][0]
    assert (alanine["value"], alanine["unit"]) == (130.5, "U/L")
    assert found["companion"]["facts"][0]["value"] is False
    assert (found["companion"]["scope"], found["companion"]["clears_by"]) == ("today", "fact")
    assert found["age"]["facts"][0]["value"] == "1980-05"
    assert found["pregnancy"]["facts"][0] == {
        "what": "can-become-pregnant",
        "value": None,
        "unit": None,
        "on": None,
        "from": None,
    }


def test_several_people_are_a_line_each_with_their_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = answers(tmp_path, capsys, PERSON, OTHER, NOBODY)
    assert (first["person"], second["person"]) == ("p1", "p2")
    assert [finding["rule"] for finding in second["findings"] if finding["verdict"] == "stop"] == ["age"]


def test_without_json_each_finding_is_a_line_a_person_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "person.json"
    file.write_text(json.dumps(PERSON), encoding="utf-8")
    assert run(["screen", str(file), "--on", "2026-11-21", "--drug", "esketamine", "--route", "in"]) == 0
    said = capsys.readouterr().out
    assert "p1: unknown on 2026-11-21" in said
    assert "proceed  age: The person is 46 years old." in said
    assert "not asked yet: breastfeeding" in said


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--protocol", "homemade"], "There is no protocol 'homemade': give one of"),
        (["--protocol", "iv-series", "--route", "im"], "gives ketamine by iv"),
        (["--protocol", "iv-series", "--drug", "esketamine"], "--drug ketamine --route iv"),
    ],
)
def test_a_protocol_that_is_not_there_or_gives_something_else_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str], says: str
) -> None:
    file = tmp_path / "person.json"
    file.write_text(json.dumps(PERSON), encoding="utf-8")
    assert run(["screen", str(file), "--json", *asked]) == 2
    assert says in capsys.readouterr().err
    assert run(["screen", str(file), "--json", "--protocol", "iv-series"]) == 0
    assert json.loads(capsys.readouterr().out)["protocol"] == "iv-series"


@pytest.mark.parametrize(
    "text", ["not json", "{}", '{"resourceType": "Patien"}', '{"resourceType": "Device"}']
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "strange.json"
    file.write_text(text, encoding="utf-8")
    assert run(["screen", str(file), "--json"]) == 2
    ended = capsys.readouterr()
    assert ended.out == ""
    assert len(ended.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_one_sentence_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["screen", str(tmp_path / "nowhere.json")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
