"""`kap dose`: a dose proposed within limits, and how it ends when it cannot."""

from __future__ import annotations

import json

import pytest

from kap_cli.doors import run


def _asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert run(["dose", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_usual_infusion_with_what_is_drawn_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--weight", "70 kg", "--concentration", "50 mg/mL", "--made-up-to", "50 mL", "--over", "40 min")
    told = _asked(capsys, "0.5 mg/kg", *words)
    assert (told["schema"], told["dose"], told["verdict"]) == ("openkap.dose/1", "35 mg", "proceed")
    assert told["preparation"] == {
        "concentration": "50 mg/mL",
        "drawn": "0.7 mL",
        "holds": "35 mg",
        "made_up_to": "50 mL",
        "rate": "75 mL/h",
    }


def test_a_dose_is_capped_and_the_strongest_is_diluted(capsys: pytest.CaptureFixture[str]) -> None:
    told = _asked(capsys, "1.3 mg/kg", "--weight", "120 kg", "--concentration", "100 mg/mL")
    assert (told["dose"], told["is_capped"], told["verdict"]) == ("100 mg", True, "stop")
    assert told["findings"][-1]["rule"] == "concentration"


def test_without_a_weight_nothing_is_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    told = _asked(capsys, "0.5 mg/kg", "--concentration", "50 mg/mL")
    assert (told["dose"], told["verdict"], told["preparation"]) == (None, "unknown", None)
    assert run(["dose", "0.5 mg/kg"]) == 0
    assert "Proposed, within limits: nothing. Only a prescriber orders." in capsys.readouterr().out


def test_it_says_every_step_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--weight", "110 kg", "--height", "170 cm", "--formula", "female", "--basis", "ideal")
    assert run(["dose", "0.5 mg/kg", *words, "--concentration", "10 mg/mL", "--over", "40 min"]) == 0
    said = capsys.readouterr().out
    assert "0.5 mg/kg for 61.34 kg (ideal weight)" in said
    assert "draw       3.05 mL of 10 mg/mL (30.5 mg), 4.6 mL/h" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1 mL",), "is no dose"),
        (("0.5 mg/kg", "--weight", "70 mL"), "is not a Mass"),
        (("half",), "is not a number, a space and a unit"),
        (("40 mg", "--drug", "esketamine"), "There are no dose limits for esketamine iv"),
        (("0.5 mg/kg", "--route", "tea"), ""),
    ],
)
def test_what_is_not_understood_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert run(["dose", *words]) == 2
    assert said in capsys.readouterr().err
