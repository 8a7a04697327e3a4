"""Aneurysm and arteriovenous malformation.

Any entry excludes, present, past or repaired. A no from the person counts for 365 days. Without any entry
and without a no, the answer is unknown: a silent record is no denial. The medical director may override.
"""

from tests.cases import cases
from tests.spec.screening.people import entry, finding, no, said, told

from kap.vocabulary.facts import Course


@cases("""
    what is recorded                           | entry    | course         | no_ago | answer
    -------------------------------------------+----------+----------------+--------+---------------
    an aneurysm, present                       | aneurysm | active         |        | stop: override
    an aneurysm, repaired long ago             | aneurysm | past           |        | stop: override
    a malformation, present                    | avm      | active         |        | stop: override
    a malformation, past                       | avm      | past           |        | stop: override
    recorded, though the person says no        | aneurysm | active         |      0 | stop: override
    a suspected aneurysm                       | aneurysm | suspected      |        | unknown: fact
    a suspected aneurysm, though they say no   | aneurysm | suspected      |      0 | unknown: fact
    an aneurysm of a parent, nobody asked      | aneurysm | family         |        | unknown: fact
    an aneurysm of a parent, they say no       | aneurysm | family         |      0 | proceed
    an aneurysm of a cousin, they say no       | aneurysm | distant-family |      0 | proceed
    nothing recorded, said no today            |          |                |      0 | proceed
    nothing recorded, said no 365 days ago     |          |                |    365 | proceed
    nothing recorded, said no 366 days ago     |          |                |    366 | unknown: fact
    nothing recorded, the no is dated tomorrow |          |                |     -1 | unknown: fact
    nothing recorded, nobody asked             |          |                |        | unknown: fact
""")
def test_any_history_of_an_aneurysm_or_malformation_excludes(
    entry: str | None,
    course: str | None,
    no_ago: int | None,
    answer: str,
) -> None:
    facts = [
        told(entry, course),
        no("aneurysm", no_ago),
        no("avm", no_ago),
    ]
    assert said(finding("aneurysm-avm", facts)) == answer


def test_a_no_to_only_one_of_the_two_is_not_enough() -> None:
    assert finding("aneurysm-avm", [no("aneurysm", 0)]).verdict.value == "unknown"


def test_a_no_without_a_date_does_not_count() -> None:
    undated = [entry("aneurysm", Course.DENIED, ago=None), entry("avm", Course.DENIED, ago=None)]
    assert finding("aneurysm-avm", undated).verdict.value == "unknown"
