"""The empty file a site fills in with its own licensed words: every item, and every answer that is ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from kap.instruments.definition import Instrument, Item
from kap.instruments.site import tables_read_by
from kap.instruments.wording import numbers_of
from kap.vocabulary.decimals import plain


def wording_skeleton(definition: Instrument, language: str) -> str:
    """The file of an instrument's words in one language, with every text still empty."""
    return "\n".join(
        [
            f"# {definition.about.title} ({definition.key})",
            "# Write each text between its quotation marks, word for word as in your licensed copy.",
            "# Answers left empty are shown as bare numbers; every item needs its text.",
            f"language: {language}",
            'stem: ""',
            'recall: ""',
            *_answers(definition),
            "items:",
            *(f'  {item.id}: ""{_printed(item)}' for item in definition.items),
            "",
        ]
    )


def tables_skeleton(definition: Instrument) -> str:
    """The file of an instrument's T-scores, by raw sum; empty where it reads no table."""
    scales = sorted(tables_read_by(definition))
    if not scales:
        return ""
    head = [
        f"# {definition.about.title} ({definition.key}): T-scores by raw sum, from the holder's own table.",
        "# Write one pair for each raw sum, such as 4: 40.3",
    ]
    return "\n".join([*head, *(line for scale in scales for line in (f"{scale}:", "  # 4: 40.3")), ""])


def _answers(definition: Instrument) -> list[str]:
    groups = [
        (numbers, list(items))
        for numbers, items in groupby(definition.items, key=lambda item: numbers_of(item.kind))
        if numbers
    ]
    lines = [
        f"  {', '.join(_runs([item.id for item in items]))}: {{{', '.join(_blank(numbers))}}}"
        for numbers, items in groups
    ]
    return ["answers:", *lines] if lines else []


def _blank(numbers: Sequence[Decimal]) -> list[str]:
    return [f'{plain(number)}: ""' for number in numbers]


def _runs(ids: Sequence[str]) -> Iterator[str]:
    """Names ids as a declaration does: `1-28, b`."""
    first = last = ""
    for name in (*ids, ""):
        if last.isdecimal() and name.isdecimal() and int(name) == int(last) + 1:
            last = name
            continue
        if first:
            yield first if first == last else f"{first}-{last}"
        first = last = name


def _printed(item: Item) -> str:
    return f"  # printed as {item.label}" if item.label else ""
