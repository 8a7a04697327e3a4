"""A telephone gateway that speaks Twilio's REST protocol 2010-04-01, which several providers speak.

Made: ``POST /2010-04-01/Accounts/{account}/Messages.json`` and ``…/Calls.json`` with form fields; asked:
``GET`` on the same addresses by number. Basic authentication; answers are JSON and name what was made by a
``sid``.
"""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote, urlencode

from kap_clinic.config.telephone import Telephone

from .letters import NotSentError
from .outside import ask

LISTED = 50
_FORM = "application/x-www-form-urlencoded"


class Gateway:
    """One account at one gateway."""

    def __init__(self, told: Telephone) -> None:
        """Hold the account and the number we call from."""
        self._told = told

    def make(self, what: str, **fields: str) -> str:
        """Have a message or a call made from our number; return its sid.

        Raises: NotSentError.
        """
        told = self._asked("POST", what, urlencode({"From": self._told.sender, **fields}))
        if "sid" not in told:
            raise NotSentError("the gateway's answer names nothing", is_doubtful=True)
        return str(told["sid"])

    def listed(self, what: str, *, to: str) -> list[dict[str, Any]]:
        """Return the newest messages or calls from our number to this one.

        Raises: NotSentError.
        """
        told = self._asked("GET", what, urlencode({"To": to, "From": self._told.sender, "PageSize": LISTED}))
        return list(told.get(what.lower(), []))

    def _asked(self, method: str, what: str, told: str) -> dict[str, Any]:
        account = quote(self._told.account, safe="")
        url = f"{self._told.base}/2010-04-01/Accounts/{account}/{what}.json"
        secret = base64.b64encode(f"{self._told.account}:{self._told.token}".encode()).decode()
        headers = {"Authorization": f"Basic {secret}", "Content-Type": _FORM, "Accept": "application/json"}
        if method == "GET":
            status, text = ask("GET", f"{url}?{told}", headers=headers)
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
