"""Tickets to the stream: signed, five minutes long, for one organization and one member."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence

LASTS = timedelta(minutes=5)
_PURPOSE = b"openkap.stream/1"


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Who may listen to which organization, and until when."""

    organization: UUID
    member: UUID
    until: datetime

    @property
    def issued_at(self) -> datetime:
        """When the page was drawn that holds it: what changed since then it may not show."""
        return self.until - LASTS


def issue(secret: str, *, organization: UUID, member: UUID, at: datetime) -> str:
    """Write a ticket that lasts five minutes."""
    told = {"o": str(organization), "m": str(member), "u": (at + LASTS).timestamp()}
    text = _encode(json.dumps(told, separators=(",", ":")).encode())
    return f"{text}.{_signature(secret, text)}"


def read(secret: str, token: str, at: datetime) -> Ticket:
    """Read a ticket.

    Raises: Refused for one that is forged, damaged or over.
    """
    text, _, signature = token.partition(".")
    if not hmac.compare_digest(_signature(secret, text).encode(), signature.encode()):
        raise Refused(_NOT_OURS)
    told = json.loads(_decode(text))
    until = datetime.fromtimestamp(told["u"], tz=at.tzinfo)
    if at >= until:
        raise Refused(_OVER)
    return Ticket(organization=UUID(told["o"]), member=UUID(told["m"]), until=until)


_NOT_OURS = sentence("This ticket to the live stream is not one of ours. Load the page again.")
_OVER = sentence("This ticket to the live stream is over. Ask the page for a new one.")


def _signature(secret: str, text: str) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, "sha256")
    return _encode(hmac.digest(key, text.encode(), hashlib.sha256))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
