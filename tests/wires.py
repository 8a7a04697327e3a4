"""A browser without the browser, on a bad network, under a nervous thumb: for tests of what is sent again."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.dosed import TOKEN


@dataclass(frozen=True)
class Hand:
    """A nurse's browser, without the browser: sends forms, cuts connections, taps twice."""

    server: str
    session: str
    csrf: str

    def headers(self) -> dict[str, str]:
        """What the browser sends along."""
        cookies = f"kap_session={self.session}; kap_csrf={self.csrf}; kap_device={TOKEN}"
        return {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Host": self.server}

    def send(self, path: str, told: dict[str, str]) -> int:
        """Send a form and read the answer's status."""
        wire = HTTPConnection(self.server, timeout=60)
        wire.request("POST", path, self._body(told), self.headers())
        answer = wire.getresponse()
        answer.read()
        wire.close()
        return answer.status

    def cut(self, path: str, told: dict[str, str]) -> int:
        """Send a form and hang up before the answer comes."""
        host, _, port = self.server.partition(":")
        body = self._body(told).encode()
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers().items())]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode()
        with socket.create_connection((host, int(port)), timeout=60) as wire:
            wire.sendall(head + body)
        return 0

    def _body(self, told: dict[str, str]) -> str:
        return urlencode({**told, "csrfmiddlewaretoken": self.csrf})


def hand_of(live: Any, house: Any, member: Any, page: str) -> Hand:
    """Somebody's browser, signed in on the tablet of room 2, which has read a page with a form."""
    session = house.session_for(member).session_key
    server = urlsplit(live.address).netloc
    wire = HTTPConnection(server, timeout=60)
    wire.request("GET", page, headers={"Cookie": f"kap_session={session}"})
    answer = wire.getresponse()
    answer.read()
    found = re.search(r"kap_csrf=([^;]+)", answer.getheader("Set-Cookie") or "")
    assert found is not None
    return Hand(server, session, found.group(1))
