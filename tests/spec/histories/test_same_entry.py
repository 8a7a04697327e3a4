"""The same entry twice.

Whoever writes a fact first gives it its id. The same id with the same content is the same entry, sent again;
with other content it is refused, and a correction is written instead.
"""

import pytest
from tests.cases import cases
from tests.unit.kap.histories.entries import entry

from kap.histories.history import History
from kap.vocabulary.errors import Refused

FIRST = entry(1, hour=9, weight=70)


@cases("""
    what came again               | number | hour | recorded | weight | by      | entries
    ------------------------------+--------+------+----------+--------+---------+--------
    exactly the same              |      1 |    9 |       12 |     70 | nurse-1 | 1
    the same, sent later          |      1 |    9 |       13 |     70 | nurse-1 | 1
    another id                    |      2 |    9 |       12 |     70 | nurse-1 | 2
    the same id, another weight   |      1 |    9 |       12 |     71 | nurse-1 |
    the same id, another time     |      1 |   10 |       12 |     70 | nurse-1 |
    the same id, another person   |      1 |    9 |       12 |     70 | nurse-2 |
""")
def test_an_id_stands_for_one_content_only(
    number: int, hour: int, recorded: int, weight: int, by: str, entries: int | None
) -> None:
    again = entry(number, hour=hour, recorded_hour=recorded, weight=weight, by=by)
    if entries is None:
        with pytest.raises(Refused, match="add a correction under a new id"):
            History().with_entry(FIRST).with_entry(again)
    else:
        assert len(History().with_entry(FIRST).with_entry(again).entries) == entries
