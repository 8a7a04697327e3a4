"""A proposal in plain values."""

from datetime import UTC, date, datetime

from kap.dosing.documents import preparation_document, proposal_document
from kap.dosing.loading import packaged_limits
from kap.dosing.proposals import Before, DoseAsked, propose
from kap.dosing.syringes import prepare
from kap.dosing.weights import Body, Weighing
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, Volume
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span

LIMITS = packaged_limits()
DAY = date(2026, 11, 21)
NOW = Instant(datetime(2026, 11, 21, 9, tzinfo=UTC))


def _proposed(weighings: tuple[Weighing, ...]) -> dict:
    asked = DoseAsked(drug=Drug.KETAMINE, route=Route.IV, amount=DosePerWeight.mg_per_kg("1.2"))
    return proposal_document(propose(asked, Body(weighings=weighings), Before(), LIMITS, on=DAY, at=NOW))


def test_a_capped_dose_tells_its_steps_caps_and_sources() -> None:
    told = _proposed((Weighing(Mass.kg(70), DAY),))
    assert told["schema"] == "openkap.dose/1"
    assert (told["dose"], told["asked"], told["is_capped"]) == ("70 mg", "1.2 mg/kg", True)
    assert [step["comes_to"] for step in told["steps"]] == ["84 mg", "70 mg"]
    assert told["steps"][0]["source"] is None
    assert told["steps"][1]["source"]["verified"] is False
    assert told["caps"][0]["at_most"] == "70 mg"
    assert told["findings"][0]["clears_by"] is None


def test_without_a_weight_there_is_no_dose_and_the_finding_says_so() -> None:
    told = _proposed(())
    assert (told["dose"], told["verdict"], told["findings"][0]["clears_by"]) == (None, "unknown", "fact")


def test_a_preparation_tells_what_is_drawn_and_how_fast_it_runs() -> None:
    made = prepare(
        Mass.mg(35),
        Concentration.mg_per_ml(50),
        LIMITS.liquids,
        made_up_to=Volume.ml(50),
        over=Span.minutes(40),
    )
    assert preparation_document(made) == {
        "concentration": "50 mg/mL",
        "drawn": "0.7 mL",
        "holds": "35 mg",
        "made_up_to": "50 mL",
        "rate": "75 mL/h",
    }
    assert (
        preparation_document(prepare(Mass.mg(35), Concentration.mg_per_ml(50), LIMITS.liquids))["rate"]
        is None
    )
