"""Tampering with what was sealed.

Every row is sealed together with the row before it. Whoever changes, removes, swaps or slips in a row is
found out, and the first such row is named. A digest kept elsewhere shows a cut-off end and a chain written
anew.
"""

from dataclasses import replace

from tests.cases import cases

from kap.histories.chain import Break, Head, SealedRow, canonical_text, first_break, link, seal


def chain(*texts: str) -> list[SealedRow]:
    rows: list[SealedRow] = []
    for text in texts:
        rows.append(seal(canonical_text({"text": text}), rows[-1].head if rows else Head()))
    return rows


def said(broken: Break | None) -> str | None:
    return None if broken is None else f"{broken.kind.value} {broken.number}"


@cases("""
    what was done to a chain of five          | rows now       | found
    ------------------------------------------+----------------+------------
    nothing                                   | 1, 2, 3, 4, 5  |
    the first removed                         | 2, 3, 4, 5     | removed 1
    one in the middle removed                 | 1, 2, 4, 5     | removed 3
    two in the middle removed                 | 1, 4, 5        | removed 2
    the last removed                          | 1, 2, 3, 4     | removed 5
    all removed                               |                | removed 1
    two neighbors swapped                     | 1, 3, 2, 4, 5  | reordered 2
    two others swapped                        | 4, 2, 3, 1, 5  | reordered 1
    the last two swapped                      | 1, 2, 3, 5, 4  | reordered 4
    one moved to the end                      | 1, 3, 4, 5, 2  | reordered 2
    one written in twice                      | 1, 2, 2, 3, 4, 5 | added 2
    the first written in again                | 1, 1, 2, 3, 4, 5 | added 1
""")
def test_a_removed_swapped_or_repeated_row_is_named(
    rows_now: tuple[int, ...] | None, found: str | None
) -> None:
    whole = chain("one", "two", "three", "four", "five")
    now = [whole[number - 1] for number in rows_now or ()]
    assert said(first_break(now, heads=[whole[-1].head])) == found


@cases("""
    which row's text was changed  | row | found
    ------------------------------+-----+----------
    the first                     |   1 | changed 1
    the middle                    |   3 | changed 3
    the last                      |   5 | changed 5
""")
def test_a_changed_row_is_named(row: int, found: str) -> None:
    rows = chain("one", "two", "three", "four", "five")
    rows[row - 1] = replace(rows[row - 1], text=canonical_text({"text": "another"}))
    assert said(first_break(rows)) == found


def test_two_rows_whose_texts_were_exchanged_are_named_as_reordered() -> None:
    rows = chain("one", "two", "three", "four", "five")
    second, fourth = rows[1], rows[3]
    rows[1], rows[3] = replace(second, text=fourth.text), replace(fourth, text=second.text)
    assert said(first_break(rows)) == "reordered 2"


def test_a_row_changed_together_with_its_seal_is_named_by_the_row_after_it() -> None:
    rows = chain("one", "two", "three", "four", "five")
    text = canonical_text({"text": "another"})
    rows[2] = replace(rows[2], text=text, digest=link(rows[2].previous, text))
    assert said(first_break(rows)) == "changed 3"


def test_a_row_slipped_in_under_a_seal_of_its_own_is_named() -> None:
    rows = chain("one", "two", "three")
    slipped_in = seal(canonical_text({"text": "slipped in"}), rows[1].head)
    assert said(first_break([rows[0], rows[1], slipped_in, rows[2]])) == "added 3"


@cases("""
    what was taken out, and the gap closed        | rows left  | found
    ----------------------------------------------+------------+----------
    the first                                     | 2, 3, 4, 5 | removed 1
    one in the middle: the row before it is named | 1, 2, 4, 5 | changed 2
""")
def test_closing_the_gap_in_the_numbers_hides_nothing(rows_left: tuple[int, ...], found: str) -> None:
    whole = chain("one", "two", "three", "four", "five")
    left = [replace(whole[place - 1], number=number) for number, place in enumerate(rows_left, 1)]
    assert said(first_break(left)) == found


def test_a_row_that_lost_only_its_number_is_named() -> None:
    rows = chain("one", "two", "three")
    rows[1] = replace(rows[1], number=7)
    assert said(first_break(rows)) == "changed 2"


def test_a_chain_written_anew_from_its_start_is_found_by_a_digest_kept_elsewhere() -> None:
    honest, forged = chain("one", "two", "three"), chain("one", "other", "three")
    assert said(first_break(forged)) is None
    assert said(first_break(forged, heads=[honest[0].head, honest[2].head])) == "changed 3"


def test_checking_can_go_on_from_a_head_already_proven() -> None:
    rows = chain("one", "two", "three", "four", "five")
    proven, rest = rows[1].head, rows[2:]
    assert first_break(rest, after=proven, heads=[rows[0].head]) is None
    assert said(first_break(rest[1:], after=proven)) == "removed 3"
    assert said(first_break([rows[2], *rest], after=proven)) == "added 3"
