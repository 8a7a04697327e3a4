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


def make_application(environment: Environment) -> Starlette:
    """Build the stream for one installation."""
    listening = Listening(role_addresses(environment)["app"].conninfo())
    secret = secret_key(environment.home)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(listening.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def health(_: Request) -> Response:
        return JSONResponse(
            {"schema": "openkap.stream-health/1", "ok": True, "hearing": listening.is_hearing}
        )

    async def events(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and origin != environment.origin:
            return _no("Live events are only for our own pages.", environment.origin)
        try:
            ticket = read(secret, request.query_params.get("token", ""), datetime.now(UTC))
        except Refused as refused:
            return _no(str(refused), environment.origin)
        return StreamingResponse(
            _lines(listening, ticket),
            media_type="text/event-stream",
            headers={
                "Access-Control-Allow-Origin": environment.origin,
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            },
        )

    return Starlette(
        routes=[Route("/stream/health", health), Route("/stream/events", events)], lifespan=lifespan
    )


async def _lines(listening: Listening, ticket: Ticket) -> AsyncIterator[str]:
    yield "retry: 1000\n: listening\n\n"
    async with listening.screen(ticket.organization) as queue:
        while (left := (ticket.until - datetime.now(UTC)).total_seconds()) > 0:
            try:
                notice = await asyncio.wait_for(queue.get(), min(left, KEEP_ALIVE_SECONDS))
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if notice is None:
                return
            yield f"event: changed\ndata: {json.dumps(notice)}\n\n"


def _no(why: str, origin: str) -> Response:
    body = {"schema": "openkap.refusal/1", "refused": why}
    return JSONResponse(body, status_code=403, headers={"Access-Control-Allow-Origin": origin})


application = make_application(read_environment())
