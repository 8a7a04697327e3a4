"""Item 9 tapped on a telephone → the alarm on the nurse's open screen, beside screens that poll.

A real Chromium of 390 px answers item 9 of the PHQ-9 and its tab is closed within fifty milliseconds; another
holds the nurse's day board open. The peers are the same board fetched every second, and every fifteen, as
`hx-trigger="every 15s"` does. Every answer must be kept, whether or not its tab lived to hear so.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from playwright.sync_api import sync_playwright

from bench.faults import superuser
from bench.live import nurse_of
from bench.running import ROOT, Clinic, running_clinic

TAPS = int(os.environ.get("KAP_BENCH_TAPS", "30"))
PHONE = {"width": 390, "height": 844}
# Milliseconds between the tap and the closing of the tab.
CLOSED_AFTER = (0, 10, 25, 50)
POLLS = {"polling every second": 1.0, "polling every 15 s": 15.0}
_SETUP = "import django; django.setup(); from bench.alarm_forms import main; main({count}, {nurse!r})"
# When each name was first seen among those who need someone.
_SEEN = """
    window.seen = {};
    window.note = (needs) => {
      for (const [name] of needs.textContent.matchAll(/Alarm\\d{3}/g)) window.seen[name] ??= Date.now();
    };
"""
_WATCH = """() => {%s
    const look = () => window.note(document.getElementById("needs"));
    new MutationObserver(look).observe(document.querySelector("main"), {childList: true, subtree: true});
}""".replace("%s", _SEEN)
_POLL = """(every) => {%s
    const look = async () => {
      const answer = await fetch("/", {headers: {Accept: "application/json, text/html"}});
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      window.note(page.getElementById("needs"));
    };
    setInterval(look, every);
}""".replace("%s", _SEEN)


@dataclass(frozen=True)
class Tap:
    """One answer: whose, when it was tapped, and how soon its tab was closed."""

    name: str
    asked: str
    at: float
    closed_after_ms: int


def run(as_json: bool) -> None:
    """Measure our board, then the peers, in one clinic; exit 1 if an answer or an alarm was lost."""
    chance = random.Random(9)
    with running_clinic() as clinic, sync_playwright() as playwright:
        nurse = nurse_of(clinic)
        forms = forms_of(clinic, TAPS * 2, nurse)
        cookies = clinic.sign_in("Nurse").cookies
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        desk = _desk(browser, clinic, cookies)
        taps = [_tap(browser, form, chance) for form in forms[:TAPS]]
        desk.wait_for_timeout(3000)
        found = {"stream": _summed(taps, desk.evaluate("window.seen"))}
        desk.close()
        polling = {name: _polling(browser, clinic, cookies, every) for name, every in POLLS.items()}
        later = [_tap(browser, form, chance) for form in forms[TAPS:]]
        time.sleep(max(POLLS.values()) + 2)
        found |= {name: _summed(later, page.evaluate("window.seen")) for name, page in polling.items()}
        browser.close()
        lost = _lost(clinic, [*taps, *later])
    _tell(found, lost, as_json)
    if lost or found["stream"]["shown"] < TAPS:
        sys.exit(1)


def forms_of(clinic: Clinic, count: int, nurse: str) -> list[dict[str, str]]:
    """Send the PHQ-9 to so many new people of a running clinic; return where each is asked item 9."""
    environment = {
        **clinic.environment, "KAP_MODE": "demo", "DJANGO_SETTINGS_MODULE": "kap_clinic.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "KAP_PORT": str(clinic.port),
        "KAP_STREAM_PORT": str(clinic.stream_port),
    }  # fmt: skip
    said = subprocess.run(
        [sys.executable, "-c", _SETUP.format(count=count, nurse=nurse)], env=environment, cwd=ROOT,
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    forms: list[dict[str, str]] = json.loads(said.stdout.splitlines()[-1])["forms"]
    return forms


def _page(browser: Any, clinic: Clinic, cookies: dict[str, str], path: str) -> Any:
    page = browser.new_page(base_url=f"http://localhost:{clinic.port}")
    here = {"domain": "localhost", "path": "/"}
    page.context.add_cookies([{"name": k, "value": v, **here} for k, v in cookies.items()])
    page.goto(path)
    return page


def _desk(browser: Any, clinic: Clinic, cookies: dict[str, str]) -> Any:
    """The nurse's day board, its line to the stream open."""
    page = _page(browser, clinic, cookies, "/")
    page.locator('[data-live-marker][data-state="live"]').wait_for(state="attached")
    page.evaluate(_WATCH)
    return page


def _polling(browser: Any, clinic: Clinic, cookies: dict[str, str], every: float) -> Any:
    """The same board, fetched again and again by a page that hears nothing in between."""
    page = _page(browser, clinic, cookies, "/health")
    page.evaluate(_POLL, int(every * 1000))
    return page


def _tap(browser: Any, form: dict[str, str], chance: random.Random) -> Tap:
    """Open the question, choose “several days”, touch the button, and close the tab."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(form["question"])
    page.locator("input[name=value][value='1']").check(force=True)
    page.locator(".help-now").wait_for()
    button = page.locator("form button[type=submit]").first
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    time.sleep(chance.uniform(0.2, 1.5))
    closed_after, at = chance.choice(CLOSED_AFTER), time.time()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    time.sleep(closed_after / 1000)
    context.close()
    return Tap(form["name"].split()[0], form["asked"], at, closed_after)


def _summed(taps: list[Tap], seen: dict[str, float]) -> dict[str, Any]:
    each = [round(max(0.0, seen[tap.name] - tap.at * 1000)) for tap in taps if tap.name in seen]
    waits, nothing = sorted(each), float("nan")
    return {
        "taps": len(taps),
        "shown": len(waits),
        "p50_ms": waits[len(waits) // 2] if waits else nothing,
        "p95_ms": waits[int(len(waits) * 0.95)] if waits else nothing,
        "worst_ms": waits[-1] if waits else nothing,
        "each_ms": each,
    }


def _lost(clinic: Clinic, taps: list[Tap]) -> int:
    """Count the answers that are not there, or have opened no case."""
    with psycopg.connect(**superuser(clinic)) as server:
        kept = server.execute(
            "SELECT a.asked_id FROM measures_answer a JOIN measures_asked f ON f.id = a.asked_id "
            "JOIN cases_case c ON c.person_id = f.person_id AND c.kind = 'safety-questions' "
            "WHERE a.item = '9' AND a.value = '1'"
        ).fetchall()
    found = {str(row[0]) for row in kept}
    return sum(tap.asked not in found for tap in taps)


def _tell(found: dict[str, Any], lost: int, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"schema": "openkap.bench/1", "name": "alarm", "lost": lost, "found": found}))
        return
    print(f"item 9 tapped, its tab closed within {max(CLOSED_AFTER)} ms -> on the nurse's open day board")
    print(f"{'screen':<22}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'taps':>7}{'shown':>7}")
    for name, one in found.items():
        print(f"{name:<22}{one['p50_ms']:>9.0f}{one['p95_ms']:>9.0f}{one['worst_ms']:>9.0f}"
              f"{one['taps']:>7}{one['shown']:>7}")  # fmt: skip
    for name in POLLS:
        print(f"p50: {name} / stream = {found[name]['p50_ms'] / max(found['stream']['p50_ms'], 0.1):.1f}")
    print(f"answers lost: {lost} of {found['stream']['taps'] * 2}")
