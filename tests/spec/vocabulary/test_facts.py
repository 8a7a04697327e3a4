"""Facts.

A rule sees what is known, how well, and who said so. Missing is not zero and not no; doubtful is not known.
"""

from tests.cases import cases

from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Fact, FactStatus


@cases("""
    what was written     | value | unit   | status    | told by | known | words
    ---------------------+-------+--------+-----------+---------+-------+-----------------------------------
    measured by a device | 118   | mm[Hg] | recorded  | cuff 3  | yes   | 118 mm[Hg] (recorded, from cuff 3)
    checked by a nurse   | 118   | mm[Hg] | confirmed | nurse   | yes   | 118 mm[Hg] (confirmed, from nurse)
    two that disagree    | 118   | mm[Hg] | doubtful  | cuff 3  | no    | 118 mm[Hg] (doubtful, from cuff 3)
    zero is a value      | 0     | 1      | recorded  | client  | yes   | 0 (recorded, from client)
    nobody measured      |       |        | missing   |         | no    | not recorded
""")
def test_a_rule_relies_only_on_what_is_known(
    value: int | None, unit: UcumUnit | None, status: FactStatus, told_by: str | None, known: bool, words: str
) -> None:
    fact = Fact(what="systolic", value=value, unit=unit, status=status, came_from=told_by or "")
    assert fact.is_known is known
    assert str(fact.in_words()) == f"systolic: {words}"
