"""How a declaration names items: `1-9`, or `3, 5, 10-14`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kap.vocabulary.declared import Declared


def ids_in(part: Declared) -> tuple[str, ...]:
    """The ids a text names, ranges written out: `3, 5-7` is 3, 5, 6 and 7.

    Raises: DeclarationError when a range runs backwards.
    """
    return tuple(_written_out(part, part.text()))


def ids_of(part: Declared, known: Collection[str]) -> tuple[str, ...]:
    """The ids a text or a list names, each of which must be known.

    Raises: DeclarationError for an id nobody declared.
    """
    ids = tuple(name for member in part.listed() for name in ids_in(member))
    for name in ids:
        if name not in known:
            raise part.wrong(f"there is no {name!r}; known are {', '.join(sorted(known, key=_in_order))}.")
    return ids


def _written_out(part: Declared, text: str) -> Iterator[str]:
    for piece in text.split(","):
        first, dash, last = piece.strip().partition("-")
        if not (dash and first.isdecimal() and last.isdecimal()):
            yield piece.strip()
        elif int(first) > int(last):
            raise part.wrong(f"{piece.strip()!r} runs backwards.")
        else:
            yield from (str(number) for number in range(int(first), int(last) + 1))


def _in_order(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isdecimal() else (10**6, name)
