"""Load on a web server of our own: at a fixed rate (open loop), and as fast as it goes (closed loop)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from bench.running import Browser


@dataclass(frozen=True)
class Load:
    """What was measured; milliseconds from the moment a request was due, so that waiting counts."""

    rate: float
    p50: float
    p99: float
    worst: float
    wrong: int


def at_rate(
    port: int, cookies: dict[str, str], paths: Callable[[int], str], *, rate: float, seconds: float
) -> Load:
    """Send requests when they are due, whether or not earlier ones were answered."""
    due: SimpleQueue[tuple[float, str]] = SimpleQueue()
    start = time.perf_counter() + 0.2
    for number in range(int(rate * seconds)):
        due.put((start + number / rate, paths(number)))
    return _run(port, cookies, due, connections=32)


def flat_out(port: int, cookies: dict[str, str], paths: Callable[[int], str], *, count: int) -> Load:
    """Send requests on eight connections, each as soon as the last was answered."""
    due: SimpleQueue[tuple[float, str]] = SimpleQueue()
    for number in range(count):
        due.put((0.0, paths(number)))
    return _run(port, cookies, due, connections=8)


def _run(
    port: int, cookies: dict[str, str], due: SimpleQueue[tuple[float, str]], *, connections: int
) -> Load:
    took: list[float] = []
    wrong: list[int] = []

    def ask() -> None:
        browser = Browser(port, cookies)
        while True:
            try:
                when, path = due.get_nowait()
            except Empty:
                return
            time.sleep(max(0.0, when - time.perf_counter()))
            began = when or time.perf_counter()
            status, _ = browser.request("GET", path)
            took.append((time.perf_counter() - began) * 1000)
            if status != 200:
                wrong.append(status)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    rate = len(took) / (time.perf_counter() - started)
    return Load(rate, took[len(took) // 2], took[int(len(took) * 0.99)], took[-1], len(wrong))
