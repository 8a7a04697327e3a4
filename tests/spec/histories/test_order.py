"""Order of what happened.

Entries are read in the order things happened, whenever they were written down; between two at the same
instant the id decides, so that every reader tells the same story.
"""

from functools import reduce

from tests.cases import cases
from tests.unit.kap.histories.entries import entry

from kap.histories.entries import Entry
from kap.histories.history import History, replay


@cases("""
    how they arrived                       | arrived          | read
    ---------------------------------------+------------------+----------------
    in order                               | 1@9, 2@10, 3@11  | 1@9, 2@10, 3@11
    the first arrived last                 | 2@10, 3@11, 1@9  | 1@9, 2@10, 3@11
    two at the same minute, in order       | 1@9, 2@9         | 1@9, 2@9
    two at the same minute, the other way  | 2@9, 1@9         | 1@9, 2@9
    a greater id that happened first       | 1@10, 2@9        | 2@9, 1@10
    sent twice, kept once                  | 1@9, 2@10, 1@9   | 1@9, 2@10
""")
def test_a_history_reads_as_it_happened_however_it_arrived(
    arrived: tuple[str, ...], read: tuple[str, ...]
) -> None:
    history = History.of(_entry(written) for written in arrived)
    assert [_written(each) for each in history.as_it_happened()] == list(read)


@cases("""
    how they arrived                 | arrived                | last_weight
    ---------------------------------+------------------------+------------
    nothing was recorded             |                        |
    in order                         | 1@9 70, 2@10 71        | 71
    a late entry takes its own place | 2@10 71, 1@9 70        | 71
    a late entry that happened last  | 1@9 70, 3@11 72, 2@10 71 | 72
""")
def test_a_late_entry_changes_the_present_only_if_it_happened_last(
    arrived: tuple[str, ...] | None, last_weight: int | None
) -> None:
    entries = [_entry(*written.split()) for written in arrived or ()]
    history = reduce(History.with_entry, entries, History())
    assert replay(history.entries, _weight_after, None) == last_weight


def _weight_after(_: int | None, each: Entry) -> int | None:
    return int(each.body["weight"])


def _entry(written: str, weight: str = "70") -> Entry:
    number, hour = written.split("@")
    return entry(int(number), hour=int(hour), weight=int(weight))


def _written(each: Entry) -> str:
    return f"{each.id.int}@{each.happened_at.at.hour}"
