"""Laws of screening: what speaks against a person never makes an answer milder, and silence never clears."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kap.screening.code_tables import meanings_of
from kap.screening.known import Known
from kap.screening.packaged import rows_of
from kap.screening.record import PersonRecord
from kap.screening.registry import packaged_rulebook
from kap.screening.screening import Treatment, screen
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Course, Fact, FactStatus
from kap.vocabulary.findings import Finding, Scope, Verdict
from kap.vocabulary.moments import Instant

TODAY = date(2026, 11, 21)
CONCEPTS = sorted(
    {concept for row in rows_of("conditions.csv") for concept in row["concepts"].split()}
    | {"allergy:ketamine", "ketamine-cystitis", "psychosis"}
)
AGES = st.integers(-2, 500)
STATUSES = st.sampled_from([FactStatus.RECORDED, FactStatus.CONFIRMED, FactStatus.DOUBTFUL])
PRESSURES = st.integers(40, 260).map(Decimal)


def _day(ago: int | None) -> date | None:
    return None if ago is None else TODAY - timedelta(days=ago)


def _moment(ago: int, hour: int | None) -> date | Instant | None:
    day = _day(ago)
    return day if hour is None else Instant.parse(f"{day}T{hour:02}:30:00+00:00")


entries = st.builds(
    lambda what, course, ago, status: Fact(
        what=what, value=what, course=course, when=_day(ago), status=status, came_from="Condition/c1#code"
    ),
    st.sampled_from(CONCEPTS),
    st.sampled_from(Course),
    st.none() | AGES,
    STATUSES,
)
results = st.builds(
    lambda what, value, ago, limit, status: Fact(
        what=what,
        value=value,
        unit=UcumUnit("U/L"),
        when=_day(ago),
        upper_limit=limit,
        status=status,
        came_from="Observation/o1#value",
    ),
    st.sampled_from(["lab:alt", "lab:ast", "lab:bilirubin", "lab:hcg"]),
    st.integers(0, 400).map(Decimal),
    st.none() | AGES,
    st.none() | st.integers(0, 60).map(Decimal),
    STATUSES,
)
pressures = st.builds(
    lambda upper, lower, ago, status: Fact(
        what="blood-pressure",
        value=BloodPressure(upper, lower),
        when=_day(ago),
        status=status,
        came_from="Observation/bp1#component",
    ),
    PRESSURES,
    st.none() | PRESSURES,
    st.none() | AGES,
    STATUSES,
)
answers = st.builds(
    lambda what, value, ago, status: Fact(
        what=what, value=value, when=_day(ago), status=status, came_from="QuestionnaireResponse/q1#item"
    ),
    st.sampled_from(["escort", "overnight-observer", "can-become-pregnant"]),
    st.booleans(),
    st.none() | AGES,
    STATUSES,
)
LEVELS = st.sampled_from(["none", "incomplete", "low", "at least low", "moderate", "high"])
forms = st.builds(
    lambda what, level, ago, hour, status: Fact(
        what=what,
        value=level,
        when=_moment(ago, hour),
        local_day=_day(ago),
        status=status,
        came_from="form/f1#1",
    ),
    st.sampled_from(["cssrs:thoughts", "cssrs:behavior", "cssrs:behavior-since"]),
    LEVELS,
    st.integers(-2, 120),
    st.none() | st.integers(0, 23),
    STATUSES,
)
items = st.builds(
    lambda level, ago, status: Fact(
        what=f"suicide-item:{level}", value="an item", when=_day(ago), status=status, came_from="form/f2#9"
    ),
    st.sampled_from(["none", "screen", "urgent", "high"]),
    st.none() | st.integers(-2, 60),
    STATUSES,
)
histories = st.lists(st.one_of(entries, results, pressures, answers, forms, items), max_size=25)


def _findings(facts: list[Fact]) -> dict[str, Finding]:
    screening = screen(PersonRecord("p1", tuple(facts)), Treatment(), TODAY)
    # Worst first: of two findings of one rule the worse is the rule's answer.
    return {finding.rule: finding for finding in reversed(screening.findings)}


@given(histories)
def test_every_rule_answers_whatever_is_recorded(facts: list[Fact]) -> None:
    screening = screen(PersonRecord("p1", tuple(facts)), Treatment(), TODAY)
    assert {finding.rule for finding in screening.findings} == {
        rule.id for rule, _ in packaged_rulebook().entries
    }
    severities = [finding.verdict.severity for finding in screening.findings]
    assert severities == sorted(severities, reverse=True)
    assert screening.verdict.severity >= Verdict.UNKNOWN.severity


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_change_an_answer(facts: list[Fact], chance: Random) -> None:
    shuffled = list(facts)
    chance.shuffle(shuffled)
    before, after = _findings(facts), _findings(shuffled)
    assert {rule: found.verdict for rule, found in before.items()} == {
        rule: found.verdict for rule, found in after.items()
    }


@given(histories, entries)
def test_one_more_entry_of_a_condition_never_makes_an_answer_milder(facts: list[Fact], more: Fact) -> None:
    if more.course is Course.DENIED:
        return
    before, after = _findings(facts), _findings([*facts, more])
    for rule, found in before.items():
        assert after[rule].verdict.severity >= found.verdict.severity


@given(histories, st.sampled_from(CONCEPTS))
def test_a_doubtful_entry_never_makes_an_answer_worse_than_unknown(facts: list[Fact], concept: str) -> None:
    doubtful = Fact(
        what=concept,
        value=concept,
        course=Course.ACTIVE,
        status=FactStatus.DOUBTFUL,
        came_from="Condition/c1#code",
    )
    before, after = _findings(facts), _findings([*facts, doubtful])
    for rule, found in after.items():
        worst = max(before[rule].verdict.severity, Verdict.UNKNOWN.severity)
        assert found.verdict.severity <= worst


@given(histories)
def test_without_a_single_known_fact_nothing_proceeds(facts: list[Fact]) -> None:
    doubtful = [fact for fact in facts if not fact.is_known]
    assert Verdict.PROCEED not in {found.verdict for found in _findings(doubtful).values()}


@given(histories)
def test_what_binds_today_is_never_overridden_and_what_is_unknown_shows_what_is_missing(
    facts: list[Fact],
) -> None:
    for found in _findings(facts).values():
        assert not (found.scope is Scope.TODAY and found.may_be_overridden)
        if found.verdict is Verdict.UNKNOWN:
            assert found.because.facts


@given(histories, items, st.booleans())
def test_one_more_answer_that_speaks_of_suicide_never_makes_the_risk_milder(
    facts: list[Fact], item: Fact, is_calm: bool
) -> None:
    more = replace(item, what="suicide-item:none") if is_calm else item
    before, after = _findings(facts)["suicide-risk"], _findings([*facts, more])["suicide-risk"]
    assert after.verdict.severity >= before.verdict.severity


@given(histories, st.integers(0, 30))
def test_a_yes_to_a_plan_of_the_last_days_is_never_cleared_but_by_a_later_whole_form(
    facts: list[Fact], ago: int
) -> None:
    told = TODAY - timedelta(days=ago)
    plan = Fact(what="cssrs:thoughts", value="high", when=told, came_from="form/f3#5")
    later = [
        one
        for one in facts
        if one.what == "cssrs:thoughts" and one.is_known and one.day and told < one.day <= TODAY
    ]
    if not [one for one in later if str(one.value) in ("none", "low", "moderate", "high")]:
        assert _findings([*facts, plan])["suicide-risk"].verdict is Verdict.STOP


@given(PRESSURES, PRESSURES, PRESSURES, PRESSURES)
def test_a_higher_blood_pressure_is_never_milder(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
    lower = BloodPressure(min(a, b), min(c, d))
    higher = BloodPressure(max(a, b), max(c, d))
    severities = [
        _findings(
            [Fact(what="blood-pressure", value=value, when=TODAY, came_from="Observation/bp1#component")]
        )["blood-pressure"].verdict.severity
        for value in (lower, higher)
    ]
    assert severities[0] <= severities[1]


@given(st.text(max_size=12))
def test_any_text_as_a_code_means_something_of_ours_or_nothing(code: str) -> None:
    for system in ("http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm"):
        assert all(meaning.concept for meaning in meanings_of(system, code))


@given(histories)
def test_the_newest_day_is_never_after_today(facts: list[Fact]) -> None:
    known = Known(facts, TODAY)
    for fact in known.measured("blood-pressure"):
        assert fact.day is not None
        assert fact.day <= TODAY
