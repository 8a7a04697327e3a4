"""What a chart says first: allergies as far as they were asked, and how far somebody has come."""

from datetime import date

import pytest

from kap.vocabulary.facts import Course, Fact
from kap_clinic.people.journey import ribbon
from kap_clinic.people.known_shown import allergies_in_words

TOLD = {"when": date(2026, 1, 12), "came_from": "history/a#allergy"}
NO_KETAMINE = Fact(what="allergy:ketamine", value=False, course=Course.DENIED, **TOLD)
NO_LATEX = Fact(what="allergy:latex", value=False, course=Course.DENIED, **TOLD)
NONE_KNOWN = Fact(what="allergy:any", value="No known allergy", course=Course.DENIED, **TOLD)
PENICILLIN = Fact(what="allergy:penicillin", value="Penicillin, rash", course=Course.ACTIVE, **TOLD)
UNDATED = Fact(what="allergy:any", value="NKDA", course=Course.DENIED, came_from="sheet/2#allergies")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ([], "not asked"),
        ([NONE_KNOWN], "none told, 12 Jan 2026"),
        ([UNDATED], "none told, day not known"),
        ([NO_KETAMINE], "none to ketamine, 12 Jan 2026; others not asked"),
        ([NO_KETAMINE, NO_LATEX], "none to ketamine, latex, 12 Jan 2026; others not asked"),
        ([NO_KETAMINE, NONE_KNOWN], "none told, 12 Jan 2026"),
        ([NONE_KNOWN, PENICILLIN, NO_KETAMINE], "Penicillin"),
    ],
)
def test_a_no_to_one_substance_says_nothing_of_the_others(facts, words):
    assert allergies_in_words(facts) == words


@pytest.mark.parametrize(
    ("stage", "decision", "here", "done"),
    [
        ("referral", "", "referral", 0),
        ("screening", "", "screening", 1),
        ("screening", "wait", "screening", 1),
        ("screening", "go-on", "preparation", 2),
        ("integration", "go-on", "integration", 4),
        ("lost", "", None, 0),
        ("lost", "go-on", None, 0),
    ],
)
def test_a_signed_screening_is_done_in_the_journey(stage, decision, here, done):
    steps = ribbon(stage, decision)
    assert [str(step.words) for step in steps if step.is_here] == ([here] if here else [])
    assert [step.state for step in steps].count("done") == done
