"""Log lines without people: no query string, no form value, no e-mail address reaches a log."""

import logging
import re
import traceback
from typing import Any

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_QUERY = re.compile(r"\?[^\s\"']*")


class LineWithoutPeople(logging.Formatter):
    """One line: time, level, logger, message; addresses and query strings are struck out."""

    def __init__(self) -> None:
        """Use one shape for every line."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with what could name a person struck out."""
        return _ADDRESS.sub("[address]", _QUERY.sub("?[query]", super().format(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- django insists
        """Return where it happened and what kind of error it was; its own words may quote a value."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")
