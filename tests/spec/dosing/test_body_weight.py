"""The body weight a dose is reckoned on.

A weighing counts for 30 days. One more than 10 % off the one before it is questioned, and a slip between pounds
and kilograms is named. Ideal and adjusted weights need a height and one of two formulas, and never exceed what
the scale said.
"""

from datetime import timedelta
from decimal import Decimal

from tests.cases import cases
from tests.spec.dosing.asking import LIMITS, TODAY, proposed, said

from kap.dosing.proposals import DoseAsked
from kap.dosing.weights import Basis, Body, Formula, Weighing, dosing_weight, questioned_weight
from kap.vocabulary.findings import Finding
from kap.vocabulary.lengths import Length
from kap.vocabulary.quantities import DosePerWeight, Mass
from kap.vocabulary.routes import Drug, Route

WEIGHTS = LIMITS.weights


@cases("""
    the newest weighing                  | before | weight      | days_ago | answer
    -------------------------------------+--------+-------------+----------+-----------------------------------
    today, the first ever                |        | 70 kg       |        0 |
    30 days ago                          |        | 70 kg       |       30 |
    31 days ago                          |        | 70 kg       |       31 | counts for 30 d
    dated tomorrow                       |        | 70 kg       |       -1 | counts for 30 d
    just 10 % more                       | 70 kg  | 77 kg       |        0 |
    a little above 10 % more             | 70 kg  | 77.1 kg     |        0 | more than 10 % off
    just 10 % less                       | 70 kg  | 63 kg       |        0 |
    a little below 10 % less             | 70 kg  | 62.9 kg     |        0 | more than 10 % off
    pounds written as kilograms          | 70 kg  | 154 kg      |        0 | pounds written as kilograms
    kilograms written as pounds          | 70 kg  | 70 [lb_av]  |        0 | kilograms written as pounds
    pounds, as pounds                    | 70 kg  | 154 [lb_av] |        0 |
    nobody was weighed                   |        |             |          |
""")
def test_a_weight_is_questioned_when_old_or_far_off(
    before: Mass | None, weight: Mass | None, days_ago: int | None, answer: str | None
) -> None:
    earlier = () if before is None else (Weighing(before, TODAY - timedelta(days=14)),)
    newest = () if weight is None else (Weighing(weight, TODAY - timedelta(days=days_ago or 0)),)
    found = questioned_weight(Body(weighings=(*earlier, *newest)), TODAY, WEIGHTS)
    assert [said(finding) for finding in found] == ["unknown: remeasure"] * bool(answer)
    assert not answer or answer in str(found[0].because.reason)


def test_weighing_again_settles_the_question() -> None:
    weighings = tuple(Weighing(Mass.kg(number), TODAY) for number in (70, 80, 79))
    assert questioned_weight(Body(weighings=weighings), TODAY, WEIGHTS) == ()


@cases("""
    who                                  | weight  | height      | formula | basis    | counts
    -------------------------------------+---------+-------------+---------+----------+----------
    on the scale                         | 110 kg  | 170 cm      | female  | actual   | 110 kg
    on the scale, no height              | 110 kg  |             |         | actual   | 110 kg
    ideal, female formula                | 110 kg  | 170 cm      | female  | ideal    | 61.34 kg
    ideal, male formula                  | 110 kg  | 170 cm      | male    | ideal    | 65.84 kg
    ideal, in inches                     | 110 kg  | 70 [in_i]   | male    | ideal    | 72.86 kg
    ideal, just where the formula begins | 110 kg  | 152.4 cm    | male    | ideal    | 50 kg
    ideal, below where it begins         | 110 kg  | 152.3 cm    | male    | ideal    |
    ideal, lighter than that             | 48 kg   | 170 cm      | female  | ideal    | 48 kg
    adjusted                             | 110 kg  | 170 cm      | female  | adjusted | 80.804 kg
    adjusted, lighter than ideal         | 48 kg   | 170 cm      | female  | adjusted | 48 kg
    adjusted, no height                  | 110 kg  |             | female  | adjusted |
    adjusted, no formula chosen          | 110 kg  | 170 cm      |         | adjusted |
    nobody was weighed                   |         | 170 cm      | female  | ideal    |
""")
def test_the_weight_that_counts(
    weight: Mass | None, height: Length | None, formula: Formula | None, basis: Basis, counts: Mass | None
) -> None:
    weighings = () if weight is None else (Weighing(weight, TODAY),)
    found = dosing_weight(Body(weighings=weighings, height=height, formula=formula), basis, WEIGHTS)
    assert (said(found) if isinstance(found, Finding) else found) == (counts or "unknown: fact")


def test_a_dose_on_an_ideal_weight_says_so_and_its_limits_follow_it() -> None:
    body = Body(weighings=(Weighing(Mass.kg(110), TODAY),), height=Length.cm(170), formula=Formula.FEMALE)
    dose = DoseAsked(
        drug=Drug.KETAMINE, route=Route.IV, amount=DosePerWeight.mg_per_kg("1.1"), basis=Basis.IDEAL
    )
    proposal = proposed(dose, body)
    assert str(proposal.steps[0].what) == "1.1 mg/kg for 61.34 kg (ideal weight)"
    assert proposal.dose == Mass.mg(61)
    assert proposal.steps[1].comes_to.in_unit("mg") == Decimal("61.34")


def test_a_questioned_weight_holds_the_dose_back() -> None:
    body = Body(weighings=(Weighing(Mass.kg(70), TODAY), Weighing(Mass.kg(154), TODAY)))
    dose = DoseAsked(drug=Drug.KETAMINE, route=Route.IV, amount=DosePerWeight.mg_per_kg("0.5"))
    assert proposed(dose, body).dose is None
