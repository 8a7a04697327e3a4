"""The dose of a session.

A dose by weight is reckoned exactly, brought under every limit of its route, and rounded down to what can be
given. The limits bind the session's total. Where a limit made it less, the steps say which. A dose is proposed
within limits; only a prescriber orders.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.dosing.asking import LIMITS, NOW, TODAY, asked, proposed, said, weighed

from kap.dosing.caps import Tightening
from kap.dosing.proposals import Before, DoseAsked, propose
from kap.vocabulary.quantities import DosePerWeight, Mass
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sentences import sentence


@cases("""
    who and how                            | route | asked      | weight | first | dose    | capped
    ---------------------------------------+-------+------------+--------+-------+---------+-------
    the usual infusion                     | iv    | 0.5 mg/kg  | 70 kg  | no    | 35 mg   | no
    weighed in pounds                      | iv    | 0.5 mg/kg  | 154 [lb_av] | no | 34.5 mg | no
    rounded down, never up                 | iv    | 0.5 mg/kg  | 71.9 kg | no   | 35.5 mg | no
    just at the limit by weight            | iv    | 1 mg/kg    | 70 kg  | no    | 70 mg   | no
    above the limit by weight              | iv    | 1.01 mg/kg | 70 kg  | no    | 70 mg   | yes
    just at the limit in milligrams        | iv    | 1 mg/kg    | 100 kg | no    | 100 mg  | no
    above the limit in milligrams          | iv    | 1 mg/kg    | 120 kg | no    | 100 mg  | yes
    asked in milligrams                    | iv    | 40 mg      | 70 kg  | no    | 40 mg   | no
    asked in milligrams, above the weight  | iv    | 60 mg      | 50 kg  | no    | 50 mg   | yes
    into the muscle                        | im    | 1.5 mg/kg  | 100 kg | no    | 150 mg  | no
    into the muscle, above                 | im    | 1.51 mg/kg | 90 kg  | no    | 135 mg  | yes
    into the muscle, heavy                 | im    | 1.5 mg/kg  | 101 kg | no    | 150 mg  | yes
    the first into the muscle              | im    | 0.75 mg/kg | 80 kg  | yes   | 60 mg   | no
    the first into the muscle, above       | im    | 0.76 mg/kg | 80 kg  | yes   | 60 mg   | yes
    the first into a vein has no own limit | iv    | 0.9 mg/kg  | 80 kg  | yes   | 72 mg   | no
    under the skin                         | sc    | 0.9 mg/kg  | 80 kg  | no    | 72 mg   | no
    under the skin, above                  | sc    | 0.91 mg/kg | 80 kg  | no    | 72 mg   | yes
    a lozenge, nobody weighed              | sl    | 200 mg     |        | no    | 200 mg  | no
    a lozenge at the limit                 | sl    | 400 mg     |        | no    | 400 mg  | no
    a lozenge, weighed                     | sl    | 200 mg     | 70 kg  | no    | 200 mg  | no
    a lozenge above it                     | sl    | 410 mg     |        | no    | 400 mg  | yes
    a spray                                | in    | 150 mg     |        | no    | 150 mg  | no
    a spray above the limit                | in    | 151 mg     |        | no    | 150 mg  | yes
    swallowed                              | po    | 7 mg/kg    | 40 kg  | no    | 280 mg  | no
    swallowed, above the limit by weight   | po    | 290 mg     | 40 kg  | no    | 280 mg  | yes
    swallowed, above the limit             | po    | 305 mg     | 80 kg  | no    | 300 mg  | yes
""")
def test_a_dose_is_brought_under_the_tightest_limit_and_rounded_down(
    route: Route, asked: Quantity, weight: Mass | None, first: bool, dose: Mass, capped: bool
) -> None:
    proposal = proposed(
        DoseAsked(drug=Drug.KETAMINE, route=route, amount=asked, is_first=first), weighed(weight)
    )
    assert (proposal.dose, proposal.is_capped) == (dose, capped)


@cases("""
    what is missing or too much            | route | asked     | weight | given_before | answer           | dose
    ---------------------------------------+-------+-----------+--------+--------------+------------------+------
    by weight, nobody weighed              | iv    | 0.5 mg/kg |        |              | unknown: fact    |
    in milligrams, but a limit by weight   | iv    | 40 mg     |        |              | unknown: fact    |
    by weight, no limit by weight          | sl    | 2 mg/kg   |        |              | unknown: fact    |
    half of it was given already           | iv    | 30 mg     | 70 kg  | 35 mg        | proceed          | 30 mg
    all but a little was given already     | iv    | 30 mg     | 70 kg  | 50 mg        | proceed          | 20 mg
    just reached already                   | iv    | 30 mg     | 70 kg  | 70 mg        | stop today: fact |
    passed already, on the way to another  | im    | 30 mg     | 70 kg  | 120 mg       | stop today: fact |
    less than anything that can be given   | iv    | 0.4 mg    | 70 kg  |              | stop today: fact |
    just what can be given                 | iv    | 0.5 mg    | 70 kg  |              | proceed          | 0.5 mg
""")
def test_what_cannot_be_proposed_says_why(
    route: Route,
    asked: Quantity,
    weight: Mass | None,
    given_before: Mass | None,
    answer: str,
    dose: Mass | None,
) -> None:
    before = Before(given_in_session=given_before or Mass.mg(0))
    proposal = proposed(DoseAsked(drug=Drug.KETAMINE, route=route, amount=asked), weighed(weight), before)
    assert (said(proposal.findings[0]), proposal.dose) == (answer, dose)
    assert proposal.verdict is proposal.findings[0].verdict


@cases("""
    esketamine                    | asked | given_before | answer           | dose
    ------------------------------+-------+--------------+------------------+------
    two devices                   | 56 mg |              | proceed          | 56 mg
    three devices                 | 84 mg |              | proceed          | 84 mg
    one device                    | 28 mg |              | stop today: fact |
    a little more than two        | 57 mg |              | stop today: fact |
    four devices                  | 112 mg |             | stop today: fact |
    a third device after two      | 28 mg | 56 mg        | proceed          | 28 mg
    two more devices after two    | 56 mg | 56 mg        | stop today: fact |
""")
def test_esketamine_is_given_in_its_two_amounts_only(
    asked: Mass, given_before: Mass | None, answer: str, dose: Mass | None
) -> None:
    before = Before(given_in_session=given_before or Mass.mg(0))
    proposal = proposed(DoseAsked(drug=Drug.ESKETAMINE, route=Route.IN, amount=asked), weighed(None), before)
    assert (said(proposal.findings[0]), proposal.dose) == (answer, dose)


@cases("""
    somebody tightens it                 | at_most    | dose
    -------------------------------------+------------+--------
    nobody does                          |            | 56 mg
    looser than the limits, changes none | 150 mg     | 56 mg
    to a number of milligrams            | 40 mg      | 40 mg
    to a dose by weight                  | 0.25 mg/kg | 17.5 mg
    looser by weight, changes none       | 2 mg/kg    | 56 mg
""")
def test_a_protocol_or_a_caution_only_tightens(at_most: Quantity | None, dose: Mass) -> None:
    whose = sentence("at most that, as the caution for sleep apnea says")
    source = LIMITS.frequency.doses.source
    tightenings = () if at_most is None else (Tightening(at_most, whose, source),)
    proposal = propose(
        asked(Route.IV, DosePerWeight.mg_per_kg("0.8")),
        weighed(Mass.kg(70)),
        Before(),
        LIMITS,
        on=TODAY,
        at=NOW,
        tightenings=tightenings,
    )
    assert proposal.dose == dose


def test_a_tighter_limit_by_weight_needs_a_weight_even_where_the_route_needs_none() -> None:
    tightening = Tightening(
        DosePerWeight.mg_per_kg(2), sentence("at most that"), LIMITS.frequency.doses.source
    )
    proposal = propose(
        asked(Route.SL, Mass.mg(200)),
        weighed(None),
        Before(),
        LIMITS,
        on=TODAY,
        at=NOW,
        tightenings=[tightening],
    )
    assert (proposal.dose, said(proposal.findings[0])) == (None, "unknown: fact")


def test_every_step_is_told_with_the_limit_that_made_it_less() -> None:
    proposal = proposed(asked(Route.IV, DosePerWeight.mg_per_kg("1.2")), weighed(Mass.kg("71.3")))
    assert [(str(step.what), step.comes_to.in_unit("mg")) for step in proposal.steps] == [
        ("1.2 mg/kg for 71.3 kg (actual weight)", Decimal("85.56")),
        ("Less, for at most 1 mg/kg a session by this route, for 71.3 kg", Decimal("71.3")),
        ("Rounded down to whole steps of 0.5 mg", Decimal(71)),
    ]
    assert [str(cap.reason) for cap in proposal.caps] == [
        "at most 1 mg/kg a session by this route, for 71.3 kg",
        "at most 100 mg a session by this route",
    ]


def test_what_was_given_already_is_told_in_the_step() -> None:
    before = Before(given_in_session=Mass.mg(50))
    proposal = proposed(asked(Route.IV, Mass.mg(30)), weighed(Mass.kg(70)), before)
    assert str(proposal.steps[-1].what) == (
        "Less, for at most 1 mg/kg a session by this route, for 70 kg, of which 50 mg is given already"
    )
