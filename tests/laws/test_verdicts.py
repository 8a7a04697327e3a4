"""Verdicts: a further finding never makes the answer milder, and nothing answers what is unknown."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.kap.vocabulary.findings import finding, override

from kap.vocabulary.findings import ClearedBy, Finding, Override, Verdict, overall, worst_first
from kap.vocabulary.moments import Instant

NOON = Instant.parse("2026-11-21T12:00:00Z")
TOMORROW = Instant.parse("2026-11-22T12:00:00Z")
RULES = st.sampled_from(["aneurysm", "glaucoma", "pressure"])


def _finding(rule: str, verdict: Verdict, overridable: bool) -> Finding:
    may = overridable and verdict in (Verdict.STOP, Verdict.HOLD)
    return finding(verdict, rule=rule, way=ClearedBy.OVERRIDE if may else None)


FINDINGS = st.builds(_finding, RULES, st.sampled_from(Verdict), st.booleans())
OVERRIDES = st.builds(override, RULES, st.sampled_from(Verdict), until=st.sampled_from([NOON, TOMORROW]))
ASKED = st.lists(FINDINGS, min_size=1, max_size=6)


@given(ASKED, FINDINGS, st.lists(OVERRIDES, max_size=4))
def test_a_further_finding_never_makes_the_answer_milder(
    findings: list[Finding], further: Finding, overrides: list[Override]
) -> None:
    before = overall(findings, overrides, NOON)
    assert overall([*findings, further], overrides, NOON).severity >= before.severity


@given(ASKED, st.lists(OVERRIDES, max_size=4), OVERRIDES)
def test_a_further_override_never_makes_the_answer_worse(
    findings: list[Finding], overrides: list[Override], further: Override
) -> None:
    before = overall(findings, overrides, NOON)
    assert overall(findings, [*overrides, further], NOON).severity <= before.severity


@given(ASKED, st.lists(OVERRIDES, max_size=6))
def test_what_is_unknown_stays_unknown_whatever_is_overridden(
    findings: list[Finding], overrides: list[Override]
) -> None:
    asked = [*findings, finding(Verdict.UNKNOWN)]
    assert overall(asked, overrides, NOON).severity >= Verdict.UNKNOWN.severity


@given(ASKED)
def test_the_order_of_findings_never_changes_the_answer(findings: list[Finding]) -> None:
    assert (
        overall(findings, (), NOON) is overall(findings[::-1], (), NOON) is worst_first(findings)[0].verdict
    )
