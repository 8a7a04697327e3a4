"""Conditions as records write them.

A well person, everything asked, and one more entry of the problem list. The rule named answers by the code,
the clinical status, the verification and the dates of that entry. Codes: `icd` is ICD-10-CM, `sct` SNOMED CT,
`icd9` and `who` (ICD-10 of the WHO) are other systems, `text` is words without a code.
"""

from tests.cases import cases
from tests.spec.vignettes.records import (
    ANN,
    concept,
    condition,
    day,
    given,
    history,
    with_well,
)


@cases("""
    what is recorded                             | code                              | clinical   | verified         | answer
    ---------------------------------------------+-----------------------------------+------------+------------------+-----------------
    schizophrenia                                | icd F20.9                         | active     | confirmed        | stop: override
    schizophrenia without the dot                | icd F209                          | active     | confirmed        | stop: override
    schizophrenia in small letters               | icd f20.0                         | active     | confirmed        | stop: override
    schizophrenia by its heading                 | icd F20                           | active     | confirmed        | stop: override
    schizophrenia by SNOMED                      | sct 58214004                      | active     | confirmed        | stop: override
    schizophrenia, resolved                      | icd F20.9                         | resolved   | confirmed        | stop: override
    schizophrenia, inactive                      | icd F20.9                         | inactive   | confirmed        | stop: override
    schizophrenia, in remission                  | icd F20.9                         | remission  | confirmed        | stop: override
    schizophrenia, come back                     | icd F20.9                         | recurrence | confirmed        | stop: override
    schizophrenia, relapsed                      | icd F20.9                         | relapse    | confirmed        | stop: override
    schizophrenia, no status at all              | icd F20.9                         |            |                  | stop: override
    schizophrenia, unconfirmed                   | icd F20.9                         | active     | unconfirmed      | unknown: fact
    schizophrenia, provisional                   | icd F20.9                         | active     | provisional      | unknown: fact
    schizophrenia, one of several possibilities  | icd F20.9                         | active     | differential     | unknown: fact
    schizophrenia, refuted                       | icd F20.9                         | active     | refuted          | proceed
    schizophrenia, entered in error              | icd F20.9                         |            | entered-in-error | proceed
    schizoaffective                              | icd F25.1                         | resolved   | confirmed        | stop: override
    delusional disorder                          | icd F22                           | active     | confirmed        | stop: override
    brief psychotic disorder, over               | icd F23                           | resolved   | confirmed        | stop: override
    unspecified psychosis, over                  | icd F29                           | resolved   | confirmed        | stop: override
    schizotypal is not schizophrenia             | icd F21                           | active     | confirmed        | proceed
    psychotic depression                         | icd F32.3                         | active     | confirmed        | stop: override
    psychotic depression, recurrent              | icd F33.3                         | active     | confirmed        | stop: override
    psychotic depression, over                   | icd F33.3                         | resolved   | confirmed        | hold: psychiatry
    psychotic depression, in remission           | icd F32.3                         | remission  | confirmed        | hold: psychiatry
    depression without psychosis                 | icd F33.2                         | active     | confirmed        | proceed
    from cannabis, over                          | icd F12.259                       | resolved   | confirmed        | hold: psychiatry
    from cannabis, present                       | icd F12.959                       | active     | confirmed        | stop: override
    from ketamine, over                          | sct 724719005                     | resolved   | confirmed        | hold: psychiatry
    after a birth, over                          | icd F53.1                         | resolved   | confirmed        | hold: psychiatry
    depression after a birth                     | icd F53.0                         | active     | confirmed        | proceed
    mania with psychosis, over                   | icd F30.2                         | resolved   | confirmed        | hold: psychiatry
    from an illness, over                        | icd F06.2                         | resolved   | confirmed        | hold: psychiatry
    schizophrenia by ICD-9                       | icd9 295.30                       | active     | confirmed        | proceed
    schizophrenia by ICD-9, with words           | icd9 295.30 Paranoid schizophrenia| active     | confirmed        | unknown: fact
    schizophrenia in words only                  | text Paranoid schizophrenia       | active     | confirmed        | unknown: fact
    no psychosis, in words                       | text No history of psychosis      | active     | confirmed        | proceed
    a mother with it, in words                   | text Mother has schizophrenia     | active     | confirmed        | unknown: fact
    an aunt with it, in words                    | text Aunt with schizophrenia      | active     | confirmed        | proceed
    suspected, in words                          | text Suspected schizophrenia      | active     | confirmed        | unknown: fact
    to be ruled out, in words                    | text Rule out psychosis           | active     | confirmed        | unknown: fact
    ruled out, in words                          | text Psychosis ruled out          | active     | confirmed        | proceed
    in Spanish                                   | text Esquizofrenia                | active     | confirmed        | unknown: fact
    an antipsychotic is no psychosis             | text Long-term antipsychotic use  | active     | confirmed        | proceed
    words against the code                       | sct 58214004 Blood pressure       | active     | confirmed        | stop: override
    a code unknown beside one that is known      | epic 18 + icd F20.9               | active     | confirmed        | stop: override
    SNOMED and ICD-10 of one thing               | sct 58214004 + icd F20.9          | active     | confirmed        | stop: override
""")  # fmt: skip
def test_psychosis(code: str, clinical: str | None, verified: str | None, answer: str) -> None:
    assert with_well("psychosis", condition(code, clinical, verified)) == answer


@cases("""
    who has it                              | relation                   | code                           | status           | answer
    ----------------------------------------+----------------------------+--------------------------------+------------------+--------------
    the mother, schizophrenia               | role MTH mother            | icd F20.9                      | completed        | caution
    the father, by SNOMED                   | role FTH father            | sct 58214004                   | completed        | caution
    a brother                               | role BRO brother           | icd F25.0                      | completed        | caution
    a daughter                              | role DAUC daughter         | icd F20.9                      | completed        | caution
    a half sister                           | role HSIS half-sister      | icd F20.9                      | completed        | proceed
    an aunt                                 | role AUNT aunt             | icd F20.9                      | completed        | proceed
    a grandfather                           | role GRFTH grandfather     | icd F20.9                      | completed        | proceed
    a cousin                                | role COUSN cousin          | icd F20.9                      | completed        | proceed
    an adoptive mother                      | role ADOPTM adoptive mother| icd F20.9                      | completed        | proceed
    a stepfather                            | role STPFTH stepfather     | icd F20.9                      | completed        | proceed
    a husband                               | role HUSB husband          | icd F20.9                      | completed        | proceed
    a mother in words                       | text Mother                | icd F20.9                      | completed        | caution
    a relative nobody named                 |                            | icd F20.9                      | completed        | caution
    the mother, partly told                 | role MTH mother            | icd F20.9                      | partial          | caution
    the mother, entered in error            | role MTH mother            | icd F20.9                      | entered-in-error | proceed
    the mother, health unknown              | role MTH mother            | icd F20.9                      | health-unknown   | unknown: fact
    the mother, in words                    | role MTH mother            | text Schizophrenia             | completed        | unknown: fact
    the mother, depression                  | role MTH mother            | icd F33.1                      | completed        | proceed
    the mother, schizophrenia in remission  | role MTH mother            | sct 4926007                    | completed        | caution
    the aunt in words                       | text Maternal aunt         | icd F20.9                      | completed        | proceed
""")  # fmt: skip
def test_psychosis_in_the_family(relation: str | None, code: str, status: str, answer: str) -> None:
    told = given(
        resourceType="FamilyMemberHistory", id="f1", patient=ANN, status=status, date=day(40),
        relationship=concept(relation) or {"text": "relative"}, condition=[{"code": concept(code)}],
    )  # fmt: skip
    assert with_well("psychosis", told) == answer


@cases("""
    what is recorded                          | code                                  | clinical  | verified    | answer
    ------------------------------------------+---------------------------------------+-----------+-------------+---------------
    a manic episode                           | icd F30.13                            | active    | confirmed   | stop: override
    a manic episode, over                     | icd F30.13                            | resolved  | confirmed   | proceed
    a manic episode in full remission         | icd F30.4                             | active    | confirmed   | proceed
    hypomania                                 | sct 231496004                         | active    | confirmed   | stop: override
    bipolar, now manic                        | icd F31.13                            | active    | confirmed   | stop: override
    bipolar, now hypomanic                    | icd F31.0                             | active    | confirmed   | stop: override
    bipolar, now mixed                        | icd F31.63                            | active    | confirmed   | stop: override
    bipolar, now depressed                    | icd F31.4                             | active    | confirmed   | proceed
    bipolar, in remission                     | icd F31.70                            | active    | confirmed   | proceed
    bipolar, most recent manic, in remission  | icd F31.74                            | active    | confirmed   | proceed
    bipolar, unspecified                      | icd F31.9                             | active    | confirmed   | proceed
    bipolar II                                | icd F31.81                            | active    | confirmed   | proceed
    bipolar I, SNOMED                         | sct 371596008                         | active    | confirmed   | proceed
    most recent episode manic, SNOMED         | sct 767632000                         | active    | confirmed   | stop: override
    most recent episode depressed, SNOMED     | sct 767631007                         | active    | confirmed   | proceed
    currently manic, SNOMED                   | sct 191618007                         | active    | confirmed   | stop: override
    mixed, SNOMED                             | sct 192362008                         | active    | confirmed   | stop: override
    currently manic, over                     | sct 191618007                         | remission | confirmed   | proceed
    perhaps manic                             | icd F30.9                             | active    | provisional | unknown: fact
    manic, in words                           | text Acute manic episode              | active    | confirmed   | unknown: fact
    no mania, in words                        | text denies mania                     | active    | confirmed   | proceed
""")  # fmt: skip
def test_mania(code: str, clinical: str, verified: str, answer: str) -> None:
    assert with_well("mania", condition(code, clinical, verified)) == answer


@cases("""
    what is recorded                 | code                                     | clinical | verified    | answer
    ---------------------------------+------------------------------------------+----------+-------------+---------------
    aortic aneurysm                  | icd I71.40                               | active   | confirmed   | stop: override
    aortic dissection                | icd I71.00                               | active   | confirmed   | stop: override
    repaired aneurysm                | icd I71.4                                | resolved | confirmed   | stop: override
    repaired, by its abatement       | icd I71.4                                |          | confirmed   | stop: override
    cerebral aneurysm                | icd I67.1                                | inactive | confirmed   | stop: override
    peripheral aneurysm              | icd I72.4                                | active   | confirmed   | stop: override
    coronary aneurysm                | icd I25.41                               | active   | confirmed   | stop: override
    aneurysm of the heart            | icd I25.3                                | active   | confirmed   | stop: override
    cerebral AVM                     | icd Q28.2                                | active   | confirmed   | stop: override
    peripheral AVM                   | icd Q27.39                               | active   | confirmed   | stop: override
    abdominal aneurysm, SNOMED       | sct 233985008                            | active   | confirmed   | stop: override
    cerebral AVM, SNOMED             | sct 234142008                            | resolved | confirmed   | stop: override
    aneurysm, suspected              | icd I71.4                                | active   | differential| unknown: fact
    aneurysm, refuted                | icd I71.4                                | active   | refuted     | proceed
    aneurysm, in words               | text Abdominal aortic aneurysm           | active   | confirmed   | unknown: fact
    screening for it, in words       | text Screening for aortic aneurysm       | active   | confirmed   | proceed
    coronary disease                 | icd I25.10                               | active   | confirmed   | proceed
    an aneurysm of the mother        | icd Z82.49                               | active   | confirmed   | proceed
    an aneurysm of the retina        | icd H35.049                              | active   | confirmed   | proceed
""")  # fmt: skip
def test_aneurysm_and_arteriovenous_malformation(
    code: str, clinical: str | None, verified: str, answer: str
) -> None:
    over = {} if clinical else {"abatementDateTime": "2019-02"}
    assert with_well("aneurysm-avm", condition(code, clinical, verified, **over)) == answer


@cases("""
    what is recorded                    | code                                  | clinical | verified    | answer
    ------------------------------------+---------------------------------------+----------+-------------+---------------
    intracerebral hemorrhage            | icd I61.9                             | active   | confirmed   | stop: override
    twenty years ago, resolved          | icd I61.0                             | resolved | confirmed   | stop: override
    what it left behind                 | icd I69.154                           | active   | confirmed   | stop: override
    subarachnoid                        | icd I60.9                             | resolved | confirmed   | stop: override
    subdural                            | icd I62.01                            | resolved | confirmed   | stop: override
    cerebral hemorrhage, SNOMED         | sct 274100004                         | resolved | confirmed   | stop: override
    from an injury, SNOMED              | sct 450418003                         | resolved | confirmed   | stop: override
    perhaps, years ago                  | icd I61.9                             | resolved | unconfirmed | unknown: fact
    refuted                             | icd I61.9                             | active   | refuted     | proceed
    an ischemic stroke                  | icd I63.9                             | resolved | confirmed   | proceed
    history of stroke, kind not said    | icd Z86.73                            | active   | confirmed   | proceed
    a bleed from the nose               | icd R04.0                             | active   | confirmed   | proceed
    in words                            | text Old intracerebral hemorrhage     | active   | confirmed   | unknown: fact
    a brother had one, in words         | text Brother: brain hemorrhage        | active   | confirmed   | proceed
""")  # fmt: skip
def test_intracerebral_hemorrhage(code: str, clinical: str, verified: str, answer: str) -> None:
    assert with_well("intracerebral-hemorrhage", condition(code, clinical, verified)) == answer


@cases("""
    what is recorded                    | code                                  | clinical | verified    | answer
    ------------------------------------+---------------------------------------+----------+-------------+------------------
    ketamine cystitis, in words         | text Ketamine cystitis                | resolved | confirmed   | unknown: fact
    interstitial cystitis               | icd N30.10                            | active   | confirmed   | hold: primary care
    interstitial cystitis, SNOMED       | sct 197834003                         | active   | confirmed   | hold: primary care
    interstitial cystitis, over         | icd N30.10                            | resolved | confirmed   | proceed
    acute cystitis                      | icd N30.00                            | active   | confirmed   | hold: primary care
    acute cystitis, over                | icd N30.00                            | resolved | confirmed   | proceed
    urinary infection                   | icd N39.0                             | active   | confirmed   | hold: primary care
    urinary infection, over             | sct 68566005                          | resolved | confirmed   | proceed
    urinary infection, perhaps          | icd N39.0                             | active   | provisional | unknown: fact
    blood in the urine                  | icd R31.9                             | active   | confirmed   | hold: primary care
    blood in the urine, SNOMED          | sct 34436003                          | active   | confirmed   | hold: primary care
    urgency                             | icd R39.15                            | active   | confirmed   | hold: primary care
    pain on passing urine               | icd R30.0                             | active   | confirmed   | hold: primary care
    stones                              | icd N20.0                             | active   | confirmed   | proceed
""")  # fmt: skip
def test_bladder(code: str, clinical: str, verified: str, answer: str) -> None:
    assert with_well("bladder", condition(code, clinical, verified)) == answer


@cases("""
    what is recorded                    | code                                  | clinical | verified    | pugh  | answer
    ------------------------------------+---------------------------------------+----------+-------------+-------+----------------
    cirrhosis without a class           | icd K74.60                            | active   | confirmed   |       | unknown: fact
    cirrhosis, class A                  | icd K74.60                            | active   | confirmed   | A     | proceed
    cirrhosis, class B                  | icd K74.60                            | active   | confirmed   | B     | caution
    cirrhosis, class C                  | icd K74.60                            | active   | confirmed   | C     | stop: override
    class C and no cirrhosis recorded   |                                       |          |             | C     | stop: override
    alcoholic cirrhosis                 | icd K70.30                            | active   | confirmed   |       | unknown: fact
    cirrhosis, SNOMED                   | sct 19943007                          | active   | confirmed   |       | unknown: fact
    liver failure                       | icd K72.10                            | active   | confirmed   |       | unknown: fact
    liver failure, SNOMED               | sct 59927004                          | active   | confirmed   |       | unknown: fact
    liver failure, long over            | icd K72.00                            | resolved | confirmed   |       | proceed
    fatty liver                         | icd K76.0                             | active   | confirmed   |       | proceed
    hepatitis C                         | icd B18.2                             | active   | confirmed   |       | proceed
    cirrhosis, refuted                  | icd K74.60                            | active   | refuted     |       | proceed
    cirrhosis, provisional              | icd K74.60                            | active   | provisional |       | unknown: fact
""")  # fmt: skip
def test_liver_disease_and_its_class(
    code: str | None, clinical: str | None, verified: str | None, pugh: str | None, answer: str
) -> None:
    told = history(by="Practitioner/7", child_pugh=pugh)
    assert with_well("hepatic", *([condition(code, clinical, verified)] if code else []), told,
                     instead_of=("q1",)) == answer  # fmt: skip


@cases("""
    what is recorded                    | code                                  | clinical | verified    | answer
    ------------------------------------+---------------------------------------+----------+-------------+--------------------
    pregnant                            | icd Z33.1                             | active   | confirmed   | stop today: remeasure
    prenatal care                       | icd Z34.82                            | active   | confirmed   | stop today: remeasure
    pregnant, SNOMED                    | sct 77386006                          | active   | confirmed   | stop today: remeasure
    normal pregnancy, SNOMED            | sct 72892002                          | active   | confirmed   | stop today: remeasure
    gestational diabetes                | icd O24.410                           | active   | confirmed   | stop today: remeasure
    ectopic                             | icd O00.102                           | active   | confirmed   | stop today: remeasure
    pregnancy, over                     | sct 72892002                          | resolved | confirmed   | proceed
    delivered                           | icd O80                               | active   | confirmed   | proceed
    outcome of delivery                 | icd Z37.0                             | active   | confirmed   | proceed
    after a birth                       | icd Z39.2                             | active   | confirmed   | proceed
    a miscarriage, done                 | icd O03.9                             | resolved | confirmed   | proceed
    pregnancy test negative             | icd Z32.02                            | active   | confirmed   | proceed
    pregnancy test positive             | icd Z32.01                            | active   | confirmed   | stop today: remeasure
    perhaps pregnant                    | sct 77386006                          | active   | provisional | unknown: remeasure
    pregnancy refuted                   | sct 77386006                          | active   | refuted     | proceed
    positive test, in words             | text Positive pregnancy test          | active   | confirmed   | unknown: remeasure
    negative test, in words             | text Negative pregnancy test          | active   | confirmed   | proceed
    termination asked for               | icd Z33.2                             | active   | confirmed   | unknown: remeasure
    wish for a child                    | icd Z31.9                             | active   | confirmed   | proceed
""")  # fmt: skip
def test_pregnancy(code: str, clinical: str, verified: str, answer: str) -> None:
    assert with_well("pregnancy", condition(code, clinical, verified)) == answer


@cases("""
    what is recorded                    | code                                  | clinical | verified    | answer
    ------------------------------------+---------------------------------------+----------+-------------+--------------------
    hypertension, and the reading well  | icd I10                               | active   | confirmed   | proceed
    hypertensive emergency today        | icd I16.1                             | active   | confirmed   | stop today: remeasure
    hypertensive urgency, SNOMED        | sct 443482000                         | active   | confirmed   | stop today: remeasure
    hypertensive encephalopathy         | icd I67.4                             | active   | confirmed   | stop today: remeasure
    hypertensive crisis, over           | icd I16.9                             | resolved | confirmed   | proceed
    hypertensive crisis, perhaps        | icd I16.9                             | active   | provisional | unknown: remeasure
""")  # fmt: skip
def test_hypertensive_crisis(code: str, clinical: str, verified: str, answer: str) -> None:
    assert with_well("blood-pressure", condition(code, clinical, verified, recordedDate=day(0))) == answer
