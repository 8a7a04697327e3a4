"""How a screening stands once people have answered it.

A specialty's clearance answers a hold that asks for a clearance, of its own rule, until it ends. It never answers
a stop, nor anything that is unknown. While rules are not delivered, the whole is never better than unknown.
"""

from datetime import date

from tests.cases import cases
from tests.spec.screening.people import TODAY

from kap.screening.screening import Screening, Treatment
from kap.screening.standing import Answer, Clearance, Standing
from kap.vocabulary.findings import (
    OVERRIDING_ROLE,
    ClearedBy,
    Clearing,
    Explanation,
    Finding,
    Override,
    Scope,
    Verdict,
)
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap.vocabulary.sources import UnverifiedSource

NOON = Instant.parse("2026-11-21T12:00:00Z")
TOMORROW = Instant.parse("2026-11-22T12:00:00Z")
INVENTED = Explanation(
    reason=sentence("Invented."),
    source=UnverifiedSource(key="invented for the manual", stated_on=date(2026, 11, 21)),
    would_change_if=sentence("Never."),
)
HOW = {
    "clearance": Clearing(ClearedBy.CLEARANCE, sentence("cardiology")),
    "override": Clearing(ClearedBy.OVERRIDE),
    "fact": Clearing(ClearedBy.FACT),
    "remeasure": Clearing(ClearedBy.REMEASURE),
}


def found(rule: str, verdict: Verdict, clears_by: str | None = None, scope: Scope = Scope.PROGRAM) -> Finding:
    clearing = HOW[clears_by] if clears_by else None
    return Finding(rule=rule, verdict=verdict, scope=scope, clears_by=clearing, because=INVENTED)


def standing(
    *findings: Finding, answers: tuple[Answer, ...] = (), not_screened: tuple[str, ...] = ()
) -> Standing:
    whole = Screening(
        person="p1", treatment=Treatment(), on=TODAY, findings=findings, not_screened=not_screened,
        not_understood=(),
    )  # fmt: skip
    return Standing(whole, answers, NOON)


@cases("""
    what the clearance meets              | rule           | verdict | clears by | until                | answered
    --------------------------------------+----------------+---------+-----------+----------------------+---------
    the hold it was asked about           | severe-cardiac | hold    | clearance | 2026-11-22T00:00:00Z | yes
    the same, at the instant it ends      | severe-cardiac | hold    | clearance | 2026-11-21T12:00:00Z | no
    the same, a second before it ends     | severe-cardiac | hold    | clearance | 2026-11-21T12:00:01Z | yes
    a hold of another rule                | renal          | hold    | clearance | 2026-11-22T00:00:00Z | no
    a hold that a fact clears             | severe-cardiac | hold    | fact      | 2026-11-22T00:00:00Z | no
    a later stop of the same rule         | severe-cardiac | stop    | override  | 2026-11-22T00:00:00Z | no
    something unknown of the same rule    | severe-cardiac | unknown | fact      | 2026-11-22T00:00:00Z | no
""")
def test_a_clearance_answers_the_hold_it_was_asked_about_and_nothing_else(
    rule: str, verdict: Verdict, clears_by: str, until: Instant, answered: bool
) -> None:
    cleared = Clearance(rule="severe-cardiac", by="Dr. Odum, cardiology", until=until)
    finding = found(rule, verdict, clears_by)
    stands = standing(finding, answers=(cleared,))
    assert (stands.answer_to(finding) is cleared) is answered
    assert stands.verdict is (Verdict.PROCEED if answered else verdict)


@cases("""
    what is still open                        | verdicts      | missing rules | verdict | may go on
    ------------------------------------------+---------------+---------------+---------+----------
    nothing                                   | proceed       |               | proceed | yes
    a plan is needed                          | caution       |               | caution | yes
    a fact is missing                         | unknown       |               | unknown | no
    a hold                                    | hold, caution |               | hold    | no
    rules that are not delivered yet          | caution       | renal, qt     | unknown | yes
    a stop, and rules not delivered           | stop          | renal         | stop    | no
    no rule has answered at all               |               |               | unknown | no
""")
def test_what_nobody_asked_is_never_clear(
    verdicts: tuple[Verdict, ...] | None,
    missing_rules: tuple[str, ...] | None,
    verdict: Verdict,
    may_go_on: bool,
) -> None:
    ways = {Verdict.STOP: "override", Verdict.HOLD: "clearance", Verdict.UNKNOWN: "fact"}
    findings = [found(f"rule-{n}", each, ways.get(each)) for n, each in enumerate(verdicts or ())]
    stands = standing(*findings, not_screened=missing_rules or ())
    assert (stands.verdict, stands.may_go_on) == (verdict, may_go_on)


def test_an_override_stands_beside_the_stop_and_a_stop_for_today_takes_none() -> None:
    override = Override(
        answers=("aneurysm-avm", Verdict.STOP), by="Dr. Osei", role=OVERRIDING_ROLE,
        why=sentence("Coiled in 2019; imaging of this month is quiet."), until=TOMORROW,
    )  # fmt: skip
    program = found("aneurysm-avm", Verdict.STOP, "override")
    today = found("aneurysm-avm", Verdict.STOP, "remeasure", Scope.TODAY)
    assert standing(program, answers=(override,)).verdict is Verdict.PROCEED
    assert standing(today, answers=(override,)).verdict is Verdict.STOP
