"""Histories: the story does not depend on who arrived first, and no tampering goes unseen."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.kap.histories.entries import entry

from kap.histories.chain import BreakKind, Head, SealedRow, canonical_text, first_break, seal
from kap.histories.entries import Entry
from kap.histories.history import History, replay

ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(1, 10_000),
        hour=st.integers(0, 23),
        recorded_hour=st.integers(0, 23),
        weight=st.integers(40, 150),
    ),
    unique_by=lambda each: each.id,
    max_size=12,
)


@given(ENTRIES.flatmap(lambda entries: st.tuples(st.just(entries), st.permutations(entries))))
def test_the_order_of_arrival_never_changes_the_present(arrivals: tuple[list[Entry], list[Entry]]) -> None:
    first, second = (History.of(each) for each in arrivals)
    assert first.as_it_happened() == second.as_it_happened()
    assert replay(first.entries, _story, ()) == replay(second.entries, _story, ())


@given(ENTRIES)
def test_no_entry_is_read_before_one_that_happened_earlier(entries: list[Entry]) -> None:
    read = History.of(entries).as_it_happened()
    assert all(
        (one.happened_at, one.id) < (next_one.happened_at, next_one.id) for one, next_one in pairwise(read)
    )


@given(ENTRIES, st.data())
def test_sending_any_entry_again_changes_nothing(entries: list[Entry], data: st.DataObject) -> None:
    history = History.of(entries)
    for again in data.draw(st.lists(st.sampled_from(entries))) if entries else []:
        assert history.with_entry(again) is history
    assert History.of([*entries, *entries]) == history


@given(ENTRIES)
def test_a_sealed_history_holds(entries: list[Entry]) -> None:
    rows = History.of(entries).sealed()
    heads = [row.head for row in rows]
    assert first_break(rows, heads=heads) is None
    assert all(first_break(rows[head.number :], after=head) is None for head in heads)


@st.composite
def _chains(draw: st.DrawFn, at_least: int = 1) -> list[SealedRow]:
    rows: list[SealedRow] = []
    for text in draw(st.lists(st.text(max_size=20), min_size=at_least, max_size=8, unique=True)):
        rows.append(seal(canonical_text({"text": text}), rows[-1].head if rows else Head()))
    return rows


@given(_chains(), st.data())
def test_any_single_changed_bit_is_found_and_its_row_named(
    rows: list[SealedRow], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    row, column = rows[place], data.draw(st.sampled_from(["previous", "text", "digest"]))
    changed = _one_bit_changed(getattr(row, column), data)
    broken = first_break([*rows[:place], replace(row, **{column: changed}), *rows[place + 1 :]])
    assert broken is not None
    assert (broken.kind, broken.number) == (BreakKind.CHANGED, place + 1)


@given(_chains(), st.data())
def test_any_removed_stretch_is_found_and_its_first_row_named(
    rows: list[SealedRow], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(rows) - 1))
    end = data.draw(st.integers(start + 1, len(rows)))
    broken = first_break([*rows[:start], *rows[end:]], heads=[rows[-1].head])
    assert broken is not None
    assert (broken.kind, broken.number) == (BreakKind.REMOVED, start + 1)


@given(_chains(at_least=2), st.data())
def test_any_two_swapped_rows_are_found_and_the_first_named(
    rows: list[SealedRow], data: st.DataObject
) -> None:
    one, other = sorted(
        data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=2, max_size=2, unique=True))
    )
    swapped = list(rows)
    swapped[one], swapped[other] = rows[other], rows[one]
    renumbered = [replace(row, number=number) for number, row in enumerate(swapped, 1)]
    for now in (swapped, renumbered):
        broken = first_break(now)
        assert broken is not None
        assert (broken.kind, broken.number) == (BreakKind.REORDERED, one + 1)


@given(_chains(), st.data())
def test_no_row_slips_in_unseen(rows: list[SealedRow], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    before = rows[place - 1].head if place else Head()
    slipped_in = seal(canonical_text({"slipped": "in"}), before)
    assume(slipped_in.digest != rows[place].digest)
    broken = first_break([*rows[:place], slipped_in, *rows[place:]])
    assert broken is not None
    assert (broken.kind, broken.number) == (BreakKind.ADDED, place + 1)


def _one_bit_changed(text: str, data: st.DataObject) -> str:
    place = data.draw(st.integers(0, len(text) - 1))
    bit = 1 << data.draw(st.integers(0, 6))
    return text[:place] + chr(ord(text[place]) ^ bit) + text[place + 1 :]


def _story(so_far: tuple[int, ...], each: Entry) -> tuple[int, ...]:
    return (*so_far, each.body["weight"])
