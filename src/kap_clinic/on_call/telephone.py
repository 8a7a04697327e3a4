"""A telephone gateway that speaks Twilio's REST protocol 2010-04-01, which several providers speak.

Made: ``POST /2010-04-01/Accounts/{account}/Messages.json`` and ``…/Calls.json`` with form fields; asked:
``GET`` on the same addresses by number, and ``GET …/Messages/{sid}.json`` or ``…/Calls/{sid}.json`` for what
became of one. Basic authentication; answers are JSON, name what was made by a ``sid`` and how far it came by
a ``status``.
"""

from __future__ import annotations

import base64
import json
from typing import Any, Final
from urllib.parse import quote, urlencode

from kap.casework.reaching import Became
from kap_clinic.config.telephone import Telephone

from .letters import NotSentError
from .outside import ask

LISTED = 50
_FORM = "application/x-www-form-urlencoded"
# The protocol's words for how far a text message came, and a call; of any other word nothing is concluded.
OF_TEXTS: Final = {
    "accepted": Became.QUEUED, "scheduled": Became.QUEUED, "queued": Became.QUEUED,
    "sending": Became.QUEUED, "sent": Became.HANDED_ON, "delivered": Became.DELIVERED,
    "read": Became.DELIVERED, "undelivered": Became.UNDELIVERED, "failed": Became.FAILED,
    "canceled": Became.CANCELED,
}  # fmt: skip
OF_CALLS: Final = {
    "queued": Became.QUEUED, "ringing": Became.RINGING, "in-progress": Became.ANSWERED,
    "completed": Became.ANSWERED, "busy": Became.BUSY, "no-answer": Became.NO_ANSWER,
    "failed": Became.FAILED, "canceled": Became.CANCELED,
}  # fmt: skip


class Gateway:
    """One account at one gateway."""

    def __init__(self, told: Telephone) -> None:
        """Hold the account and the number we call from."""
        self._told = told

    def make(self, what: str, **fields: str) -> str:
        """Have a message or a call made from our number; return its sid.

        Raises: NotSentError.
        """
        told = self._asked("POST", f"{what}.json", urlencode({"From": self._told.sender, **fields}))
        if "sid" not in told:
            raise NotSentError("the gateway's answer names nothing", is_doubtful=True)
        return str(told["sid"])

    def listed(self, what: str, *, to: str) -> list[dict[str, Any]]:
        """Return the newest messages or calls from our number to this one.

        Raises: NotSentError.
        """
        asked = urlencode({"To": to, "From": self._told.sender, "PageSize": LISTED})
        return list(self._asked("GET", f"{what}.json", asked).get(what.lower(), []))

    def status(self, what: str, sid: str) -> str:
        """Return how far one message or call came, in the protocol's own word; empty where it has none.

        Raises: NotSentError when the gateway does not say.
        """
        return str(self._asked("GET", f"{what}/{quote(sid, safe='')}.json", "").get("status") or "")

    def _asked(self, method: str, place: str, told: str) -> dict[str, Any]:
        account = quote(self._told.account, safe="")
        url = f"{self._told.base}/2010-04-01/Accounts/{account}/{place}"
        secret = base64.b64encode(f"{self._told.account}:{self._told.token}".encode()).decode()
        headers = {"Authorization": f"Basic {secret}", "Content-Type": _FORM, "Accept": "application/json"}
        if method == "GET":
            status, text = ask("GET", f"{url}?{told}" if told else url, headers=headers)
        else:
            status, text = ask(method, url, body=told.encode(), headers=headers)
        if status not in (200, 201):
            # A refusal is an answer; a breakdown behind the gateway's door is not.
            raise NotSentError(f"the gateway answered {status}", is_doubtful=status >= 500)
        try:
            answer: dict[str, Any] = json.loads(text)
        except ValueError as broken:
            raise NotSentError("the gateway's answer cannot be read", is_doubtful=True) from broken
        return answer
