"""Psychosis.

A present psychosis excludes, psychotic depression and the psychotic forms of bipolar disorder among them;
so does a primary psychotic disorder ever, even in remission. Another past psychosis needs psychiatry. One
in a parent, brother, sister or child needs care. Both questions, about the person and about the family,
have to be answered within 365 days.
"""

from tests.cases import cases
from tests.spec.screening.people import entry, finding, findings, no, said, told

from kap.vocabulary.facts import Course


@cases("""
    what is recorded                      | entry                | course           | answer
    --------------------------------------+----------------------+------------------+-----------------
    schizophrenia, present                | psychosis-primary    | active           | stop: override
    schizophrenia, in remission           | psychosis-primary    | past             | stop: override
    from a substance, present             | psychosis-substance  | active           | stop: override
    from a substance, past                | psychosis-substance  | past             | hold: psychiatry
    from an illness, present              | psychosis-medical    | active           | stop: override
    from an illness, past                 | psychosis-medical    | past             | hold: psychiatry
    after a birth, present                | psychosis-postpartum | active           | stop: override
    after a birth, past                   | psychosis-postpartum | past             | hold: psychiatry
    psychotic depression, present         | psychosis-mood       | active           | stop: override
    psychotic depression, past            | psychosis-mood       | past             | hold: psychiatry
    confirmed, past, of no known kind     | psychosis            | past             | stop: override
    told by the person, of no known kind  | psychosis            | suspected past   | unknown: fact
    provisional schizophrenia             | psychosis-primary    | suspected        | unknown: fact
    a sister has schizophrenia            | psychosis-primary    | family           | caution
    a sister perhaps has schizophrenia    | psychosis-primary    | suspected family | unknown: fact
    a cousin has schizophrenia            | psychosis-primary    | distant-family   | proceed
    depression without psychotic features | depression           | active           | proceed
    nothing                               |                      |                  | proceed
""")
def test_psychosis_counts_by_its_kind_and_course_where_both_questions_were_answered_with_no(
    entry: str | None,
    course: str | None,
    answer: str,
) -> None:
    said_no = [no("psychosis", 0), no("psychosis-in-family", 0)]
    found = finding("psychosis", [told(entry, course), *said_no])
    assert said(found) == answer


@cases("""
    what was answered                       | self_days_ago | family_days_ago | sister | verdict
    ----------------------------------------+---------------+-----------------+--------+--------
    both, today                             |             0 |               0 | no     | proceed
    both, 365 days ago                      |           365 |             365 | no     | proceed
    about the person 366 days ago           |           366 |               0 | no     | unknown
    about the family 366 days ago           |             0 |             366 | no     | unknown
    only about the person                   |             0 |                 | no     | unknown
    only about the family                   |               |               0 | no     | unknown
    neither                                 |               |                 | no     | unknown
    only about the person, a sister had one |             0 |                 | yes    | caution
    neither, a sister had one               |               |                 | yes    | unknown
""")
def test_silence_about_the_person_or_the_family_is_unknown(
    self_days_ago: int | None, family_days_ago: int | None, sister: bool, verdict: str
) -> None:
    facts = [
        no("psychosis", self_days_ago),
        no("psychosis-in-family", family_days_ago),
        entry("psychosis-primary" if sister else None, Course.FAMILY),
    ]
    assert finding("psychosis", facts).verdict.value == verdict


def test_silence_about_the_person_does_not_hide_what_is_known_about_the_family() -> None:
    told_of_sister = [entry("psychosis-primary", Course.FAMILY)]
    assert [said(found) for found in findings("psychosis", told_of_sister)] == ["unknown: fact", "caution"]
    answered = [*told_of_sister, no("psychosis", 0)]
    assert [said(found) for found in findings("psychosis", answered)] == ["caution"]


def test_a_past_psychosis_with_two_kinds_takes_the_stricter() -> None:
    kinds = [entry("psychosis-substance", Course.PAST), entry("psychosis-primary", Course.PAST)]
    assert finding("psychosis", kinds).verdict.value == "stop"


def test_a_named_kind_answers_for_a_psychosis_nobody_had_named() -> None:
    told = [entry("psychosis", Course.PAST), entry("psychosis-substance", Course.PAST)]
    assert finding("psychosis", told).verdict.value == "hold"
