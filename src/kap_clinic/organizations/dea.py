"""The form of a DEA registration number: a typing slip is caught before it reaches a log of drugs."""

from __future__ import annotations

import re

_FORM = re.compile(r"[A-Z][A-Z9]\d{7}")


def tidied(text: str) -> str:
    """Return the number as it is written on the certificate: no spaces, capitals."""
    return "".join(text.split()).upper()


def is_dea_registration(text: str) -> bool:
    """Say whether the number has two letters, seven digits, and the last digit its check gives.

    The second letter may be a 9, where a business registers under its address.
    Source: 21 CFR 1301 registration numbers as issued by the Drug Enforcement Administration; check digit:
    the sum of digits 1, 3, 5 and twice the sum of digits 2, 4, 6 ends in digit 7.

    >>> is_dea_registration("AB1234563"), is_dea_registration("AB1234564")
    (True, False)
    """
    if not _FORM.fullmatch(text):
        return False
    one, two, three, four, five, six, check = (int(digit) for digit in text[2:])
    return (one + three + five + 2 * (two + four + six)) % 10 == check
