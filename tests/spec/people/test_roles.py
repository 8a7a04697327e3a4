"""Roles.

Each role may do what its work needs and no more. A person with several roles may do what any of them may.
"""

from tests.cases import cases

from kap.people.permissions import Permission
from kap.people.roles import permits, refusal


@cases("""
    who                         | roles                   | organization | sites | staff | day board | audit
    ----------------------------+-------------------------+--------------+-------+-------+-----------+------
    nobody in particular        |                         | no           | no    | no    | no        | no
    a client                    | client                  | no           | no    | no    | no        | no
    an escort                   | escort                  | no           | no    | no    | no        | no
    a coordinator               | coordinator             | yes          | yes   | yes   | yes       | no
    a prescriber                | prescriber              | yes          | yes   | yes   | yes       | no
    a nurse                     | nurse                   | yes          | yes   | yes   | yes       | no
    a therapist                 | therapist               | yes          | yes   | yes   | yes       | no
    a custodian                 | custodian               | yes          | yes   | yes   | yes       | no
    a medical director          | medical_director        | yes          | yes   | yes   | yes       | yes
    an inspector                | inspector               | yes          | yes   | yes   | no        | yes
    an administrator            | administrator           | yes          | yes   | yes   | no        | yes
    an engineer                 | engineer                | yes          | yes   | no    | no        | no
    an administrator who nurses | administrator, nurse    | yes          | yes   | yes   | yes       | yes
    a role of a later version   | astrologer              | no           | no    | no    | no        | no
""")
def test_what_each_role_may_see(
    roles: frozenset[str] | None, organization: bool, sites: bool, staff: bool, day_board: bool, audit: bool
) -> None:
    held = roles or frozenset()
    assert permits(held, Permission.SEE_ORGANIZATION) is organization
    assert permits(held, Permission.SEE_SITES) is sites
    assert permits(held, Permission.SEE_STAFF) is staff
    assert permits(held, Permission.SEE_DAY_BOARD) is day_board
    assert permits(held, Permission.SEE_AUDIT) is audit


@cases("""
    the act                             | permission          | permitted to
    ------------------------------------+---------------------+------------------------------------------
    change the organization             | change_organization | Administrator
    open a site                         | change_sites        | Administrator
    share a site                        | share_site          | Administrator
    invite a person                     | invite_staff        | Administrator
    change a person's roles             | change_staff        | Administrator
    read the audit                      | see_audit           | Medical director · Inspector · Administrator
    take a copy of the audit            | export_audit        | Inspector · Administrator
    have the audit checked              | verify_audit        | Medical director · Inspector · Administrator
    see the state of backups            | see_backups         | Inspector · Administrator
    connect another system              | use_api             | Engineer, researcher
""")
def test_a_refusal_says_whose_work_it_is(permission: Permission, permitted_to: str) -> None:
    said = str(refusal(permission))
    assert said == f"You may not {permission.sentence}; that is the work of: {permitted_to}."


@cases("""
    who                | roles            | screening | history link | confirm | clearance | answer | override | sign
    -------------------+------------------+-----------+--------------+---------+-----------+--------+----------+-----
    a client           | client           | no        | no           | no      | no        | no     | no       | no
    a coordinator      | coordinator      | no        | yes          | no      | no        | no     | no       | no
    a prescriber       | prescriber       | yes       | yes          | yes     | yes       | yes    | no       | yes
    a nurse            | nurse            | yes       | yes          | yes     | no        | no     | no       | no
    a therapist        | therapist        | yes       | no           | no      | no        | no     | no       | no
    a custodian        | custodian        | no        | no           | no      | no        | no     | no       | no
    a medical director | medical_director | yes       | yes          | yes     | yes       | yes    | yes      | no
    an inspector       | inspector        | no        | no           | no      | no        | no     | no       | no
    an administrator   | administrator    | no        | no           | no      | no        | no     | no       | no
""")
def test_who_screens_asks_overrides_and_signs(
    roles: frozenset[str], screening: bool, history_link: bool, confirm: bool, clearance: bool, answer: bool,
    override: bool, sign: bool,
) -> None:  # fmt: skip
    held = [
        permits(roles, permission)
        for permission in (
            Permission.SEE_SCREENING,
            Permission.SEND_HISTORY,
            Permission.CONFIRM_HISTORY,
            Permission.ASK_CLEARANCE,
            Permission.ANSWER_CASES,
            Permission.OVERRIDE_FINDING,
            Permission.SIGN_SCREENING,
        )
    ]
    assert held == [screening, history_link, confirm, clearance, answer, override, sign]
