"""A declaration file is read part by part; what is written wrongly is refused with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest

from kap.vocabulary.declared import Declared, declared, declared_elsewhere
from kap.vocabulary.declared_sources import cited, refuse_uncited, sources_from
from kap.vocabulary.errors import DeclarationError
from kap.vocabulary.sources import Source, UnverifiedSource

WHOLE = """\
title: A  protocol
  of two lines
doses: 6
reference: 0.50
repeats: no
since: 2026-11-21
pace: slow
days: [1, 3]
named: {one: 1, two: 2}
ours: ref:abc
"""

SOURCES = """\
read:
  citation: A paper
  address: https://example.org
  read_on: 2026-11-21
  taken: one number
  checked_by: a clinician
stated: {unverified: "own, stated", stated_on: 2026-11-21}
"""


class Pace(Enum):
    SLOW = "slow"
    FAST = "fast"


def _worded() -> None:
    raise DeclarationError("worded.")


def _uncited(text: str) -> None:
    refuse_uncited(declared("f", text), declared("f", "{stated: 1, read: 2}"))


def part(name: str) -> Declared:
    return declared("plan.yaml", WHOLE).parts_of(name)[name]


def test_each_kind_of_value_is_read_as_it_was_written() -> None:
    assert part("title").text() == "A protocol of two lines"
    assert part("doses").whole() == 6
    assert str(part("reference").number()) == "0.50"
    assert part("repeats").flag() is False
    assert part("since").day() == date(2026, 11, 21)
    assert part("pace").one_of(Pace) is Pace.SLOW
    assert [day.number() for day in part("days").listed()] == [Decimal(1), Decimal(3)]
    assert [only.text() for only in part("pace").listed()] == ["slow"]
    assert {name: number.whole() for name, number in part("named").named().items()} == {"one": 1, "two": 2}
    assert part("named").parts(needed=("one",), optional=("two", "three")).keys() == {"one", "two"}
    assert part("ours").shortened("ref:").text() == "abc"


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: part("days").text(), "plan.yaml, line 8: expected a text."),
        (lambda: part("pace").number(), "plan.yaml, line 7: 'slow' is not a plain number"),
        (lambda: part("reference").whole(), "line 4: expected a whole number, found '0.50'."),
        (lambda: part("pace").flag(), "line 7: expected yes or no, found 'slow'."),
        (lambda: part("doses").day(), "line 3: expected a date like 2026-11-21, found '6'."),
        (lambda: part("doses").one_of(Pace), "line 3: expected one of 'slow', 'fast', found '6'."),
        (lambda: part("doses").named(), "line 3: expected named parts: write {name: value}."),
        (
            lambda: part("doses").parts(optional=("one",)),
            "line 3: expected named parts: write {name: value}.",
        ),
        (lambda: part("doses").parts(needed=("one", "two")), "parts: write {one: …, two: …}."),
        (lambda: part("doses").made(part("pace").number), "plan.yaml, line 7: 'slow' is not a plain number"),
        (lambda: part("doses").made(_worded), "plan.yaml, line 3: worded."),
        (lambda: _uncited("read: 1\nsource: read"), "f, line 1: nothing cites the source 'stated':"),
        (lambda: part("named").parts(needed=("one",)), "line 9: 'two' is not known here; known are one."),
        (lambda: part("named").parts_of("one", "four"), "line 9: four must be given."),
        (lambda: declared("twice.yaml", "a: 1\na: 2").named(), "twice.yaml, line 2: 'a' is written twice."),
        (lambda: declared("empty.yaml", "# nothing\n"), "empty.yaml, line 1: the file is empty."),
        (lambda: declared("bad.yaml", "a: [1"), "bad.yaml, line 2: this is not YAML"),
    ],
)
def test_what_is_written_wrongly_is_refused_with_its_line(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        ask()
    assert sentence in str(refused.value)


def test_a_source_that_was_read_and_one_that_was_only_stated_are_told_apart() -> None:
    sources = sources_from(declared("plan.yaml", SOURCES))
    kinds = {name: (type(source), source.verified) for name, source in sources.items()}
    assert kinds == {"read": (Source, True), "stated": (UnverifiedSource, False)}
    assert cited(declared("plan.yaml", "read"), sources) is sources["read"]


def test_a_source_may_be_cited_anywhere_below() -> None:
    for text in (
        "a: [{source: stated}, {b: {wording_source: read}}]",
        "[source, {source: [read], wording_source: stated}, {source: read}]",
    ):
        _uncited(text)


def test_a_source_nobody_listed_is_refused() -> None:
    with pytest.raises(DeclarationError, match="the source 'nobody' is not among the sources of this file"):
        cited(declared("plan.yaml", "nobody"), {})


def test_a_file_from_outside_that_could_bring_the_house_down_is_refused() -> None:
    for text, sentence in (
        ("a: 1", None),
        ("[" * 60_000, "f, line 1: this is nested too deep."),
        ("\n" + "- " * 30_000, "f, line 2: this is nested too deep."),
        ("x" * 200_001, "f: the file is longer than 200000 characters; give one form a file."),
        ("a: \x00", "f, line 1: this is not YAML: it holds a character that no text file holds."),
        ("a: [", "f, line 2: this is not YAML: did not find expected node content."),
        ("", "f, line 1: the file is empty."),
    ):
        assert _said(text) == sentence


def _said(text: str) -> str | None:
    try:
        declared_elsewhere("f", text)
    except DeclarationError as wrong:
        return str(wrong)
    return None
