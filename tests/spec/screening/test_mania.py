"""Mania.

A manic, hypomanic or mixed episode excludes while it is present. What is over does not count, and does not
say either that all is quiet now: that is asked, and the no counts for 30 days.
"""

from tests.cases import cases
from tests.spec.screening.people import finding, no, said, told


@cases("""
    what is recorded                                | entry   | course    | no_ago | answer
    ------------------------------------------------+---------+-----------+--------+---------------
    mania, present                                  | mania   | active    |        | stop: override
    mania, present, though the person says no       | mania   | active    |      0 | stop: override
    mania, resolved, nobody asked                   | mania   | past      |        | unknown: fact
    mania, resolved, said no                        | mania   | past      |      0 | proceed
    the person tells of signs of it                 | mania   | suspected |        | unknown: fact
    provisional mania, though they say no           | mania   | suspected |      0 | unknown: fact
    bipolar disorder, recently depressed, not asked | bipolar | active    |        | unknown: fact
    bipolar disorder, recently depressed, said no   | bipolar | active    |      0 | proceed
    a brother's mania, said no                      | mania   | family    |      0 | proceed
    nothing recorded, said no 30 days ago           |         |           |     30 | proceed
    nothing recorded, said no 31 days ago           |         |           |     31 | unknown: fact
    nothing recorded, nobody asked                  |         |           |        | unknown: fact
""")
def test_mania_excludes_while_it_is_present(
    entry: str | None,
    course: str | None,
    no_ago: int | None,
    answer: str,
) -> None:
    facts = [told(entry, course), no("mania", no_ago)]
    assert said(finding("mania", facts)) == answer
