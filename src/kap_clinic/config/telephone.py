"""What we are told of the telephone gateway, and of the outside service that notices when we fall silent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote

from kap.vocabulary.errors import InputError
from kap_clinic.config.told import Told

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True, slots=True)
class Telephone:
    """A gateway that sends text messages and calls, and the number it does so from."""

    base: str
    account: str
    token: str = field(repr=False)
    sender: str


def telephone(told: Told) -> Telephone | None:
    """Reads the gateway.

    Missing: None where none was told of: nobody is called, and pages say so.
    Raises: InputError.
    """
    example = "https://ACCOUNT:TOKEN@api.twilio.com"
    if "KAP_TELEPHONE_URL" not in told:
        return None
    parts = _protected(told, "KAP_TELEPHONE_URL", example)
    sender = told.text("KAP_TELEPHONE_FROM", "")
    if not parts.username or not parts.password:
        raise InputError(f"KAP_TELEPHONE_URL names no account and token: write it like {example}.")
    if not _NUMBER.fullmatch(sender):
        raise InputError("KAP_TELEPHONE_FROM must be the number we call from: write it like +15555550100.")
    place = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="")
    return Telephone(
        base=place.geturl().rstrip("/"), account=unquote(parts.username), token=unquote(parts.password),
        sender=sender,
    )  # fmt: skip


def heartbeat(told: Told) -> str:
    """Reads the address that is asked once a minute, so that somebody outside notices our silence.

    Raises: InputError.
    """
    if "KAP_HEARTBEAT_URL" not in told:
        return ""
    return _protected(told, "KAP_HEARTBEAT_URL", "https://hc-ping.com/your-own-id").geturl()


def _protected(told: Told, name: str, example: str) -> SplitResult:
    parts = told.address(name, "", schemes=("http", "https"), example=example)
    if not parts.hostname or (parts.scheme == "http" and parts.hostname not in _LOCAL):
        raise InputError(f"{name} must name a host, with TLS unless it is this machine: like {example}.")
    return parts
