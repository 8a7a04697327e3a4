"""The look in a real browser: accessible, never wider than its screen, whole without mouse or script."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, serving, sign_in_browser
from tests.clones import clone, connect_to, drop
from tests.houses import Clinic

from kap_clinic.website.design import WHOLE_PAGES

# Playwright keeps a loop in this thread; Django would take the making of our database for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]

PAGES = ["/design", *(f"/design/{name}" for name in WHOLE_PAGES)]
WIDTHS = (360, 390, 768, 1440, 2560)
SMALL = """least => [...document.querySelectorAll('button, summary, select, .button, nav a, .table a')]
    .filter(one => one.checkVisibility() && !one.closest('dialog'))
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.height < least - 0.5 || box.width < least - 0.5)
    .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def clinic(cluster: Any) -> Iterator[Clinic]:
    """One database for all of these: the pages of the design write nothing."""
    name = clone(cluster)
    connect_to(cluster, name)
    yield Clinic(cluster=cluster, database=name)
    drop(cluster, name)


@pytest.fixture(scope="module")
def live(clinic: Clinic) -> Iterator[Any]:
    """One server for all of these."""
    with serving(clinic) as server:
        yield server


@pytest.fixture
def quiet_page(browser_page: Any) -> Iterator[Any]:
    """A page whose console must stay empty: a blocked style or script would speak there."""
    spoken: list[str] = []
    browser_page.on(
        "console", lambda message: spoken.append(message.text) if message.type == "error" else None
    )
    browser_page.on("pageerror", lambda error: spoken.append(str(error)))
    yield browser_page
    # A page that is meant to answer 404 is reported as a failed load; nothing else may be.
    assert [line for line in spoken if "status of" not in line] == []


def test_every_page_of_the_design_is_accessible_in_light_and_dark(quiet_page):
    faults = []
    for scheme in ("light", "dark"):
        quiet_page.emulate_media(color_scheme=scheme)
        for address in PAGES:
            quiet_page.goto(address)
            quiet_page.evaluate(OPEN_ALL)
            faults += [f"{address} {scheme} {fault}" for fault in accessibility_faults(quiet_page)]
    assert faults == []


def test_the_dimmer_theme_is_accessible_too(quiet_page):
    quiet_page.goto("/design")
    with quiet_page.expect_response("**/theme"):
        quiet_page.get_by_role("button", name="dimmer").first.click()
        quiet_page.wait_for_selector("html[data-theme=dim]")
    for address in ("/design", "/design/room"):
        quiet_page.goto(address)
        assert quiet_page.evaluate("document.documentElement.dataset.theme") == "dim"
        assert accessibility_faults(quiet_page) == []


def test_no_page_is_wider_than_its_screen(quiet_page):
    wider = []
    for address in PAGES:
        quiet_page.goto(address)
        quiet_page.evaluate(OPEN_ALL)
        for width in WIDTHS:
            quiet_page.set_viewport_size({"width": width, "height": 900})
            if (reached := quiet_page.evaluate("document.documentElement.scrollWidth")) > width:
                wider.append(f"{address} at {width}: {reached}")
    assert wider == []


def test_words_twice_as_large_still_fit_a_phone(quiet_page):
    quiet_page.set_viewport_size({"width": 390, "height": 844})
    for address in PAGES:
        quiet_page.goto(address)
        # Not a style attribute: the policy of the page would block one.
        quiet_page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert quiet_page.evaluate("document.documentElement.scrollWidth") <= 390, address


def small_targets(page: Any, least: int) -> list[str]:
    """Buttons, links outside running text and controls that are smaller than they may be."""
    return page.evaluate(SMALL, least)


def test_what_can_be_pressed_is_large_enough_to_press(quiet_page):
    for address in PAGES:
        quiet_page.goto(address)
        assert small_targets(quiet_page, 24) == [], address


def test_in_a_room_every_button_fits_a_gloved_thumb(quiet_page):
    for width in (390, 1440):
        quiet_page.set_viewport_size({"width": width, "height": 844})
        quiet_page.goto("/design/room")
        heights = quiet_page.eval_on_selector_all(
            ".button",
            "all => all.map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))",
        )
        assert len(heights) == 11
        assert min(heights) >= 48


def test_a_room_is_dark_where_the_device_has_not_chosen(quiet_page):
    quiet_page.emulate_media(color_scheme="light")
    quiet_page.goto("/design/room")
    paper = quiet_page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(18, 21, 23)"


def test_the_first_key_skips_to_the_page(quiet_page):
    quiet_page.goto("/design/day-board")
    quiet_page.keyboard.press("Tab")
    assert quiet_page.evaluate("document.activeElement.textContent") == "Skip to the page"
    quiet_page.keyboard.press("Enter")
    assert quiet_page.evaluate("document.activeElement.id") == "main"


def test_the_summary_takes_the_focus_and_leads_to_the_answer(quiet_page):
    quiet_page.goto("/design")
    assert quiet_page.evaluate("document.activeElement.className") == "error-summary"
    quiet_page.get_by_role("link", name="There is no such day").click()
    assert quiet_page.evaluate("document.activeElement.id") == "wrong_born_on_0"
    assert quiet_page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_a_finding_opens_with_the_keyboard_to_what_would_change_it(quiet_page):
    quiet_page.goto("/design/screening")
    why = quiet_page.locator("details.why > summary").first
    why.focus()
    quiet_page.keyboard.press("Enter")
    assert quiet_page.get_by_text("Two readings below 160/100").is_visible()


def test_light_and_dark_are_chosen_at_once_and_stay(quiet_page):
    quiet_page.goto("/design")
    with quiet_page.expect_response("**/theme"):
        quiet_page.get_by_role("button", name="dark", exact=True).first.click()
    assert (
        quiet_page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 21, 23)"
    )
    quiet_page.reload()
    assert quiet_page.evaluate("document.documentElement.dataset.theme") == "dark"
    pressed = quiet_page.get_by_role("button", name="dark", exact=True).first
    assert pressed.get_attribute("aria-pressed") == "true"


def test_the_menu_of_a_person_closes_with_escape(quiet_page):
    quiet_page.goto("/design/day-board")
    menu = quiet_page.locator("details.menu")
    menu.locator("summary").click()
    assert menu.evaluate("one => one.open")
    quiet_page.keyboard.press("Escape")
    assert not menu.evaluate("one => one.open")
    assert quiet_page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_on_paper_nothing_is_left_to_press_and_reasons_are_open(quiet_page):
    quiet_page.goto("/design/note")
    quiet_page.emulate_media(media="print", color_scheme="dark")
    assert quiet_page.locator("button:visible").count() == 0
    assert (
        quiet_page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert quiet_page.get_by_text("The medical director overrides it").is_visible()
    # A sheet is narrower than many screens, and is no phone: the verdict stays in the margin.
    quiet_page.set_viewport_size({"width": 680, "height": 1000})
    stamp, reason = (quiet_page.locator(one).bounding_box() for one in (".stamp", ".finding-reason"))
    assert stamp["x"] + stamp["width"] < reason["x"]


def test_pages_without_script_still_show_everything(chromium, live):
    context = chromium.new_context(base_url=live.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/design")
    assert page.get_by_text("6 things to put right").is_visible()
    page.get_by_role("button", name="dark", exact=True).first.click()
    assert page.locator("html[data-theme=dark]").count() == 1
    context.close()


@pytest.mark.slow
def test_pictures_are_taken_for_people_to_look_at(browser_page):
    for address in PAGES:
        browser_page.goto(address)
        picture(browser_page, address.strip("/").replace("/", "-"), widths=(360, 390, 1440, 2560))


@pytest.fixture
def day_board(browser_page: Any, clinic: Any) -> Any:
    """The real day board of a nurse, on a page whose clock a test can move."""
    house = clinic.organization()
    sign_in_browser(browser_page, house, house.member("nurse", name="Rosa Mendes"))
    browser_page.clock.install()
    browser_page.goto("/")
    return browser_page


def test_a_page_whose_line_is_down_says_so_and_offers_to_reload(day_board):
    # No stream runs beside this server: the line cannot come up.
    marker = day_board.locator("[data-live-marker]")
    assert marker.get_attribute("data-state") == "joining"
    day_board.clock.run_for(6_000)
    day_board.wait_for_selector("[data-live-marker][data-state=not]")
    assert marker.inner_text().split() == ["not", "live", "reload"]


def test_a_line_that_comes_up_says_live(day_board):
    events = "retry: 1000\n\nevent: changed\ndata: {}\n\n"
    day_board.route(
        "**/stream/events*",
        lambda route: route.fulfill(
            body=events, content_type="text/event-stream", headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    day_board.reload()
    day_board.wait_for_selector("[data-live-marker][data-state=live]")


def test_an_idle_screen_asks_and_a_touch_keeps_it_open(day_board):
    day_board.clock.run_for(9 * 60_000 + 2_000)
    notice = day_board.get_by_role("dialog", name="Still there?")
    notice.wait_for()
    assert "This screen locks in" in notice.inner_text()
    assert accessibility_faults(day_board) == []
    notice.get_by_role("button", name="Stay on this page").click()
    notice.wait_for(state="hidden")
    day_board.clock.run_for(9 * 60_000 - 5_000)
    assert not notice.is_visible()


def test_a_screen_nobody_touches_locks_itself(day_board):
    day_board.clock.run_for(10 * 60_000 + 2_000)
    day_board.wait_for_url("**/account/unlock/**")
    assert day_board.get_by_text("Needs someone").count() == 0
