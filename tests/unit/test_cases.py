"""A spec table that cannot be read fails with its line, and never runs as something else."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from tests.cases import CaseTable, TableError, cases, value_of

from kap.vocabulary.codes import LoincCode
from kap.vocabulary.findings import Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Mass
from kap.vocabulary.quantity import Quantity


@cases("""
    the cell          | number | share | known | on         | at    | verdict | mass  | words
    ------------------+--------+-------+-------+------------+-------+---------+-------+------------
    everything        |     -3 |  0.50 | yes   | 2026-11-21 | 17:27 | hold    | 35 mg | a few words
    nothing recorded  |        |       |       |            |       |         |       |
""")
def test_a_cell_becomes_what_the_test_expects(
    number: int | None,
    share: Decimal | None,
    known: bool | None,
    on: date | None,
    at: time | None,
    verdict: Verdict | None,
    mass: Mass | None,
    words: str | None,
) -> None:
    read = (number, share, known, on, at, verdict, mass, words)
    everything = (
        -3,
        Decimal("0.50"),
        True,
        date(2026, 11, 21),
        time(17, 27),
        Verdict.HOLD,
        Mass.mg(35),
        "a few words",
    )
    assert read in (everything, (None,) * 8)


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("no", bool, False),
        ("a, b", frozenset[str], frozenset({"a", "b"})),
        ("1, 2", tuple[int, ...], (1, 2)),
        ("8480-6", LoincCode, LoincCode("8480-6")),
        ("2026-11-21T12:00:00Z", Instant | None, Instant.parse("2026-11-21T12:00:00Z")),
        ("35 mg", Quantity, Mass.mg(35)),
    ],
)
def test_a_cell_is_read_by_its_annotation(cell: str, kind: Any, value: Any) -> None:
    assert value_of(cell, kind) == value


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("", int),
        ("three", int),
        ("true", bool),
        ("tomorrow", date),
        ("perhaps", Verdict),
        ("35 mL", Mass),
        ("8480-5", LoincCode),
        ("0.5", float),
    ],
)
def test_a_cell_that_is_not_what_the_test_expects_is_refused(cell: str, kind: Any) -> None:
    with pytest.raises(TableError):
        value_of(cell, kind)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("who | age\n----+----", "a header, a ruled line and a row"),
        ("who | age\nAda | 36\nBo | 40", "must be ruled"),
        ("who | age\n----+----\nAda | 36 | yes", "2 columns were announced, 3 found: 'Ada | 36 | yes'"),
        ("who | age\n----+----+---\nAda | 36", "2 columns were announced, 3 found"),
        ("who | age\n----+----\nAda | 36\nAda | 37", "Every story needs its own name; look at 'Ada'"),
        ("who | age\n----+----\n    | 36", "Every story needs its own name; look at ''"),
        ("who | age | age\n----+-----+----\nAda | 36 | 36", "Every column needs its own name"),
    ],
)
def test_a_malformed_table_fails_with_its_line(table: str, says: str) -> None:
    with pytest.raises(TableError) as failed:
        CaseTable.read(table)
    assert says in str(failed.value)


def test_a_table_that_does_not_fit_its_test_fails_with_its_line() -> None:
    def test_of_ages(age: int) -> None: ...

    with pytest.raises(TableError, match="no annotated parameter for the column 'years'"):
        cases("who | years\n----+------\nAda | 36")(test_of_ages)
    with pytest.raises(TableError, match=r"In the line: Ada \| old"):
        cases("who | age\n----+----\nAda | old")(test_of_ages)
