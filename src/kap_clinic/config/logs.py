"""Log lines without people: no query string, form value, e-mail address or link's token reaches a log."""

import logging
import re
import traceback
from typing import Any

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_QUERY = re.compile(r"\?[^\s\"']*")
# What opens a one-time link; an id in an address is kept, for it opens nothing by itself.
_TOKEN = re.compile(r"(?<=/)(?![0-9a-f]{8}-[0-9a-f]{4}-)[\w-]{32,}")


class LineWithoutPeople(logging.Formatter):
    """One line: time, level, logger, message; addresses and query strings are struck out."""

    def __init__(self) -> None:
        """Use one shape for every line."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with what could name a person struck out."""
        line = _QUERY.sub("?[query]", super().format(record))
        return _TOKEN.sub("[token]", _ADDRESS.sub("[address]", line))

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- django insists
        """Return where it happened and what kind of error it was; its own words may quote a value."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")
