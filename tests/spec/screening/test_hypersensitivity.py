"""Allergy to ketamine or esketamine.

An allergy to either excludes both, whatever its severity and however long ago. A reaction that was not
called an allergy, or an unnamed anesthetic, only asks what it was. A no counts for 365 days; so does
"no known allergy" where no such question is open.
"""

from tests.cases import cases
from tests.spec.screening.people import finding, no, said, told


@cases("""
    what is recorded               | entry                | course    | no_ago | none_ago | answer
    -------------------------------+----------------------+-----------+--------+----------+---------------
    an allergy to ketamine         | allergy:ketamine     | active    |        |          | stop: override
    an allergy to esketamine       | allergy:esketamine   | active    |        |          | stop: override
    an allergy called resolved     | allergy:ketamine     | past      |        |          | stop: override
    an allergy, they say no        | allergy:ketamine     | active    |      0 |        0 | stop: override
    an unconfirmed allergy         | allergy:ketamine     | suspected |        |          | unknown: fact
    unconfirmed, they say no       | allergy:ketamine     | suspected |      0 |        0 | unknown: fact
    an intolerance to ketamine     | intolerance:ketamine | active    |      0 |        0 | unknown: fact
    an unnamed anesthetic          | allergy:anesthetic   | suspected |        |          | unknown: fact
    unnamed anesthetic, "none"     | allergy:anesthetic   | suspected |        |        0 | unknown: fact
    unnamed anesthetic, not this   | allergy:anesthetic   | suspected |      0 |          | proceed
    penicillin, nobody asked       | allergy:penicillin   | active    |        |          | unknown: fact
    penicillin, said no            | allergy:penicillin   | active    |      0 |          | proceed
    no known allergy, today        |                      |           |        |        0 | proceed
    no known allergy, 366 days ago |                      |           |        |      366 | unknown: fact
    said no 365 days ago           |                      |           |    365 |          | proceed
    said no 366 days ago           |                      |           |    366 |          | unknown: fact
    nothing recorded, nobody asked |                      |           |        |          | unknown: fact
""")
def test_any_allergy_to_either_drug_excludes(
    entry: str | None,
    course: str | None,
    no_ago: int | None,
    none_ago: int | None,
    answer: str,
) -> None:
    facts = [
        told(entry, course),
        no("allergy:ketamine", no_ago),
        no("allergy:any", none_ago),
    ]
    assert said(finding("hypersensitivity", facts)) == answer
