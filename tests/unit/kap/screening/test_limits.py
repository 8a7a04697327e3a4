"""Limits documents and the rulebook: what is not whole is refused when it is loaded, with its line."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from tests.spec.screening.people import TODAY

from kap.screening.limits import Ground, Limit, Limits, Scale, limits_from
from kap.screening.packaged import names_in, text_of
from kap.screening.record import PersonRecord
from kap.screening.registry import RULES, packaged_rulebook, rulebook
from kap.screening.rules.age import AgeLimits
from kap.screening.rules.blood_pressure import BloodPressureLimits
from kap.screening.screening import Treatment, screen
from kap.vocabulary.errors import DeclarationError
from kap.vocabulary.facts import Fact

AGE = text_of("limits", "age.yaml")
PRESSURE = text_of("limits", "blood-pressure.yaml")
DOCUMENTS = {name: text_of("limits", name) for name in names_in("limits")}
TITLES = packaged_rulebook().titles


def test_every_number_and_ground_of_every_document_names_its_source() -> None:
    held = [
        value
        for _, limits in packaged_rulebook().entries
        for field in fields(limits)
        if isinstance(value := getattr(limits, field.name), Limit | Ground | Scale)
    ]
    sources = [one.bands.source if isinstance(one, Scale) else one.source for one in held]
    assert len(sources) > 40
    assert all(source.citation for source in sources)


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("value: 18", "value: eighteen", "line 8: 'eighteen' is not a plain number"),
        ("unit: a, source: label", "unit: lightyear, source: label", "line 8:"),
        ("source: label}", "source: nowhere}", "line 8: the source 'nowhere' is not among the sources"),
        ("  adult:", "  grownup:", "'grownup' is nothing this rule decides by"),
        ("  unanswered: default", "  unanswered: default\n  older: default", "older is written twice"),
        ("  older: {value: 65, unit: a, source: default}\n", "", "older must be given"),
        ("grounds:\n  unanswered: default", "grounds: {}", "unanswered must be given"),
        ("version: 1", "version: one", "expected a whole number"),
        (
            "grounds:\n  unanswered: default",
            "  unanswered: {value: 1, unit: a, source: default}\ngrounds: {}",
            "'unanswered' must be a Ground, not a Limit",
        ),
        ("effective_on: 2026-11-21\n", "", "effective_on must be given"),
        ("decides:", "describes:", "'describes' is not known here"),
    ],
)
def test_a_document_that_is_not_whole_is_refused_with_its_line(before: str, after: str, wrong: str) -> None:
    assert before in AGE
    with pytest.raises(DeclarationError, match=r"age\.yaml, line") as refused:
        limits_from("age.yaml", AGE.replace(before, after, 1), AgeLimits)
    assert wrong in str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("caution: {begins: 140", "hold: {begins: 140", "written twice"),
        ("begins: 160", "begins: 130", "starts must rise"),
        ("begins: 160", "begins: 160.001", "not a whole number of steps"),
        ("caution: {begins: 140, source: label}", "proceed: {begins: 140, source: label}", "mildest first"),
        ("caution: {begins: 140, source: label}", "worry: {begins: 140, source: label}", "expected one of"),
    ],
)
def test_a_scale_whose_lines_overlap_or_do_not_worsen_is_refused(before: str, after: str, wrong: str) -> None:
    with pytest.raises(DeclarationError, match=r"blood-pressure\.yaml, line") as refused:
        limits_from("blood-pressure.yaml", PRESSURE.replace(before, after, 1), BloodPressureLimits)
    assert wrong in str(refused.value)


def test_a_scale_is_bands_that_begin_on_their_lines() -> None:
    limits = limits_from("blood-pressure.yaml", PRESSURE, BloodPressureLimits)
    drawn = [(Decimal(140), "caution"), (Decimal(160), "hold"), (Decimal(180), "stop")]
    assert list(limits.systolic.bands.chart_lines()) == drawn
    assert limits.systolic.line_reached(Decimal("139.999")) is None


def test_a_rule_without_a_document_is_refused() -> None:
    fewer = {name: text for name, text in DOCUMENTS.items() if name != "age.yaml"}
    with pytest.raises(DeclarationError, match="age has no limits document"):
        rulebook(RULES, fewer, TITLES)


def test_a_document_without_a_rule_is_refused() -> None:
    with pytest.raises(DeclarationError, match="age has a limits document and is not registered"):
        rulebook(RULES[1:], DOCUMENTS, TITLES)


def test_a_rule_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(DeclarationError, match=r"age is not in library/rules\.yaml"):
        rulebook(RULES, DOCUMENTS, {name: title for name, title in TITLES.items() if name != "age"})


@pytest.mark.parametrize(
    ("rules", "documents"),
    [((RULES[0], *RULES), DOCUMENTS), (RULES, {**DOCUMENTS, "age-again.yaml": AGE})],
)
def test_two_rules_or_two_documents_of_one_name_are_refused(
    rules: tuple[object, ...], documents: dict[str, str]
) -> None:
    with pytest.raises(DeclarationError, match="share a name"):
        rulebook(rules, documents, TITLES)  # type: ignore[arg-type]


def test_a_director_s_newer_document_takes_the_place_of_ours() -> None:
    theirs = AGE.replace("version: 1", "version: 2").replace("value: 18", "value: 21")
    book = packaged_rulebook().with_limits("our-age.yaml", theirs)
    assert _age_verdict(book) == "stop"
    assert _age_verdict(packaged_rulebook()) == "proceed"
    assert book.not_screened == packaged_rulebook().not_screened


def test_a_director_s_document_needs_a_newer_version_and_a_rule_that_exists() -> None:
    with pytest.raises(DeclarationError, match="version 1 of 'age' is not newer than version 1"):
        packaged_rulebook().with_limits("our-age.yaml", AGE)
    with pytest.raises(DeclarationError, match="There is no rule 'shoe-size'"):
        packaged_rulebook().with_limits("our.yaml", AGE.replace("rule: age", "rule: shoe-size"))


def test_the_limits_of_a_rule_can_be_asked_for() -> None:
    limits = packaged_rulebook().limits_of("age")
    assert isinstance(limits, Limits)
    assert limits.effective_on == date(2026, 11, 21)


def _age_verdict(book: object) -> str:
    birth = Fact(what="birth-date", value=date(2007, 1, 1), came_from="Patient/p1#birthDate")
    screening = screen(PersonRecord("p1", (birth,)), Treatment(), TODAY, rulebook=book)  # type: ignore[arg-type]
    return next(found.verdict.value for found in screening.findings if found.rule == "age")
