"""The stream's three addresses: events for a ticket, health, nothing else. Keep-alives are not audited."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from kap.vocabulary.errors import Refused
from kap_clinic.config.environment import Environment, read_environment
from kap_clinic.database.addresses import role_addresses
from kap_clinic.keys.django_secret import secret_key

from .listening import Listening
from .tokens import Ticket, read

KEEP_ALIVE_SECONDS = 15.0


class Stream:
    """The stream of one installation."""

    def __init__(self, environment: Environment) -> None:
        """Hold where to listen, and whose tickets and pages are ours."""
        self.origin = environment.origin
        self.secret = secret_key(environment.home)
        self.listening = Listening(role_addresses(environment)["app"].conninfo())

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Listen to the database for as long as the process lives."""
        task = asyncio.create_task(self.listening.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def health(self, _: Request) -> Response:
        """Say that the process answers, and whether the database is heard."""
        said = {"schema": "openkap.stream-health/1", "ok": True, "hearing": self.listening.is_hearing}
        return JSONResponse(said)

    async def events(self, request: Request) -> Response:
        """Open the line for a ticket of ours from a page of ours."""
        if request.headers.get("origin", self.origin) != self.origin:
            return _no("Live events are only for our own pages.", self.origin)
        try:
            ticket = read(self.secret, request.query_params.get("token", ""), datetime.now(UTC))
        except Refused as refused:
            return _no(str(refused), self.origin)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            _lines(self.listening, ticket),
            media_type="text/event-stream",
            headers={**headers, "Access-Control-Allow-Origin": self.origin},
        )


def make_application(environment: Environment) -> Starlette:
    """Build the stream for one installation."""
    stream = Stream(environment)
    routes = [Route("/stream/health", stream.health), Route("/stream/events", stream.events)]
    return Starlette(routes=routes, lifespan=stream.lifespan)


async def _lines(listening: Listening, ticket: Ticket) -> AsyncIterator[str]:
    yield "retry: 1000\n: listening\n\n"
    async with listening.screen(ticket.organization, ticket.issued_at) as queue:
        while (left := (ticket.until - datetime.now(UTC)).total_seconds()) > 0:
            try:
                notice = await asyncio.wait_for(queue.get(), min(left, KEEP_ALIVE_SECONDS))
            except TimeoutError:
                yield "event: here\ndata: {}\n\n"
                continue
            if notice is None:
                return
            yield f"event: changed\ndata: {json.dumps(notice)}\n\n"


def _no(why: str, origin: str) -> Response:
    body = {"schema": "openkap.refusal/1", "refused": why}
    return JSONResponse(body, status_code=403, headers={"Access-Control-Allow-Origin": origin})


application = make_application(read_environment())
