"""The roles of a clinic, with the least each needs; decides who may do what, and says which role would.

A person may hold several roles; what they may do is the union. Site by site access is the clinic's to decide.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kap.people.permissions import Permission
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import Sentence, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A kind of work done here, and what it may open."""

    id: str
    name: Sentence
    sentence: Sentence
    permissions: frozenset[Permission] = frozenset()


_STAFF_PAGES = frozenset(
    {Permission.SEE_ORGANIZATION, Permission.SEE_SITES, Permission.SEE_STAFF, Permission.SEE_DAY_BOARD}
)
_CHARTS = frozenset(
    {Permission.SEE_PEOPLE, Permission.SEE_CHART, Permission.BREAK_GLASS, Permission.WRITE_SAFETY_PLAN}
)
_RECORDS = frozenset({Permission.OPEN_CHARTS, Permission.RECORD_FACTS})
_CASES = frozenset(
    {Permission.SEE_CASES, Permission.WORK_CASES, Permission.OPEN_CRISIS, Permission.SEE_ROSTER}
)
_SCREENS = frozenset({Permission.SEE_SCREENING, Permission.SEND_HISTORY, Permission.CONFIRM_HISTORY})
_MEASURES = frozenset({Permission.SEE_MEASURES, Permission.ASK_MEASURES, Permission.ENTER_MEASURES})
_PLANS = frozenset(
    {
        Permission.SEE_PROTOCOLS,
        Permission.SEE_PLANS,
        Permission.MOVE_SESSIONS,
        Permission.KEEP_SESSIONS,
        Permission.SEE_NOTES,
        Permission.WRITE_NOTES,
    }
)
_DECIDES = frozenset(
    {Permission.ASK_CLEARANCE, Permission.ANSWER_CASES, Permission.CLOSE_CRISIS, Permission.SHARE_CHART}
)
_SAFE = frozenset({Permission.SEE_SAFE, Permission.COUNT_SAFE, Permission.SIGN_SECOND})
_DOSES = _SAFE | {Permission.SEE_ORDERS, Permission.DRAW_UP, Permission.GIVE_DOSES}
_ROOM = frozenset({Permission.SEE_DOSING_DAY, Permission.CHART_SESSIONS})
_LETS_GO = frozenset({Permission.LET_GO, Permission.SIGN_SESSION_NOTES})
_ROSTER = frozenset({Permission.SEE_ROSTER, Permission.KEEP_ROSTER})

CLIENT = Role(
    id="client",
    name=sentence("Client"),
    sentence=sentence("Is treated here; sees their own forms, schedule, journal and measures."),
)
ESCORT = Role(
    id="escort",
    name=sentence("Escort"),
    sentence=sentence("Brings a client home or supports them; is told where to be and what to watch."),
)
COORDINATOR = Role(
    id="coordinator",
    name=sentence("Coordinator"),
    sentence=sentence("Arranges enquiries, admissions, timetables, rooms, lodging and payments."),
    permissions=_STAFF_PAGES
    | _CASES
    | _ROSTER
    | {
        Permission.SEE_PEOPLE,
        Permission.TAKE_ENQUIRIES,
        Permission.OPEN_CHARTS,
        Permission.SEND_HISTORY,
        Permission.ASK_MEASURES,
    },
)
PRESCRIBER = Role(
    id="prescriber",
    name=sentence("Prescriber"),
    sentence=sentence("Clears clients, orders doses and signs for them (MD, DO, NP or PA)."),
    permissions=_STAFF_PAGES
    | _CHARTS
    | _RECORDS
    | _CASES
    | _SCREENS
    | _MEASURES
    | _PLANS
    | _DECIDES
    | _DOSES
    | _ROOM
    | _LETS_GO
    | {Permission.SIGN_SCREENING, Permission.MAKE_PLANS, Permission.ORDER_DOSES},
)
NURSE = Role(
    id="nurse",
    name=sentence("Nurse"),
    sentence=sentence("Gives doses, watches vitals and events, and keeps the night."),
    permissions=_STAFF_PAGES
    | _CHARTS
    | _RECORDS
    | _CASES
    | _SCREENS
    | _MEASURES
    | _PLANS
    | _DOSES
    | _ROOM
    | _LETS_GO,
)
THERAPIST = Role(
    id="therapist",
    name=sentence("Therapist"),
    sentence=sentence("Prepares, is present in the session and integrates what came."),
    permissions=_STAFF_PAGES
    | _CHARTS
    | _CASES
    | _MEASURES
    | _PLANS
    | _ROOM
    | {Permission.SEE_SCREENING, Permission.CLOSE_CRISIS},
)
CUSTODIAN = Role(
    id="custodian",
    name=sentence("Custodian"),
    sentence=sentence("Keeps the controlled-substance safe: receipts, counts, waste and loss."),
    permissions=_STAFF_PAGES | _SAFE | {Permission.KEEP_SAFE},
)
MEDICAL_DIRECTOR = Role(
    id="medical_director",
    name=sentence("Medical director"),
    sentence=sentence("Answers for protocols, overrides, incidents and outcomes."),
    permissions=_STAFF_PAGES
    | _CHARTS
    | _RECORDS
    | _CASES
    | _ROSTER
    | _SCREENS
    | _MEASURES
    | _PLANS
    | _DECIDES
    | {
        Permission.OVERRIDE_FINDING,
        Permission.SAY_PROFIT,
        Permission.KEEP_LICENSED_WORDS,
        Permission.MAKE_PLANS,
        Permission.SEE_DOSING_DAY,
        Permission.SEE_ORDERS,
        Permission.SEE_SAFE,
        Permission.SIGN_SECOND,
        Permission.RUN_DRILL,
        Permission.SET_LADDER,
        Permission.TAKE_ENQUIRIES,
        Permission.REVIEW_OPENINGS,
        Permission.SEE_AUDIT,
        Permission.VERIFY_AUDIT,
    },
)
INSPECTOR = Role(
    id="inspector",
    name=sentence("Inspector"),
    sentence=sentence("Reads the proof: counts, custody, consents, credentials and audit. Changes nothing."),
    permissions=frozenset(
        {
            Permission.SEE_ORGANIZATION,
            Permission.SEE_SITES,
            Permission.SEE_STAFF,
            Permission.SEE_SAFE,
            Permission.SEE_AUDIT,
            Permission.EXPORT_AUDIT,
            Permission.VERIFY_AUDIT,
            Permission.SEE_BACKUPS,
        }
    ),
)
ADMINISTRATOR = Role(
    id="administrator",
    name=sentence("Administrator"),
    sentence=sentence("Invites people and keeps sites, settings and keys. Sees no chart."),
    permissions=frozenset(
        {
            Permission.SEE_ORGANIZATION,
            Permission.CHANGE_ORGANIZATION,
            Permission.SEE_SITES,
            Permission.CHANGE_SITES,
            Permission.SHARE_SITE,
            Permission.SEE_STAFF,
            Permission.INVITE_STAFF,
            Permission.CHANGE_STAFF,
            Permission.REGISTER_DEVICES,
            Permission.SEE_AUDIT,
            Permission.EXPORT_AUDIT,
            Permission.VERIFY_AUDIT,
            Permission.SEE_BACKUPS,
            Permission.SEE_ROSTER,
            Permission.KEEP_ROSTER,
            Permission.RUN_DRILL,
        }
    ),
)
ENGINEER = Role(
    id="engineer",
    name=sentence("Engineer, researcher"),
    sentence=sentence("Connects other systems by token and takes exports."),
    permissions=frozenset({Permission.SEE_ORGANIZATION, Permission.SEE_SITES, Permission.USE_API}),
)

ROLES: tuple[Role, ...] = (
    CLIENT,
    ESCORT,
    COORDINATOR,
    PRESCRIBER,
    NURSE,
    THERAPIST,
    CUSTODIAN,
    MEDICAL_DIRECTOR,
    INSPECTOR,
    ADMINISTRATOR,
    ENGINEER,
)
_BY_ID = {role.id: role for role in ROLES}


def role_of(role_id: str) -> Role:
    """Looks a role up by the id it is stored under.

    Raises: InputError when there is no such role.
    """
    if role_id not in _BY_ID:
        raise InputError(f"There is no role {role_id!r}; the roles are {', '.join(_BY_ID)}.")
    return _BY_ID[role_id]


def permits(roles: AbstractSet[str], permission: Permission) -> bool:
    """Whether any of these roles gives the permission.

    Missing: a role this version does not know gives nothing.
    """
    return any(permission in _BY_ID[role_id].permissions for role_id in roles if role_id in _BY_ID)


def roles_permitting(permission: Permission) -> tuple[Role, ...]:
    """Names the roles that give a permission, so that a refusal can say whom to ask."""
    return tuple(role for role in ROLES if permission in role.permissions)


def refusal(permission: Permission) -> Sentence:
    """Says why a person may not do this, and whose work it is."""
    permitting = roles_permitting(permission)
    names = Sentence(
        " · ".join(f"{{{role.id}}}" for role in permitting), {role.id: role.name for role in permitting}
    )
    return sentence("You may not {act}; that is the work of: {roles}.", act=permission.sentence, roles=names)
