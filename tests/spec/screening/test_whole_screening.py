"""A whole screening.

Every rule answers, the worst first. Until every rule of the list is delivered, the overall answer is
never better than unknown, and the rules nobody can answer yet are named.
"""

from datetime import date
from decimal import Decimal

from tests.cases import cases
from tests.spec.screening.people import TODAY, entry, no, reading

from kap.screening.record import NotUnderstood, PersonRecord
from kap.screening.registry import packaged_rulebook, rulebook
from kap.screening.screening import Screening, Treatment, screen
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.facts import Fact
from kap.vocabulary.sentences import sentence

ASKED_AND_WELL = (
    Fact(what="birth-date", value=date(1981, 3, 2), came_from="Patient/p1#birthDate"),
    Fact(
        what="blood-pressure",
        value=BloodPressure(Decimal(118), Decimal(74)),
        when=TODAY,
        came_from="Observation/bp1#component",
    ),
    reading("lab:alt", Decimal(25), 10, unit="U/L", upper_limit=Decimal(40)),
    reading("lab:ast", Decimal(22), 10, unit="U/L", upper_limit=Decimal(40)),
    reading("can-become-pregnant", False, 10),
    reading("escort", True, 1),
    reading("cssrs:thoughts", "none", 10),
    reading("cssrs:behavior", "none", 10),
    *(
        no(concept, 10)
        for concept in (
            *("aneurysm", "avm", "brain-hemorrhage", "psychosis", "psychosis-in-family", "mania"),
            *("allergy:ketamine", "ketamine-cystitis", "interstitial-cystitis", "bladder-symptoms"),
        )
    ),
)


@cases("""
    what is also recorded             | entry                 | found_first              | overall
    ----------------------------------+-----------------------+--------------------------+--------
    nothing                           |                       |                          | unknown
    a brain hemorrhage                | brain-hemorrhage      | intracerebral-hemorrhage | stop
    interstitial cystitis             | interstitial-cystitis | bladder                  | hold
    a suicide attempt years ago       | suicidal-behavior     | suicide-risk             | hold
    a present pregnancy               | pregnancy             | pregnancy                | stop
""")
def test_the_worst_finding_is_read_first_and_decides_unless_a_rule_was_not_asked(
    entry: str | None, found_first: str | None, overall: str
) -> None:
    screening = _screened(*ASKED_AND_WELL, _entry(entry) if entry else None)
    assert screening.verdict.value == overall
    worst = screening.findings[0]
    assert (worst.rule if worst.verdict.value != "proceed" else None) == found_first


def test_a_person_asked_everything_and_well_is_clear_only_once_no_rule_is_missing() -> None:
    screening = _screened(*ASKED_AND_WELL)
    assert {finding.verdict.value for finding in screening.findings} == {"proceed"}
    assert screening.unknown == ()
    assert "stroke-tia" in screening.not_screened
    book = packaged_rulebook()
    whole = rulebook(
        (rule for rule, _ in book.entries),
        _documents(),
        {rule.id: "asked" for rule, _ in book.entries},
    )
    record = PersonRecord("p1", tuple(fact for fact in ASKED_AND_WELL if fact))
    assert screen(record, Treatment(), TODAY, rulebook=whole).verdict.value == "proceed"


def test_a_person_nobody_knows_anything_about_is_unknown_by_every_rule() -> None:
    screening = _screened()
    assert len(screening.findings) == 12
    assert {finding.verdict.value for finding in screening.findings} == {"unknown"}
    assert len(screening.unknown) == 12


def test_what_was_not_understood_travels_with_the_answer() -> None:
    strange = NotUnderstood("Condition/c9#code", sentence("An invented reason."))
    screening = screen(PersonRecord("p1", (), (strange,)), Treatment(), TODAY)
    assert screening.not_understood == (strange,)


def _screened(*facts: Fact | None) -> Screening:
    return screen(PersonRecord("p1", tuple(fact for fact in facts if fact)), Treatment(), TODAY)


def _documents() -> dict[str, str]:
    from kap.screening.packaged import names_in, text_of

    return {name: text_of("limits", name) for name in names_in("limits")}


_entry = entry
