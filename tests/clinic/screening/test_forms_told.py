"""What a person's own forms say about suicide enters their screening: partly filled, corrected, withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

CALM = {"1": "0", "2": "0", "6": "0"}
PLAN = {"1": "1", "2": "1", "3": "1", "4": "0", "5": "1", "6": "0"}
YESTERDAY = timedelta(days=1)


def test_the_story_of_one_chart_from_silence_to_a_calm_screener(bench: Any) -> None:
    assert risk(bench) == "unknown: remeasure"
    on_paper(bench, "phq9", {"9": "0"})
    assert risk(bench) == "unknown: remeasure"
    on_paper(bench, "phq9", {"9": "2"})
    assert risk(bench) == "hold: remeasure"
    high = on_paper(bench, "cssrs-screener", PLAN, filled_by="rater")
    found = finding_of(bench)
    assert said(found) == "stop today: remeasure"
    assert [fact.came_from for fact in found.because.facts] == [f"form/{high}#1"]
    on_paper(bench, "cssrs-screener", CALM, filled_by="rater")
    assert risk(bench) == "proceed"


def test_a_form_counts_answer_by_answer_before_it_has_ended(bench: Any) -> None:
    from kap_clinic.measures.actions import answer
    from kap_clinic.measures.asking import withdraw

    asked = ask(bench, "cssrs-screener", "rater")
    told = {"organization": bench.house.id, "by": bench.nurse, "asked": asked}
    answer(**told, id=new_id(), item="3", value="1")
    assert risk(bench) == "hold: psychiatry"
    answer(**told, id=new_id(), item="5", value="1")
    assert risk(bench) == "stop today: remeasure"
    withdraw(**told)
    assert risk(bench) == "stop today: remeasure"


def test_a_form_taken_back_does_not_clear_anybody(bench: Any) -> None:
    from kap_clinic.measures.actions import answer
    from kap_clinic.measures.asking import withdraw

    asked = ask(bench, "cssrs-screener", "rater")
    told = {"organization": bench.house.id, "by": bench.nurse, "asked": asked}
    for item, value in CALM.items():
        answer(**told, id=new_id(), item=item, value=value)
    assert risk(bench) == "proceed"
    withdraw(**told)
    assert risk(bench) == "unknown: remeasure"


def test_a_correction_counts_on_the_day_the_form_was_given(bench: Any) -> None:
    from kap_clinic.measures.actions import correct

    told = datetime.now(UTC) - YESTERDAY
    wrong = on_paper(bench, "cssrs-screener", PLAN, filled_by="rater", given_at=told)
    on_paper(bench, "phq9", {"9": "1"})
    assert risk(bench) == "stop today: remeasure"
    for item in ("1", "2", "3", "5"):
        correct(
            organization=bench.house.id, by=bench.nurse, id=new_id(), asked=wrong, item=item, value="0",
            why="The sheet of somebody else.",
        )  # fmt: skip
    # Corrected today, and still the C-SSRS of yesterday: it does not answer the item 9 of today.
    assert risk(bench) == "hold: remeasure"


def test_the_workbench_offers_the_form_to_who_may_ask_it(bench: Any) -> None:
    on_paper(bench, "phq9", {"9": "2"})
    page = bench.house.client_for(bench.nurse).get(f"/screening/{bench.person}/").content.decode()
    assert f'href="/measures/{bench.person}/ask/?form=cssrs-screener"' in page
    assert "the C-SSRS is asked at this contact" in page


def risk(bench: Any) -> str:
    """What the rule says, as the tables of the manual write it."""
    return said(finding_of(bench))


def finding_of(bench: Any) -> Any:
    """The worst the rule finds in the chart of Ana Keller."""
    found = bench.whole().standing.screening.findings
    return next(one for one in found if one.rule == "suicide-risk")


def said(finding: Any) -> str:
    """A finding with its scope and what clears it."""
    binds = " today" if finding.scope.value == "today" else ""
    clears = finding.clears_by
    return f"{finding.verdict.value}{binds}" + (f": {clears.whose or clears.way.value}" if clears else "")


def ask(bench: Any, instrument: str, filled_by: str) -> UUID:
    """Ask a form of Ana Keller; its id."""
    from kap_clinic.measures.asking import ask as ask_form

    told = bench.by(bench.nurse, instrument=instrument, filled_by=filled_by)
    ask_form(**told)
    return UUID(str(told["id"]))


def on_paper(
    bench: Any, instrument: str, answers: dict[str, str], filled_by: str = "staff",
    given_at: datetime | None = None,
) -> UUID:  # fmt: skip
    """A whole sheet that staff entered; its id."""
    from kap_clinic.measures.actions import enter

    asked = ask(bench, instrument, filled_by)
    enter(
        organization=bench.house.id, by=bench.nurse, id=new_id(), asked=asked, answers=answers,
        given_at=given_at,
    )  # fmt: skip
    return asked
