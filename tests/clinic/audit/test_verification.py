"""Whatever is done to the sealed trail is found, and the first row it was done to is named."""

from __future__ import annotations

import json

import pytest

from kap.histories.chain import Head, seal
from kap_clinic.audit.entries import COLUMNS, sealed_text, with_columns
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

CHANGES = {
    "id": "gen_random_uuid()",
    "organization_id": None,
    "action": "action || 'x'",
    "outcome": "'refused'",
    "actor_id": "gen_random_uuid()",
    "actor_kind": "'member'",
    "actor_program": "'Setup'",
    "subjects": "subjects || gen_random_uuid()",
    "why": "'because'",
    "digests": "digests || repeat('a', 64)",
    "recorded_at": "recorded_at + interval '1 microsecond'",
}


def first(proof):
    problem = proof.problems[0]
    return problem.kind, problem.number


def test_an_untouched_trail_is_intact_and_its_tail_is_counted(chain):
    chain.fill(2)
    proof = chain.proof()
    assert (proof.is_intact, proof.sealed, proof.heads, proof.unsealed) == (True, 9, 3, 2)
    assert proof.oldest_unsealed_at is not None


def test_every_column_of_an_entry_is_sealed():
    from kap_clinic.audit.models import Entry

    assert sorted(field.column for field in Entry._meta.get_fields()) == sorted(COLUMNS)
    assert sorted(CHANGES) == sorted(COLUMNS)


@pytest.mark.parametrize("column", [name for name, change in CHANGES.items() if change and name != "id"])
def test_a_change_in_any_column_is_named_with_row_entry_and_time(chain, column):
    entry = chain.entry_at(5)
    chain.tamper(f"UPDATE audit_entry SET {column} = {CHANGES[column]} WHERE id = %s", entry)
    proof = chain.proof()
    assert first(proof) == ("changed", 5)
    assert proof.problems[0].entry == entry
    assert proof.problems[0].at is not None


def test_one_bit_changed_is_found(chain):
    entry = chain.entry_at(1)
    flip = "set_byte(convert_to(action, 'UTF8'), 0, get_byte(convert_to(action, 'UTF8'), 0) # 1)"
    chain.tamper(f"UPDATE audit_entry SET action = convert_from({flip}, 'UTF8') WHERE id = %s", entry)
    assert first(chain.proof()) == ("changed", 1)


def test_an_entry_whose_id_was_changed_counts_as_removed(chain):
    entry = chain.entry_at(5)
    chain.tamper("UPDATE audit_entry SET id = gen_random_uuid() WHERE id = %s", entry)
    proof = chain.proof()
    assert (first(proof), proof.problems[0].entry, proof.unsealed) == (("removed", 5), entry, 1)


def test_an_entry_moved_to_another_organization_counts_as_removed(chain):
    other = chain.clinic.organization("Other")
    chain.tamper("UPDATE audit_entry SET organization_id = %s WHERE id = %s", other.id, chain.entry_at(5))
    assert first(chain.proof()) == ("removed", 5)


@pytest.mark.parametrize("number", [1, 5, 9])
def test_an_entry_removed_is_named_by_the_seal_it_left(chain, number):
    entry = chain.entry_at(number)
    chain.tamper("DELETE FROM audit_entry WHERE id = %s", entry)
    proof = chain.proof()
    assert (first(proof), proof.problems[0].entry) == (("removed", number), entry)


@pytest.mark.parametrize("number", [1, 5, 9])
def test_a_seal_removed_is_named_and_its_entry_waits_again(chain, number):
    chain.tamper("DELETE FROM audit_seal WHERE number = %s", number)
    proof = chain.proof()
    assert (first(proof), proof.unsealed) == (("removed", number), 1)


@pytest.mark.parametrize("number", [1, 5, 9])
def test_entry_and_seal_removed_together_are_missed(chain, number):
    entry = chain.entry_at(number)
    chain.tamper("DELETE FROM audit_seal WHERE number = %s", number)
    chain.tamper("DELETE FROM audit_entry WHERE id = %s", entry)
    assert first(chain.proof()) == ("removed", number)


def test_a_tail_cut_off_with_its_head_is_missed_by_the_file(chain):
    chain.tamper("DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE number > 6)")
    chain.tamper("DELETE FROM audit_seal WHERE number > 5")
    chain.tamper("DELETE FROM audit_sealhead WHERE number > 5")
    assert first(chain.proof()) == ("removed", 6)


def test_a_removed_seal_stays_found_after_the_sealer_has_gone_on(chain):
    chain.tamper("DELETE FROM audit_seal WHERE number = 5")
    chain.fill(1)
    assert chain.seal() == 2
    assert first(chain.proof()) == ("removed", 5)


def test_a_removed_last_seal_stays_found_after_its_number_was_used_again(chain):
    chain.tamper("DELETE FROM audit_seal WHERE number = 9")
    chain.tamper("DELETE FROM audit_sealhead WHERE number > 8")
    chain.fill(1)
    chain.seal()
    assert first(chain.proof())[1] == 9


SWAP_CONTENTS = """
    UPDATE audit_entry e SET action = o.action, outcome = o.outcome, actor_id = o.actor_id,
        actor_kind = o.actor_kind, actor_program = o.actor_program, subjects = o.subjects, why = o.why,
        recorded_at = o.recorded_at
    FROM audit_entry o
    WHERE (e.id = %s AND o.id = %s) OR (e.id = %s AND o.id = %s)
"""


def test_two_rows_whose_contents_were_swapped_are_named_as_reordered(chain):
    one, two = chain.entry_at(3), chain.entry_at(7)
    chain.tamper(SWAP_CONTENTS, one, two, two, one)
    proof = chain.proof()
    assert (first(proof), proof.problems[0].entry) == (("reordered", 3), one)


def test_two_seals_whose_numbers_were_swapped_are_named_as_reordered(chain):
    chain.tamper("UPDATE audit_seal SET number = number + 100 WHERE number IN (3, 7)")
    chain.tamper("UPDATE audit_seal SET number = 110 - number WHERE number IN (103, 107)")
    chain.tamper("UPDATE audit_seal SET number = number WHERE true")
    assert first(chain.proof()) == ("reordered", 3)


def test_two_seals_whose_entries_were_swapped_are_named_as_reordered(chain):
    one, two = chain.entry_at(3), chain.entry_at(7)
    blank = new_id()
    for entry, number in ((blank, 3), (one, 7), (two, 3)):
        chain.tamper("UPDATE audit_seal SET entry_id = %s WHERE number = %s", entry, number)
    assert first(chain.proof()) == ("reordered", 3)


@pytest.mark.parametrize("column", ["digest", "previous"])
def test_a_seal_whose_digest_was_changed_is_named(chain, column):
    chain.tamper(f"UPDATE audit_seal SET {column} = reverse({column}) WHERE number = 5")
    assert first(chain.proof()) == ("changed", 5)


def rebuild(chain, after: int) -> None:
    """Write the chain anew from a changed row on, as somebody who knows how but has no key."""
    query = with_columns(
        "SELECT ENTRY FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.number"
    )
    from kap_clinic.audit.reading import read

    with chain.house.acting(action="audit.seal"):
        rows = read(query, [])
    head = Head()
    for row in rows:
        sealed = seal(sealed_text(row), head)
        head = sealed.head
        if sealed.number >= after:
            chain.tamper(
                "UPDATE audit_seal SET previous = %s, digest = %s WHERE number = %s",
                sealed.previous,
                sealed.digest,
                sealed.number,
            )


def test_a_chain_written_anew_is_found_by_the_first_signed_head(chain):
    chain.tamper("UPDATE audit_entry SET why = 'x' WHERE id = %s", chain.entry_at(5))
    rebuild(chain, after=5)
    proof = chain.proof()
    heads = sorted(int(json.loads(line)["number"]) for line in chain.heads.read_text().splitlines())
    assert first(proof) == ("changed", min(number for number in heads if number >= 5))


def test_rows_sealed_by_a_strangers_hand_stand_behind_the_last_head(chain):
    chain.fill(1)
    query = with_columns("SELECT ENTRY FROM audit_entry e ORDER BY recorded_at DESC LIMIT 1")
    from kap_clinic.audit.reading import head_of, read

    with chain.house.acting(action="audit.seal"):
        [row] = read(query, [])
        sealed = seal(sealed_text(row), head_of(read, chain.house.id))
    chain.tamper(
        "INSERT INTO audit_seal (id, organization_id, entry_id, number, previous, digest, sealed_at) "
        "VALUES (gen_random_uuid(), %s, %s, 10, %s, %s, now())",
        chain.house.id,
        row[COLUMNS.index("id")],
        sealed.previous,
        sealed.digest,
    )
    assert first(chain.proof()) == ("added", 10)


def test_a_head_changed_in_the_database_was_not_signed_here(chain):
    chain.tamper("UPDATE audit_sealhead SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number < 5")
    assert first(chain.proof())[0] == "head forged"


def test_a_head_removed_from_the_database_is_missed(chain):
    chain.tamper("DELETE FROM audit_sealhead WHERE number = (SELECT min(number) FROM audit_sealhead)")
    assert first(chain.proof())[0] == "head removed"


def test_a_file_of_heads_that_was_cut_is_found(chain):
    lines = chain.heads.read_text().splitlines(keepends=True)
    chain.heads.write_text(lines[0])
    proof = chain.proof()
    assert first(proof)[0] == "heads file cut"


def test_a_file_of_heads_that_is_gone_is_found_also_after_the_sealer_went_on(chain):
    chain.heads.unlink()
    assert first(chain.proof())[0] == "heads file cut"
    chain.fill(1)
    chain.seal()
    assert first(chain.proof())[0] == "heads file cut"


@pytest.mark.parametrize(
    "change",
    [
        {"digest": "0" * 64},
        {"number": 4},
        {"at": "2020-01-01T00:00:00.000000+00:00"},
        {"signature": "AAAA"},
        {"signature": 7},
        {"key": "sign-nobody"},
        {"number": None},
        {"kind": "restored"},
    ],
)
def test_a_line_of_the_file_that_was_changed_is_named(chain, change):
    lines = chain.heads.read_text().splitlines()
    lines[1] = json.dumps({**json.loads(lines[1]), **change})
    chain.heads.write_text("\n".join(lines) + "\n")
    forged = [one for one in chain.proof().problems if one.kind == "heads file forged"]
    assert [str(one.reason) for one in forged] == [
        "Line 2 of the file of heads was changed, or was not signed here."
    ]


@pytest.mark.parametrize("nonsense", ["{}", "x", "[]", '{"schema":"openkap.head/1"}', "\x00"])
def test_a_line_that_is_no_head_is_named(chain, nonsense):
    with chain.heads.open("a") as file:
        file.write(nonsense + "\n")
    assert [one.kind for one in chain.proof().problems] == ["heads file forged"]


def test_a_line_a_power_cut_left_unfinished_is_no_problem_and_the_sealer_writes_over_it(chain):
    with chain.heads.open("a") as file:
        file.write('{"schema":"openk')
    assert chain.proof().is_intact
    chain.fill(1)
    chain.seal()
    assert chain.proof().is_intact


def test_one_organizations_broken_trail_says_nothing_of_another(chain):
    other = chain.clinic.organization("Other")
    chain.seal()
    chain.tamper("DELETE FROM audit_entry WHERE id = %s", chain.entry_at(5))
    from tests.clinic.audit.chains import Chain

    assert Chain(clinic=chain.clinic, house=other, folder=chain.folder).proof().is_intact
    assert not chain.proof().is_intact
