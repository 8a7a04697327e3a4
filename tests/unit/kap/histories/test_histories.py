"""Entries and chains beyond the spec tables."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.kap.histories.entries import entry

from kap.histories.chain import GENESIS, Head, canonical_text, first_break, link, seal
from kap.histories.entries import Entry
from kap.histories.history import History
from kap.vocabulary.errors import InputError, Refused


def test_the_same_facts_always_give_the_same_text() -> None:
    assert canonical_text({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'


@pytest.mark.parametrize(
    "inexact",
    [Decimal("0.5"), float("nan"), 2**60, {1: "number as a key"}, "\ud800", b"bytes"],
    ids=["decimal", "not a number", "too large", "key", "half a character", "bytes"],
)
def test_what_cannot_be_written_exactly_is_refused(inexact: object) -> None:
    with pytest.raises(InputError, match="cannot write exactly"):
        canonical_text({"value": inexact})


def test_a_link_is_the_same_on_every_machine() -> None:
    assert link(GENESIS, "{}") == "7b29bb6c9c62d68079c56d7d9a7443fd939613f16544ceba869d37f63abdb5e3"
    with pytest.raises(InputError, match="64 lower-case hexadecimal digits"):
        link("ABC", "{}")


def test_a_chain_is_given_so_that_it_can_be_read_twice() -> None:
    rows = [seal("{}", Head())]
    with pytest.raises(InputError, match="not a generator"):
        first_break(row for row in rows)


def test_a_digest_that_is_no_digest_breaks_the_chain_instead_of_the_check() -> None:
    rows = [seal("{}", Head())]
    broken = first_break([replace(rows[0], previous="GENESIS")])
    assert broken is not None
    assert str(broken.reason) == "Row 1 is not what was sealed."


def test_a_break_says_what_was_done() -> None:
    first = seal('{"n":1}', Head())
    rows = [first, seal('{"n":2}', first.head)]
    said = [str(broken.reason) for now in (rows[1:], rows[::-1]) if (broken := first_break(now))]
    assert said == ["Row 1 was removed.", "Row 1 stands where another row was sealed."]


@pytest.mark.parametrize("kind", ["weight", "weight@0", "weight@01", "Weight@1", "@1", "weight@1 "])
def test_an_entry_names_its_kind_and_version(kind: str) -> None:
    with pytest.raises(InputError, match="write its name and version"):
        entry(1, kind=kind)


@pytest.mark.parametrize("content", ["", "[]", "{", '{ "weight": 70 }', '{"b":1,"a":2}', '"weight"'])
def test_an_entry_holds_its_canonical_text_and_nothing_else(content: str) -> None:
    written = entry(1)
    with pytest.raises(InputError, match="canonical text"):
        replace(written, content=content)


def test_changing_a_copy_of_the_facts_changes_no_history() -> None:
    written = entry(1, weight=70, kind="weight@3")
    written.body["weight"] = 71
    assert written.body == {"weight": 70}
    assert (written.name, written.version) == ("weight", 3)


def test_the_sealed_text_holds_everything_that_was_written_down() -> None:
    assert entry(1).text == (
        '{"body":{"weight":70},"by":"nurse-1","happened_at":"2026-11-21T09:00:00+00:00",'
        '"id":"00000000-0000-0000-0000-000000000001","kind":"weight@1",'
        '"recorded_at":"2026-11-21T12:00:00+00:00"}'
    )


def test_a_history_goes_on_from_an_earlier_head() -> None:
    first, rest = History.of([entry(1)]).sealed(), History.of([entry(2)])
    assert first_break([*first, *rest.sealed(first[-1].head)]) is None


def test_other_content_under_a_known_id_is_refused_when_loading_too() -> None:
    entries: list[Entry] = [entry(1, weight=70), entry(1, weight=71)]
    with pytest.raises(Refused):
        History.of(entries)
