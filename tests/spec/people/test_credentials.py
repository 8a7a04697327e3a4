"""Credentials on a day.

A credential counts from its first day to its last, both included. One that has ended holds the task; one that
nobody recorded, or whose last day nobody knows, is unknown, which is never fine.
"""

from datetime import date

from tests.cases import cases

from kap.people.credentials import Credential, CredentialKind, Expiry, Requirement, missing_for
from kap.vocabulary.findings import Verdict
from kap.vocabulary.sources import UnverifiedSource

INVENTED = UnverifiedSource(key="invented for the manual", stated_on=date(2026, 11, 21))
NURSE_IN_COLORADO = Requirement(
    kind=CredentialKind.LICENSE, subject="registered nurse", place="CO", source=INVENTED
)


@cases("""
    on which day                 | first day  | last day   | on         | counts
    -----------------------------+------------+------------+------------+-------
    the day before it begins     | 2026-01-01 | 2026-12-31 | 2025-12-31 | no
    its first day                | 2026-01-01 | 2026-12-31 | 2026-01-01 | yes
    its last day                 | 2026-01-01 | 2026-12-31 | 2026-12-31 | yes
    the day after it ended       | 2026-01-01 | 2026-12-31 | 2027-01-01 | no
    nobody knows when it ends    | 2026-01-01 |            | 2026-06-01 |
    not begun, end not known     | 2026-01-01 |            | 2025-12-31 | no
    valid for a single day       | 2026-01-01 | 2026-01-01 | 2026-01-01 | yes
""")
def test_a_credential_counts_from_its_first_day_to_its_last(
    first_day: date, last_day: date | None, on: date, counts: bool | None
) -> None:
    assert _license(first_day, last_day or Expiry.UNKNOWN).is_valid_on(on) is counts


@cases("""
    what is on record                  | states | first day  | last day   | verdict | reason
    -----------------------------------+--------+------------+------------+---------+--------------------------
    valid here                         | CO     | 2026-01-01 | 2026-12-31 |         |
    its last day is the day            | CO     | 2026-01-01 | 2026-06-01 |         |
    it ended the day before            | CO     | 2026-01-01 | 2026-05-31 | hold    | ended on 2026-05-31
    it begins the day after            | CO     | 2026-06-02 | 2026-12-31 | hold    | begins on 2026-06-02
    a compact that lists the state     | UT, CO | 2026-01-01 | 2026-12-31 |         |
    valid in another state only        | UT     | 2026-01-01 | 2026-12-31 | unknown | No registered nurse
    no state was recorded              |        | 2026-01-01 | 2026-12-31 | unknown | No registered nurse
    nobody recorded when it ends       | CO     | 2026-01-01 |            | unknown | Nobody has recorded when
""")
def test_an_ended_credential_holds_the_task_and_a_missing_fact_is_unknown(
    states: frozenset[str] | None,
    first_day: date,
    last_day: date | None,
    verdict: Verdict | None,
    reason: str | None,
) -> None:
    held = _license(first_day, last_day or Expiry.UNKNOWN, states or frozenset())
    findings = missing_for([NURSE_IN_COLORADO], [held], date(2026, 6, 1))
    assert [finding.verdict for finding in findings] == ([verdict] if verdict else [])
    assert all(str(reason) in str(finding.because.reason) for finding in findings)


def test_a_person_with_no_credential_on_record_is_unknown_and_not_cleared() -> None:
    (finding,) = missing_for([NURSE_IN_COLORADO], [], date(2026, 6, 1))
    assert finding.verdict is Verdict.UNKNOWN
    assert str(finding.because.reason) == "No registered nurse license for CO is recorded."


def test_a_renewed_credential_replaces_the_one_that_ended() -> None:
    ended, renewed = (
        _license(date(2024, 1, 1), date(2025, 12, 31)),
        _license(date(2026, 1, 1), date(2027, 12, 31)),
    )
    assert missing_for([NURSE_IN_COLORADO], [ended, renewed], date(2026, 6, 1)) == ()


def test_a_training_that_never_expires_counts_in_every_place() -> None:
    training = Credential(
        kind=CredentialKind.TRAINING,
        subject="EMDR",
        valid_from=date(2015, 5, 1),
        last_day=Expiry.NEVER,
    )
    asked = Requirement(kind=CredentialKind.TRAINING, subject="EMDR", source=INVENTED)
    assert missing_for([asked], [training], date(2026, 6, 1)) == ()
    (finding,) = missing_for([asked], [training], date(2015, 4, 30))
    assert str(finding.because.reason) == "The EMDR training begins on 2015-05-01."


def _license(first: date, last: date | Expiry, places: frozenset[str] = frozenset({"CO"})) -> Credential:
    return Credential(
        kind=CredentialKind.LICENSE,
        subject="registered nurse",
        places=places,
        valid_from=first,
        last_day=last,
    )
