"""Verdicts and overrides.

A finding keeps its verdict; a medical director's override stands beside it until it ends. The overall verdict
is the worst that nobody has answered. What is unknown is answered by a fact, a stop for today by a new
reading: neither is ever overridden.
"""

from tests.cases import cases
from tests.unit.kap.vocabulary.findings import finding, override

from kap.vocabulary.findings import ClearedBy, Scope, Verdict
from kap.vocabulary.findings import overall as overall_verdict
from kap.vocabulary.moments import Instant

NOON = Instant.parse("2026-11-21T12:00:00Z")
TOMORROW = Instant.parse("2026-11-22T12:00:00Z")


@cases("""
    what the rules said                    | verdicts                   | verdict
    ---------------------------------------+----------------------------+--------
    everything is fine                     | proceed, proceed           | proceed
    one caution among the fine             | proceed, caution           | caution
    something is not known                 | caution, unknown, proceed  | unknown
    a hold is worse than not knowing       | unknown, hold              | hold
    a stop is worse than anything          | hold, stop, unknown        | stop
    no rule has answered at all            |                            | unknown
""")
def test_the_overall_verdict_is_the_worst(verdicts: tuple[Verdict, ...] | None, verdict: Verdict) -> None:
    findings = [finding(each, rule=f"rule-{number}") for number, each in enumerate(verdicts or ())]
    assert overall_verdict(findings, (), NOON) is verdict


@cases("""
    which finding was overridden     | found   | scope   | cleared by | override of | overall
    ---------------------------------+---------+---------+------------+-------------+--------
    a stop that may be overridden    | stop    | program | override   | stop        | proceed
    a hold that may be overridden    | hold    | program | override   | hold        | proceed
    it was a hold, now it is a stop  | stop    | program | override   | hold        | stop
    a hold that wants a clearance    | hold    | program | clearance  | hold        | hold
    a stop for today: measure again  | stop    | today   | remeasure  | stop        | stop
    what is unknown wants a fact     | unknown | program | fact       | unknown     | unknown
    a stop that nothing clears       | stop    | program |            | stop        | stop
""")
def test_only_a_finding_that_may_be_overridden_is_answered(
    found: Verdict, scope: Scope, cleared_by: ClearedBy | None, override_of: Verdict, overall: Verdict
) -> None:
    findings = [finding(found, scope=scope, way=cleared_by, rule="aneurysm")]
    answers = [override("aneurysm", override_of, until=TOMORROW)]
    assert overall_verdict(findings, answers, NOON) is overall
    assert findings[0].verdict is found


@cases("""
    who answers a stop, and until when    | role             | until                | overall
    --------------------------------------+------------------+----------------------+--------
    the medical director, for the day     | medical_director | 2026-11-22T12:00:00Z | proceed
    the override ends in a second         | medical_director | 2026-11-21T12:00:01Z | proceed
    the override ends this instant        | medical_director | 2026-11-21T12:00:00Z | stop
    a prescriber may not                  | prescriber       | 2026-11-22T12:00:00Z | stop
""")
def test_only_the_medical_director_overrides_and_only_until_the_time_named(
    role: str, until: Instant, overall: Verdict
) -> None:
    stop = finding(Verdict.STOP, way=ClearedBy.OVERRIDE, rule="aneurysm")
    answer = override("aneurysm", Verdict.STOP, role=role, until=until)
    assert overall_verdict([stop], [answer], NOON) is overall


def test_an_override_answers_its_own_rule_and_no_other() -> None:
    stop = finding(Verdict.STOP, way=ClearedBy.OVERRIDE, rule="aneurysm")
    hold = finding(Verdict.HOLD, way=ClearedBy.CLEARANCE, rule="glaucoma")
    answer = override("aneurysm", Verdict.STOP, until=TOMORROW)
    assert overall_verdict([stop, hold], [answer], NOON) is Verdict.HOLD
