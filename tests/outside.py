"""The outside as tests need it: a mail server and a telephone gateway, on this machine, in threads."""

from __future__ import annotations

import base64
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ACCOUNT, TOKEN, SENDER = "AC0123456789", "gateway-token", "+15555550100"


@dataclass
class Mailbox:
    """A mail server that keeps what it is given."""

    port: int
    letters: list[Message] = field(default_factory=list)

    def by_name(self) -> dict[str, Message]:
        """What a mailbox shows: a letter that came twice under one name is one letter."""
        return {str(letter["Message-ID"]): letter for letter in self.letters}


class _Smtp(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            verb = line.strip().upper().split(b" ")[0]
            if verb == b"DATA":
                self.say("354 go on")
                self.keep()
            elif verb == b"QUIT":
                return self.say("221 bye")
            self.say("250 ok")
        return None

    def keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()).strip() != b".":
            lines.append(line)
        self.server.box.letters.append(message_from_bytes(b"".join(lines)))

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Take mail on a port of this machine."""
    with _threaded(socketserver.ThreadingTCPServer, _Smtp) as server:
        server.box = Mailbox(port=server.server_address[1])
        yield server.box


@dataclass
class Exchange:
    """A telephone gateway that speaks Twilio's protocol and keeps what it was asked for.

    Shape: while ``status`` is set it answers only that; ``dies_after_taking`` takes one such, then hangs up.
    ``became`` is how far each came, by its sid; whatever is not in it is still queued.
    """

    port: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list)
    pings: list[str] = field(default_factory=list)
    became: dict[str, str] = field(default_factory=dict)
    status: int = 0
    dies_after_taking: str = ""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def url(self) -> str:
        """The address an operator would set."""
        return f"http://{ACCOUNT}:{TOKEN}@127.0.0.1:{self.port}"

    def made(self, what: str) -> list[dict[str, Any]]:
        """The messages or calls that were asked for, the first first."""
        return [one for one in self.taken if one["what"] == what]


class _Gateway(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        exchange: Exchange = self.server.exchange
        told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if not self.is_ours():
            return self.answer(401, {})
        if exchange.status:
            return self.answer(exchange.status, {"message": "no"})
        what = self.path.split("/")[-1].removesuffix(".json")
        one = {
            "what": what, "sid": f"{what[:2].upper()}{len(exchange.taken):032d}",
            "to": told["To"][0], "from": told["From"][0], "body": told.get("Body", [""])[0],
            "twiml": told.get("Twiml", [""])[0], "date_created": format_datetime(exchange.clock()),
        }  # fmt: skip
        exchange.taken.append(one)
        if exchange.dies_after_taking == what:
            exchange.dies_after_taking = ""
            return self.connection.close()
        return self.answer(201, {"sid": one["sid"], "status": "queued"})

    def do_GET(self) -> None:
        exchange: Exchange = self.server.exchange
        place = urlsplit(self.path)
        if place.path.startswith("/ping/"):
            exchange.pings.append(place.path)
            return self.answer(exchange.status or 200, {})
        what, asked = place.path.split("/")[-1].removesuffix(".json"), parse_qs(place.query)
        if place.path.split("/")[-2] in ("Messages", "Calls"):
            return self.answer_for(what)
        found = [one for one in exchange.made(what) if one["to"] == asked["To"][0]]
        return self.answer(200 if self.is_ours() else 401, {what.lower(): found[::-1]})

    def answer_for(self, sid: str) -> None:
        exchange: Exchange = self.server.exchange
        status = 200 if any(one["sid"] == sid for one in exchange.taken) else 404
        status = exchange.status or (status if self.is_ours() else 401)
        self.answer(status, {"sid": sid, "status": exchange.became.get(sid, "queued")})

    def is_ours(self) -> bool:
        secret = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        path = f"/2010-04-01/Accounts/{ACCOUNT}/"
        return self.headers.get("Authorization") == f"Basic {secret}" and self.path.startswith(path)

    def answer(self, status: int, told: dict[str, Any]) -> None:
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def telephone_exchange() -> Iterator[Exchange]:
    """Take text messages and calls on a port of this machine."""
    with _threaded(ThreadingHTTPServer, _Gateway) as server:
        server.exchange = Exchange(port=server.server_address[1])
        yield server.exchange


@contextmanager
def _threaded(kind: Any, handler: Any) -> Iterator[Any]:
    kind.allow_reuse_address, kind.daemon_threads = True, True
    server = kind(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
