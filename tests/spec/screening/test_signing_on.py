"""When a prescriber may sign to go on.

Never while a delivered rule stops, holds or is unknown, and nobody has answered it: naming it as assessed does not
answer it. For rules the software does not screen yet, the prescriber names each one as assessed by other means; the
names are kept with the signature. The verdict that is shown stays UNKNOWN all the same.
"""

from tests.cases import cases
from tests.spec.screening.people import TODAY

from kap.screening.screening import Screening, Treatment
from kap.screening.standing import Clearance, Standing
from kap.vocabulary.findings import ClearedBy, Clearing, Explanation, Finding, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap.vocabulary.sources import UnverifiedSource

NOON = Instant.parse("2026-11-21T12:00:00Z")
TOMORROW = Instant.parse("2026-11-22T12:00:00Z")
BECAUSE = Explanation(
    reason=sentence("Invented."),
    source=UnverifiedSource(key="invented for the manual", stated_on=TODAY),
    would_change_if=sentence("Never."),
)
WAYS = {
    Verdict.STOP: Clearing(ClearedBy.OVERRIDE),
    Verdict.HOLD: Clearing(ClearedBy.CLEARANCE, sentence("cardiology")),
    Verdict.UNKNOWN: Clearing(ClearedBy.FACT),
}


@cases("""
    what was found                    | delivered | cleared | not delivered | assessed   | may sign | shown
    ----------------------------------+-----------+---------+---------------+------------+----------+--------
    everything delivered, all is fine | proceed   |         |               |            | yes      | proceed
    a plan is needed                  | caution   |         |               |            | yes      | caution
    one rule not delivered, not named | proceed   |         | renal         |            | no       | unknown
    one rule not delivered, named     | proceed   |         | renal         | renal      | yes      | unknown
    two not delivered, one named      | proceed   |         | renal, qt     | renal      | no       | unknown
    two not delivered, both named     | proceed   |         | renal, qt     | qt, renal  | yes      | unknown
    another rule named instead        | proceed   |         | renal         | thyroid    | no       | unknown
    a delivered rule is unknown       | unknown   |         | renal         | renal      | no       | unknown
    unknown, and named as assessed    | unknown   |         | renal         | age, renal | no       | unknown
    a delivered rule holds            | hold      |         |               |            | no       | hold
    a hold, and named as assessed     | hold      |         |               | age        | no       | hold
    a delivered rule held, cleared    | hold      | yes     |               |            | yes      | proceed
    cleared, and one not delivered    | hold      | yes     | renal         |            | no       | unknown
    cleared, and that one named       | hold      | yes     | renal         | renal      | yes      | unknown
    a delivered rule stops            | stop      |         | renal         | age, renal | no       | stop
    no rule has answered at all       |           |         | renal         | renal      | no       | unknown
""")
def test_a_rule_is_answered_or_named_one_by_one(
    delivered: Verdict | None,
    cleared: bool | None,
    not_delivered: tuple[str, ...] | None,
    assessed: tuple[str, ...] | None,
    may_sign: bool,
    shown: Verdict,
) -> None:
    found = (
        (Finding(rule="age", verdict=delivered, clears_by=WAYS.get(delivered), because=BECAUSE),)
        if delivered
        else ()
    )
    screening = Screening(
        person="p1", treatment=Treatment(), on=TODAY, findings=found, not_screened=not_delivered or (),
        not_understood=(),
    )  # fmt: skip
    answers = (Clearance(rule="age", by="Dr. Odum, cardiology", until=TOMORROW),) if cleared else ()
    standing = Standing(screening, answers, NOON)
    assert (standing.may_be_signed_on(assessed or ()), standing.verdict) == (may_sign, shown)
