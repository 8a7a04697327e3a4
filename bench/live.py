"""A device's reading on another screen: acknowledged → shown, by our stream beside plain polling.

20 rooms, 6 channels at 1 Hz: each reading is sent over the API; each room is followed by a real client that
holds the stream's line and fetches the tiles when told, and one of them is Chromium. The peer polls the same
tiles once a second, as `hx-trigger="every 1s"` does.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import sync_playwright
from uuid_utils import compat

from bench.running import ROOT, Browser, Clinic, running_clinic

ROOMS = int(os.environ.get("KAP_BENCH_ROOMS", "20"))
SECONDS = float(os.environ.get("KAP_BENCH_SECONDS", "60"))
_HEART = re.compile(r"<dd>(\d+) <small>/min</small></dd>")
_OXYGEN = re.compile(r"<dd>(\d+) <small>%</small></dd>")
_PROOF = re.compile(r'data-room-proof="([^"]+)"')
_TOKEN = re.compile(r'data-stream-token="([^"]+)"')
_CYCLE = 200
_SETUP = (
    "import django; django.setup(); from bench.live_rooms import main; "
    "main({count}, {nurse!r}, with_doses={with_doses})"
)
WATCH = """
    () => { window.seen = [];
      const note = () => window.seen.push([Date.now(), document.getElementById("room-tiles").innerHTML]);
      const room = document.querySelector("[data-room]");
      new MutationObserver(note).observe(room, {childList: true, subtree: true});
    }
"""


@dataclass
class Room:
    """One room: when each of its readings was acknowledged, and when it was on the other screen."""

    session: str
    acknowledged: dict[int, float] = field(default_factory=dict)
    shown: dict[int, float] = field(default_factory=dict)
    fetched: int = 0
    wrong: int = 0

    def saw(self, html: str, at: float) -> None:
        """Note which reading the tiles show; what it has replaced was shown by then, too."""
        heart, oxygen = _HEART.search(html), _OXYGEN.search(html)
        if heart is None or oxygen is None:
            return
        place = (int(oxygen[1]) - 95) * 40 + int(heart[1]) - 60
        for number in [one for one in self.acknowledged if one not in self.shown and one % _CYCLE <= place]:
            self.shown[number] = at

    @property
    def waits(self) -> list[float]:
        """Milliseconds from acknowledged to shown; a reading shown before its writer was told waited none."""
        return [
            max(0.0, self.shown[number] - told) * 1000
            for number, told in self.acknowledged.items()
            if number in self.shown
        ]


def run(as_json: bool) -> None:
    """Measure the stream, then the peer, on the same rooms of the same clinic."""
    found: dict[str, Any] = {}
    with running_clinic() as clinic:
        nurse = nurse_of(clinic)
        cookies = clinic.sign_in("Nurse").cookies
        rooms = [one["session"] for one in open_rooms(clinic, ROOMS, nurse)]
        pages = {one: _page(clinic, cookies, one) for one in rooms}
        for name, follow in (("stream", _hold_the_line), ("polling", _poll)):
            found[name] = _measure(clinic, cookies, pages, follow, with_chromium=name == "stream")
    _tell(found, as_json)


def nurse_of(clinic: Clinic) -> str:
    """Return the name of the nurse whose link is used next."""
    return next(str(one["name"]) for one in clinic.sign_ins if "Nurse" in one["roles"])


def open_rooms(clinic: Clinic, count: int, nurse: str, *, with_doses: bool = False) -> list[dict[str, str]]:
    """Begin sessions in a running clinic for its nurse, with a dose drawn up for each where asked."""
    environment = {
        **clinic.environment, "KAP_MODE": "demo", "DJANGO_SETTINGS_MODULE": "kap_clinic.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "KAP_PORT": str(clinic.port),
        "KAP_STREAM_PORT": str(clinic.stream_port),
    }  # fmt: skip
    told = _SETUP.format(count=count, nurse=nurse, with_doses=with_doses)
    said = subprocess.run(
        [sys.executable, "-c", told], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )  # fmt: skip
    rooms: list[dict[str, str]] = json.loads(said.stdout.splitlines()[-1])["sessions"]
    return rooms


def _page(clinic: Clinic, cookies: dict[str, str], session: str) -> str:
    status, html = Browser(clinic.port, cookies).request("GET", f"/dosing-day/{session}/")
    assert status == 200, f"The room answered {status}."
    return html.decode()


def _measure(
    clinic: Clinic, cookies: dict[str, str], pages: dict[str, str], follow: Any, *, with_chromium: bool
) -> dict[str, Any]:
    rooms, is_over = [Room(session) for session in pages], threading.Event()
    threads = [
        threading.Thread(target=follow, args=(clinic, cookies, room, pages[room.session], is_over))
        for room in rooms
    ]
    for thread in threads:
        thread.start()
    time.sleep(2)
    with ExitStack() as stack:
        glass = stack.enter_context(_chromium(clinic, cookies, rooms[0].session)) if with_chromium else None
        writers = [
            threading.Thread(target=_write, args=(clinic, cookies, room, place / len(rooms)))
            for place, room in enumerate(rooms)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        time.sleep(2)
        seen = glass.evaluate("window.seen") if glass else []
    is_over.set()
    for thread in threads:
        thread.join()
    return {**_summed(rooms), "chromium": _summed([_on_glass(rooms[0], seen)]) if with_chromium else None}


def _write(clinic: Clinic, cookies: dict[str, str], room: Room, offset: float) -> None:
    """A device: six channels once a second, each batch sent again until it is acknowledged."""
    browser, start = Browser(clinic.port, cookies), time.monotonic() + offset
    for number in range(int(SECONDS)):
        time.sleep(max(0.0, start + number - time.monotonic()))
        numbers = {
            "systolic": 120, "diastolic": 76, "heart-rate": 60 + number % 40,
            "oxygen-saturation": 95 + number // 40 % 5, "respiratory-rate": 14, "sedation": 5,
        }  # fmt: skip
        reading = {"at": datetime.now(UTC).isoformat(), "numbers": numbers}
        batch = {"id": str(compat.uuid7()), "device": "monitor", "readings": [reading]}
        path = f"/api/v1/dosing-day/{room.session}/readings"
        while browser.request("POST", path, json.dumps(batch), "application/json")[0] != 200:
            room.wrong += 1
        room.acknowledged[number] = time.time()


def _fetch(browser: Browser, room: Room, proof: str) -> None:
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in browser.cookies.items()), "X-Room-Proof": proof}
    headers |= {"Host": f"localhost:{browser.port}", "Accept": "application/json, text/html"}
    browser.connection.request("GET", f"/dosing-day/{room.session}/tiles/", headers=headers)
    answer = browser.connection.getresponse()
    html = answer.read().decode()
    room.fetched += 1
    if answer.status == 200:
        room.saw(html, time.time())
    else:
        room.wrong += 1


def _hold_the_line(
    clinic: Clinic, cookies: dict[str, str], room: Room, page: str, is_over: threading.Event
) -> None:
    browser, [proof], [token] = Browser(clinic.port, cookies), _PROOF.findall(page), _TOKEN.findall(page)
    # The stream says every 15 s that it is still there.
    line = http.client.HTTPConnection("127.0.0.1", clinic.stream_port, timeout=20)
    origin = {"Host": f"localhost:{clinic.stream_port}", "Origin": f"http://localhost:{clinic.port}"}
    line.request("GET", f"/stream/events?token={token}", headers=origin)
    answer = line.getresponse()
    assert answer.status == 200, f"The stream answered {answer.status}."
    while not is_over.is_set():
        try:
            said = answer.readline()
        except TimeoutError:
            return
        if room.session.encode() in said:
            _fetch(browser, room, proof)


def _poll(clinic: Clinic, cookies: dict[str, str], room: Room, page: str, is_over: threading.Event) -> None:
    browser, [proof] = Browser(clinic.port, cookies), _PROOF.findall(page)
    while not is_over.wait(1.0):
        _fetch(browser, room, proof)


@contextmanager
def _chromium(clinic: Clinic, cookies: dict[str, str], session: str) -> Iterator[Any]:
    """A real browser on one room, which notes when its tiles change."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(base_url=f"http://localhost:{clinic.port}")
        here = {"domain": "localhost", "path": "/"}
        page.context.add_cookies([{"name": k, "value": v, **here} for k, v in cookies.items()])
        page.goto(f"/dosing-day/{session}/")
        page.locator('[data-live-marker][data-state="live"]').wait_for()
        page.evaluate(WATCH)
        yield page
        browser.close()


def _on_glass(room: Room, seen: list[tuple[float, str]]) -> Room:
    """The same room as Chromium showed it."""
    told = Room(room.session, acknowledged=dict(room.acknowledged), fetched=len(seen))
    for at, html in seen:
        # What was acknowledged after this moment cannot be what the glass showed then.
        early = Room(
            room.session, {n: t for n, t in told.acknowledged.items() if t <= at / 1000 + 0.5}, told.shown
        )
        early.saw(html, at / 1000)
    return told


def _summed(rooms: list[Room]) -> dict[str, float]:
    waits = sorted(wait for room in rooms for wait in room.waits)
    told = sum(len(room.acknowledged) for room in rooms)
    return {
        "readings": told,
        "shown": len(waits),
        "p50_ms": waits[len(waits) // 2] if waits else float("nan"),
        "p99_ms": waits[int(len(waits) * 0.99)] if waits else float("nan"),
        "worst_ms": waits[-1] if waits else float("nan"),
        "fetches": sum(room.fetched for room in rooms),
        "wrong": sum(room.wrong for room in rooms),
    }


def _tell(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"schema": "openkap.bench/1", "name": "live", "rooms": ROOMS, "found": found}))
        return
    print(f"{ROOMS} rooms, 6 channels at 1 Hz for {SECONDS:.0f} s; acknowledged -> on another screen")
    titles = f"{'who':<22}{'p50 ms':>9}{'p99 ms':>9}{'worst':>9}"
    print(f"{titles}{'readings':>10}{'shown':>8}{'fetches':>9}{'wrong':>7}")
    rows = [("stream", found["stream"]), ("stream in Chromium", found["stream"]["chromium"]),
            ("polling every second", found["polling"])]  # fmt: skip
    for name, one in rows:
        print(f"{name:<22}{one['p50_ms']:>9.0f}{one['p99_ms']:>9.0f}{one['worst_ms']:>9.0f}"
              f"{one['readings']:>10}{one['shown']:>8}{one['fetches']:>9}{one['wrong']:>7}")  # fmt: skip
    for part in ("p50_ms", "p99_ms"):
        ratio = found["polling"][part] / max(found["stream"][part], 0.1)
        print(f"{part[:3]}: polling / stream = {ratio:.1f}")
