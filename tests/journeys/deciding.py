"""From a client's answers to a signature, and to the trail of it: what staff do at the workbench."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from tests.journeys.hands import choose, enter_soon, look, press


def rosa_fills_what_is_missing(page: Any, person: UUID) -> None:
    """Confirm what Marisol told, then answer in one form all that the findings still wait for."""
    page.goto(f"/people/{person}/")
    assert page.get_by_text("Intracranial aneurysm").first.is_visible()
    look(page, "17-chart")
    page.get_by_role("link", name="Open the screening").click()
    look(page, "18-workbench-told")
    page.get_by_role("link", name="Confirm the health history").click()
    look(page, "19-confirm")
    press(page, "Confirm these answers")
    page.get_by_role("link", name="Fill in what is missing").click()
    assert page.get_by_text("Yes (told by the client").is_visible()
    for label, value in {
        "Blood pressure, upper number": "164", "Blood pressure, lower number": "96",
        "ALT": "24", "ALT: the laboratory's upper limit": "40",
        "AST": "21", "AST: the laboratory's upper limit": "40",
    }.items():  # fmt: skip
        page.get_by_label(re.compile(rf"^{label}(?!:)")).fill(value)
    choose(page, "Negative")
    look(page, "20-missing")
    press(page, "Record these facts")
    page.get_by_text("The blood pressure is 164/96").first.wait_for()
    assert page.get_by_role("link", name="Fill in what is missing").count() == 0
    look(page, "21-workbench-filled")


def rosa_rates_the_c_ssrs(page: Any, person: UUID) -> None:
    """Ask the C-SSRS from the finding that waits for it, and enter a no to every question."""
    page.goto(f"/screening/{person}/")
    page.get_by_role("link", name="Ask the C-SSRS").click()
    press(page, "Ask these forms")
    page.get_by_role("link", name="Columbia-Suicide Severity Rating Scale").first.click()
    page.get_by_role("link", name="Rate now").click()
    for number in (1, 2, 6):
        page.locator(f"input[name='i-{number}'][value='0']").check(force=True)
    look(page, "21-c-ssrs")
    press(page, "Keep and score")
    page.goto(f"/screening/{person}/")
    assert page.get_by_role("link", name="Ask the C-SSRS").count() == 0


def priya_asks_for_a_clearance(page: Any) -> None:
    """Find Marisol in the list of red items, and ask primary care about the blood pressure."""
    page.goto("/screening/")
    look(page, "22-list")
    page.get_by_role("link", name="Read", exact=True).click()
    page.get_by_role("link", name="Ask for clearance").click()
    enter_soon(page)
    look(page, "23-ask")
    press(page, "Ask for clearance")
    page.get_by_text("Asked of primary care").wait_for()


def grace_tries_by_telephone(page: Any) -> None:
    """Record in the clocked case that primary care was called."""
    page.goto("/cases/")
    look(page, "24-cases")
    page.get_by_role("link", name="Open", exact=True).click()
    page.get_by_role("link", name="Record an attempt").click()
    page.get_by_label("What was tried").fill("Telephoned the practice; Dr. Odum answers today.")
    look(page, "25-attempt")
    press(page, "Record an attempt")


def priya_records_the_answer(page: Any) -> None:
    """Write down who cleared the finding, and until when; the case closes with it."""
    page.goto("/cases/")
    page.get_by_role("link", name="Open", exact=True).click()
    page.get_by_role("link", name="Record the answer").click()
    choose(page, "Cleared")
    page.get_by_label("Who gave it").fill("Dr. Odum, primary care")
    enter_soon(page)
    look(page, "26-answer")
    press(page, "Record the answer and close")
    page.get_by_text("Cleared, said by Dr. Odum, primary care").wait_for()
    look(page, "27-case")


def helen_overrides(page: Any, person: UUID) -> None:
    """Answer the aneurysm with a reason and a day; the finding keeps its verdict."""
    page.goto(f"/screening/{person}/")
    page.get_by_role("link", name="Override").click()
    page.get_by_label("Why").fill("Coiled in 2019; angiography of May shows it closed.")
    enter_soon(page)
    look(page, "28-override")
    press(page, "Override")
    page.get_by_text("Overridden by Helen Osei").wait_for()
    assert page.locator("#findings").get_by_text("STOP", exact=True).first.is_visible()


def priya_signs(page: Any, person: UUID) -> None:
    """Read the whole screening once more, and decide."""
    page.goto(f"/screening/{person}/")
    look(page, "29-workbench-answered")
    page.get_by_role("link", name="Read and sign").click()
    choose(page, "Go on to preparation")
    choose(page, "I have assessed, outside OpenKAP")
    look(page, "30-sign")
    press(page, "Sign and keep")
    page.get_by_text("Signed by Priya Natarajan").wait_for()
    look(page, "31-signed")


def lena_opens_with_a_reason(page: Any, person: UUID) -> None:
    """Open the chart of another site for a while: the reason stands on it, and only reading is offered."""
    page.goto(f"/people/{person}/")
    assert page.get_by_text("Intracranial aneurysm").count() == 0
    look(page, "32-closed-chart")
    page.get_by_role("link", name="Open with a reason").click()
    page.get_by_label("Why you need this chart now").fill("The emergency department called about her")
    page.get_by_label("For whom").fill("Dr. Ortiz, emergency department")
    look(page, "33-reason")
    press(page, "Open this chart")
    assert page.get_by_text("Lena Whitfield opened this chart with a reason").is_visible()
    assert page.get_by_text("Intracranial aneurysm").first.is_visible()
    assert page.get_by_role("link", name="Give the client a link").count() == 0
    look(page, "34-opened-chart")
    page.get_by_role("link", name="Open the screening").click()
    page.get_by_text("Overridden by Helen Osei").wait_for()
    for offered in ("Confirm the health history", "Fill in what is missing", "Give the client a link"):
        assert page.get_by_role("link", name=offered).count() == 0
    look(page, "34-opened-screening")


def helen_reviews_the_opening(page: Any) -> None:
    """See who opened a chart, why and for whom, and say that it was looked into."""
    page.goto("/people/openings/")
    assert page.get_by_text("The emergency department called about her").is_visible()
    look(page, "35-to-review")
    press(page, "Record that I reviewed this")
    assert page.get_by_text("Reviewed by Helen Osei").is_visible()
    look(page, "36-reviewed")


def ines_reads_the_trail(page: Any) -> set[tuple[str, str]]:
    """Read every page of the trail; return who did what."""
    page.goto("/audit/")
    look(page, "37-trail")
    read: set[tuple[str, str]] = set()
    while True:
        for row in page.locator("table tbody tr").all():
            cells = row.get_by_role("cell").all_inner_texts()
            read.add((cells[-5].strip(), cells[-4].strip()))
        older = page.get_by_role("link", name="Older")
        if not older.count():
            return read
        with page.expect_navigation():
            older.click()


def ines_verifies(page: Any) -> None:
    """Have the chain proven, after the sealer came by."""
    from kap_clinic.audit.sealer import Sealer
    from kap_clinic.keys.ring import home

    Sealer(home()).tick()
    page.goto("/audit/")
    press(page, "Verify now")
    assert page.get_by_text("Nothing was changed, removed or added").is_visible()
    look(page, "38-proof")
