"""`kap score` and `kap instruments`: what they answer, and how they end when they cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kap_cli.documents import MARK
from kap_cli.doors import run
from kap_cli.reference.instruments import instruments_page

ROOT = Path(__file__).parents[3]


@pytest.fixture
def scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Scores a text under an instrument: exit code, lines of stdout as JSON, stderr."""

    def score(form: str, text: str | bytes, *more: str) -> tuple[int, list[Any], str]:
        file = tmp_path / "answers"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = run(["score", form, str(file), "--json", *more])
        said = capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err

    return score


def test_answers_by_item_id_are_scored(scored: Any) -> None:
    code, (found,), _ = scored(
        "phq9", '{"1": 2, "2": 2, "3": 3, "4": 1, "5": 1, "6": 2, "7": 1, "8": 0, "9": 1}'
    )
    assert code == 0
    assert found == {
        "schema": "openkap.score/1",
        "instrument": "phq9@1",
        "total": 13,
        "complete": True,
        "band": "moderate",
        "subscales": {},
        "derived": {
            "at_or_above_10": True,
            "major_depressive_syndrome": True,
            "other_depressive_syndrome": False,
        },
        "safety": [{"item": "9", "value": 1, "level": "screen"}],
        "missing": [],
        "notes": [],
    }


def test_a_fraction_is_a_number_and_what_cannot_be_known_is_null(scored: Any) -> None:
    _, (ebi,), _ = scored("ebi", '{"1": 100, "2": 0, "3": 0, "4": 0, "5": 0, "6": 1.0}')
    _, (cssrs,), _ = scored("cssrs-screener", '{"1": true, "2": false, "6": "no"}')
    assert ebi["total"] == pytest.approx(101 / 6)
    assert (cssrs["total"], cssrs["band"], cssrs["complete"]) == (None, "low", True)


def test_csv_gives_one_line_a_row_in_order_with_blanks_missing(scored: Any) -> None:
    table = "name,1,2,3,4,5,6,7\nA,1,1,1,1,1,1,1\nB,3,3,3,3,3,3,3\n\nC,0,,0,0,0,0,0\n"
    code, lines, said = scored("gad7", "\ufeff" + table)
    assert code == 0
    assert [line["total"] for line in lines] == [7, 21, None]
    assert lines[2]["missing"] == ["2"]
    assert said == "Columns that are no item of gad7@1 were not read: 1.\n"


def test_a_blank_row_of_the_only_column_is_a_person_who_did_not_answer(scored: Any) -> None:
    assert [line["total"] for line in scored("nrs", "1\n4\n\n7\n")[1]] == [4, None, 7]


def test_a_questionnaire_response_is_scored_and_what_was_not_read_is_said(scored: Any) -> None:
    items = [{"linkId": str(at), "answer": [{"valueInteger": 1}]} for at in range(1, 6)]
    other = {"linkId": "comment", "answer": [{"valueString": "long story"}]}
    document = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [*items, other]}
    _, (found,), _ = scored("who5", json.dumps(document))
    assert (found["total"], found["notes"]) == (20, ["Not read: item comment of the response."])


def test_a_t_score_is_read_off_the_sites_table(scored: Any, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("anxiety: {4: 40.3}\n")
    answers = json.dumps({str(item): 1 for item in range(1, 29)} | {"29": 0})
    _, (found,), _ = scored("promis29", answers, "--tables", str(tmp_path / "t.yaml"))
    assert found["derived"]["anxiety_t"] == 40.3


@pytest.mark.parametrize(
    ("form", "text", "sentence"),
    [
        ("phq9", '{"3": 4}', "phq9@1 item 3 was answered '4'; expected 0, 1, 2 or 3."),
        ("phq9", '{"3": 1, "3": 2}', "'3' is given twice: give each answer once."),
        ("phq9", '{"3": 1', "The file starts like JSON and is not"),
        ("phq9", "[1, 2]", "Give one object of answers by item id"),
        ("phq9", "a,b\n1,2\n", "The first line must name columns of phq9@1: 1 to 10."),
        ("phq9", "", "The first line must name columns of phq9@1"),
        ("phq9", "1,2,1\n1,2,1\n", "The column '1' is there twice"),
        ("phq9", "1,2\n1\n", "Row 1 has 1 cells, the first line 2"),
        ("phq9", "1,2\n1,1\n1,9\n", "Row 2: phq9@1 item 2 was answered '9'"),
        ("phq9", b"1,2\n\xff,1\n", "answers is not UTF-8 text"),
        ("phq9", '{"resourceType": "Patient"}', "This is no QuestionnaireResponse"),
        ("phq-9", "{}", "There is no instrument 'phq-9'"),
    ],
)
def test_what_cannot_be_scored_ends_with_2_in_one_sentence_and_answers_nothing(
    scored: Any, form: str, text: str | bytes, sentence: str
) -> None:
    code, lines, said = scored(form, text)
    assert (code, lines) == (2, [])
    assert said.startswith(sentence)
    assert said.count("\n") == 1


def test_a_file_that_is_not_there_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "phq9", "/nowhere/answers.json"]) == 2
    assert capsys.readouterr().err.startswith("answers.json cannot be read")


def test_a_score_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("1,2,3,4,5,6,7,8,9\n2,2,2,2,2,0,0,0,1\n,,,,,,,,\n")
    assert run(["score", "phq9", str(file)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == ["phq9@1, row 1", "  total 11", "  band moderate"]
    assert "  major_depressive_syndrome yes" in said
    assert "  safety: item 9 is 1: screen" in said
    assert "  at_or_above_10 not known" in said
    assert said[-1] == "  note: Item 9 is about safety and was not answered: ask it."


@pytest.mark.parametrize(
    ("form", "answers", "said"),
    [
        ("k10", '{"1": 5}', ["  total not known", "  band not known", "  band_primary_care not known"]),
        ("cssrs-screener", "{}", ["  band not known"]),
        ("peg", '{"1": 3, "2": 4}', ["  total not known"]),
        ("ebi", "{}", ["  total not known", "  sum not known"]),
        ("lec5", "{}", []),
    ],
)
def test_a_score_that_cannot_be_known_is_told_as_not_known(
    form: str, answers: str, said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "answers.json").write_text(answers)
    assert run(["score", form, str(tmp_path / "answers.json")]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"{form}@1"
    assert [line for line in lines if line.startswith(("  total", "  band", "  sum"))] == said


def test_the_page_names_what_score_and_words_were_read_in() -> None:
    rows = {
        line.split("`")[1]: line.split(" | ") for line in instruments_page().splitlines() if "@1`) |" in line
    }
    assert rows["k6@1"][2].startswith("IPUMS MEPS, K6SUM")
    assert "; read in PhenX Toolkit, General Distress Screener" in rows["k6@1"][5]
    assert rows["peg@1"][2] == "unverified"
    assert rows["bprs@1"][2].endswith("at commit 56a303e1d783; in part unverified")
    assert rows["gad7@1"][2].startswith("Spitzer et al. 2006")


def test_every_instrument_is_listed_with_items_ranges_and_license(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["instruments", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "openkap.instruments/1"
    phq9 = next(one for one in document["instruments"] if one["id"] == "phq9")
    assert (phq9["version"], len(phq9["items"]), phq9["license"]["wording"]) == (1, 10, "library")
    assert run(["instruments"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(document["instruments"])


def test_the_page_of_instruments_is_what_the_library_says_now() -> None:
    page = (ROOT / "docs" / "reference" / "instruments.md").read_text(encoding="utf-8")
    assert page == MARK + instruments_page()
