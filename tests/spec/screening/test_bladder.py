"""The bladder.

A cystitis caused by ketamine excludes, present or past. Interstitial or another cystitis, bladder symptoms
or a urinary infection hold while they are present. "Never" counts for 365 days, "not now" for 30.
"""

from tests.cases import cases
from tests.spec.screening.people import finding, no, said, told


@cases("""
    what is recorded                | entry                 | course         | answer
    --------------------------------+-----------------------+----------------+-------------------
    from ketamine, present          | ketamine-cystitis     | active         | stop: override
    from ketamine, past             | ketamine-cystitis     | past           | stop: override
    from ketamine, not confirmed    | ketamine-cystitis     | suspected past | unknown: fact
    interstitial cystitis, present  | interstitial-cystitis | active         | hold: primary care
    interstitial cystitis, over     | interstitial-cystitis | past           | proceed
    another cystitis, present       | cystitis              | active         | hold: primary care
    another cystitis, over          | cystitis              | past           | proceed
    blood in the urine or pain, now | bladder-symptoms      | active         | hold: primary care
    symptoms, over                  | bladder-symptoms      | past           | proceed
    an infection, present           | urinary-infection     | active         | hold: primary care
    an infection, treated           | urinary-infection     | past           | proceed
    an infection, not confirmed     | urinary-infection     | suspected      | unknown: fact
    nothing                         |                       |                | proceed
""")
def test_the_bladder_counts_by_cause_and_by_what_is_present_where_all_three_questions_were_answered_no(
    entry: str | None,
    course: str | None,
    answer: str,
) -> None:
    said_no = [no(concept, 0) for concept in _QUESTIONS]
    found = finding("bladder", [told(entry, course), *said_no])
    assert said(found) == answer


@cases("""
    what was answered with no         | ketamine_ago | interstitial_ago | symptoms_ago | verdict
    ----------------------------------+--------------+------------------+--------------+--------
    all three today                   |            0 |                0 |            0 | proceed
    never, 365 days ago; not now, 30  |          365 |              365 |           30 | proceed
    never from ketamine, 366 days ago |          366 |                0 |            0 | unknown
    never interstitial, 366 days ago  |            0 |              366 |            0 | unknown
    not now, 31 days ago              |            0 |                0 |           31 | unknown
    nobody asked about ketamine       |              |                0 |            0 | unknown
    nobody asked about interstitial   |            0 |                  |            0 | unknown
    nobody asked about symptoms       |            0 |                0 |              | unknown
    nobody asked                      |              |                  |              | unknown
""")
def test_silence_about_the_bladder_is_unknown(
    ketamine_ago: int | None, interstitial_ago: int | None, symptoms_ago: int | None, verdict: str
) -> None:
    ages = (ketamine_ago, interstitial_ago, symptoms_ago)
    facts = [no(concept, ago) for concept, ago in zip(_QUESTIONS, ages, strict=True)]
    assert finding("bladder", facts).verdict.value == verdict


_QUESTIONS = ("ketamine-cystitis", "interstitial-cystitis", "bladder-symptoms")
