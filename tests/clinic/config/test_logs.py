"""No log line holds a person: not in a query string, not in an address, not in the words of an error."""

from __future__ import annotations

import logging
import sys

from kap_clinic.config.logs import LineWithoutPeople

# Kept away from the lines that raise: a trace quotes the code, which is not a person's.
SAID = "duplicate key\nDETAIL: Key (name)=(Ana Keller) exists."


def _line(message: str, *arguments: object, with_error: bool = False) -> str:
    record = logging.LogRecord("kap", logging.ERROR, "file.py", 1, message, arguments, None)
    if with_error:
        record.exc_info = sys.exc_info()
    return LineWithoutPeople().format(record)


def test_a_query_string_and_an_address_are_struck_out():
    line = _line("GET %s for %s", "/people/?q=ana+keller", "ana.keller@example.org")
    assert line.endswith("GET /people/?[query] for [address]")


def test_a_token_that_opens_something_is_struck_out_and_an_id_is_kept():
    token, id = "a1" * 32, "01932b1e-7c5a-7000-8000-1f2e3d4c5b6a"
    line = _line("Internal Server Error: /account/invitation/%s/%s/", id, token)
    assert line.endswith(f"/account/invitation/{id}/[token]/")
    assert _line("at /demo/%s", "QeV5-hw_" * 4).endswith("/demo/[token]")


def test_an_error_leaves_its_place_and_kind_and_none_of_its_words():
    try:
        raise ValueError(SAID)
    except ValueError:
        line = _line("it failed", with_error=True)
    assert "Ana" not in line
    assert "DETAIL" not in line
    assert line.endswith("ValueError")
    assert "test_logs.py" in line


def test_an_error_behind_an_error_is_not_quoted_either():
    try:
        try:
            raise KeyError(SAID)
        except KeyError as first:
            raise RuntimeError(SAID) from first
    except RuntimeError:
        line = _line("it failed", with_error=True)
    assert "Ana" not in line
