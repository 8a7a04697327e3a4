"""Ana's first dose: two screens, two people, one room; then the way home and the note."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error
from tests.browsing import accessibility_faults, free_port, picture, serving, sign_in_browser
from tests.clones import urls_of
from tests.dosed import PIN, TOKEN
from tests.in_room import Treatment, treatment

from kap_clinic.dosing_day import actions

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]


@contextmanager
def streaming(clinic: Any) -> Iterator[Any]:
    """The web server and the stream beside it, as the supervisor runs them."""
    port = free_port()
    with serving(clinic, KAP_STREAM_PORT=str(port)) as server:
        environment = {
            **os.environ, **urls_of(clinic.cluster, clinic.database), "PYTHONPATH": "src",
            "KAP_PORT": server.address.rsplit(":", 1)[1], "KAP_STREAM_PORT": str(port),
        }  # fmt: skip
        command = [
            sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1",
            "--port", str(port), "--workers-kill-timeout=1", "kap_clinic.stream.app:application",
        ]  # fmt: skip
        with subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2]) as process:
            try:
                yield server
            finally:
                process.terminate()


def screen_of(chromium: Any, server: Any, house: Any, member: Any, **size: int) -> Any:
    """A browser of its own in which somebody is signed in, on the clinic's own tablet."""
    context = chromium.new_context(
        base_url=server.address, locale="en-US", reduced_motion="reduce", color_scheme="dark",
        viewport={"width": size.get("width", 820), "height": size.get("height", 1180)},
    )  # fmt: skip
    page = context.new_page()
    sign_in_browser(page, house, member)
    context.add_cookies([{"name": "kap_device", "value": TOKEN, "domain": "localhost", "path": "/"}])
    return page


def sign_second(page: Any, name: str) -> None:
    """The second person chooses their name and types their PIN."""
    page.get_by_label("Second person").select_option(label=name)
    page.get_by_label("Their PIN").fill(PIN)


def numbers_on(page: Any) -> list[int]:
    """The numbers of the entries a screen shows, in order."""
    found = page.eval_on_selector_all("[data-number]", "all => all.map(one => Number(one.dataset.number))")
    return sorted(found)


def until(page: Any, wanted: list[int]) -> None:
    """Wait until a screen shows exactly these entries."""
    shown: list[int] = []
    for _ in range(300):
        # A screen that turns to the next step is loading for a moment.
        with suppress(Error):
            shown = numbers_on(page)
        if shown == wanted:
            return
        time.sleep(0.1)
    raise AssertionError(f"The screen shows {shown}, not {wanted}.")


def tap(page: Any, group: str, choice: str) -> None:
    """Tap one choice of one item."""
    page.get_by_role("group", name=group).get_by_role("radio", name=choice, exact=True).check()


def test_ana_is_given_her_first_dose_and_a_second_screen_follows(clinic, chromium):
    day = treatment(clinic)
    with streaming(clinic) as server:
        nurse = screen_of(chromium, server, day.house, day.staff["nurse"])
        other = screen_of(chromium, server, day.house, day.staff["therapist"], width=1440, height=900)
        session = _started(nurse, day, server)
        other.goto(f"/dosing-day/{session}/")
        other.get_by_text("live", exact=True).wait_for()
        _checked(nurse)
        _charted(nurse, (124, 78, 72, 98, 14))
        until(other, list(range(1, 11)))
        picture(nurse, "room-time-out", widths=(390, 820))
        sign_second(nurse, "Maya Ito")
        nurse.get_by_role("button", name="Time-out done").click()
        sign_second(nurse, "Maya Ito")
        nurse.get_by_role("button", name="Give 35 mg").dblclick()
        nurse.get_by_role("heading", name="The dose runs").wait_for()
        until(other, list(range(1, 13)))
        _lost_and_found(nurse, other)
        picture(nurse, "room-running", widths=(390, 820, 1440))
        assert accessibility_faults(nurse) == []
        nurse.context.close()
        other.context.close()


def _started(page: Any, day: Treatment, server: Any) -> str:
    page.goto("/")
    if page.get_by_role("button", name="Start the session").count():
        page.get_by_role("button", name="Start the session").click()
    else:
        # The plan lies next week; the board begins what is planned for today.
        page.goto(f"/dosing-day/{day.started()}/")
    page.get_by_role("heading", name="Before the dose").wait_for()
    return page.url.rstrip("/").rsplit("/", 1)[1]


def _checked(page: Any) -> None:
    tap(page, "Name and birth date", "They agree")
    tap(page, "Consent for this drug", "Signed, still wanted")
    tap(page, "Afterwards", "An escort comes")
    tap(page, "Pregnancy", "Cannot become pregnant")
    tap(page, "C-SSRS since", "Nothing")
    tap(page, "Last ate", "8 h")
    tap(page, "Last drank", "4 h")
    tap(page, "Oxygen, suction", "Checked today")
    page.get_by_role("button", name="Keep these answers").click()


def _charted(page: Any, numbers: tuple[int, ...]) -> None:
    page.get_by_label("Upper").click()
    for number in numbers:
        # Each box leads on to the next one.
        page.keyboard.type(str(number))
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def _lost_and_found(nurse: Any, other: Any) -> None:
    """The other screen loses its line; what was recorded meanwhile is there once, and nothing is missing."""
    before = numbers_on(other)
    other.context.set_offline(True)
    for upper in (150, 165, 140):
        _charted(nurse, (upper, 84, 80, 97, 15))
    nurse.get_by_role("button", name="Nausea").click()
    nurse.wait_for_load_state()
    assert numbers_on(other) == before
    other.context.set_offline(False)
    # Three readings, one alarm, one event.
    until(other, list(range(1, len(before) + 6)))
    other.get_by_text("Blood pressure 165/84 mmHg.").first.wait_for()
    _charted(nurse, (205, 110, 90, 97, 15))
    other.get_by_text("Act now.").wait_for()


@pytest.mark.slow
def test_ana_goes_home_by_the_criteria_and_the_note_is_signed(clinic, chromium, monkeypatch):
    day = treatment(clinic)
    session = an_hour_after(day, monkeypatch)
    with streaming(clinic) as server:
        page = screen_of(chromium, server, day.house, day.staff["nurse"])
        page.goto(f"/dosing-day/{session}/")
        page.get_by_label("Upper").fill("126")
        page.get_by_label("Lower").fill("80")
        page.get_by_label("SpO₂").fill("98")
        tap(page, "Sedation", "5")
        page.get_by_label("I spoke to them").check()
        page.get_by_role("button", name="Chart vitals").click()
        tap(page, "Oriented, steady", "Yes")
        tap(page, "Instructions given", "Yes")
        tap(page, "With whom", "The escort is here")
        page.get_by_label("Who", exact=True).fill("her sister Lena")
        picture(page, "room-leaving", widths=(390, 820, 1440))
        assert accessibility_faults(page) == []
        page.get_by_role("button", name="Let them go").click()
        page.get_by_role("link", name="Read the note").click()
        page.get_by_text("35 mg ketamine IV over 40 min").wait_for()
        page.get_by_role("button", name="Sign and lock").click()
        page.get_by_label("What the note should say").fill("She asked for the window to be open next time.")
        page.get_by_role("button", name="Sign the amendment").click()
        page.get_by_text("She asked for the window").first.wait_for()
        picture(page, "session-note", widths=(390, 1440))
        assert accessibility_faults(page) == []
        page.context.close()


# Minutes ago, upper and lower pressure, heart rate, saturation, sedation: an ordinary course.
_COURSE = (
    (115, 134, 84, 78, 97, 4), (105, 148, 92, 86, 96, 3), (95, 162, 98, 92, 96, 3), (87, 150, 92, 88, 97, 4),
    (70, 138, 86, 80, 98, 5), (55, 132, 82, 76, 98, 5), (40, 128, 80, 74, 98, 5),
)  # fmt: skip


def an_hour_after(day: Treatment, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A session whose infusion ended more than an hour ago, charted as it went."""
    from kap_clinic.dosing_day import giving

    def at_clock(minutes_ago: float) -> None:
        moment = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at_clock(135)
    session = day.ready()
    at_clock(125)
    giving.time_out(**day.by("nurse", session=session, second=day.second))
    giving.give(**day.giving(session))
    for ago, upper, lower, rate, oxygen, sedation in _COURSE:
        at_clock(ago)
        read = {"systolic": upper, "diastolic": lower, "heart_rate": rate, "oxygen_saturation": oxygen}
        day.read(session, **read, sedation=sedation)
        if ago == 105:
            words = {"what": "words", "words": "“There is so much light.”"}
            actions.note_event(**day.by("nurse", session=session, **words))
        if ago == 95:
            [alarm] = day.file(session).session.open_alarms
            told = {"alarm": alarm.id, "done": "No symptoms; measured again in 8 min."}
            actions.take_alarm(**day.by("nurse", session=session, **told))
    at_clock(84)
    [dose] = day.file(session).session.doses
    actions.end_dose(**day.by("nurse", session=session, dose=dose.id))
    actions.note_event(**day.by("nurse", session=session, what="nausea"))
    actions.move_to_recovery(**day.by("nurse", session=session))
    monkeypatch.undo()
    return session
