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
    Source: the form and check digit of DEA numbers as set out at http://www.takerx.com/verify.html (worked
    example AP5836727), read 2026-11-21: digits 1, 3, 5 and twice digits 2, 4, 6 sum to a number that ends in
    digit 7. It shows a slip of the pen; whether a number was issued only the agency can say.

    >>> is_dea_registration("AP5836727"), is_dea_registration("AP5836728")
    (True, False)
    """
    if not _FORM.fullmatch(text):
        return False
    one, two, three, four, five, six, check = (int(digit) for digit in text[2:])
    return (one + three + five + 2 * (two + four + six)) % 10 == check
