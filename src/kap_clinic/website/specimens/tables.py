"""Invented staff, facts, links and vitals."""

from __future__ import annotations

from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Step, Table

from .nowhere import NOWHERE

STAFF = Table(
    caption="Staff of Cedar House",
    note="Twelve people; four are shown",
    columns=(
        Column(words="Name", sort_url="#tables", sorted="ascending"),
        Column(words="Role", sort_url="#tables"),
        Column(words="License"),
        Column(words="Sessions", is_number=True, sort_url="#tables"),
        Column(words=""),
    ),
    rows=(
        Row(
            cells=(
                Act("Adeyemi, Paul", NOWHERE),
                "Prescriber",
                Status(words="valid to 30 Jun 2026", tone="done"),
                "148",
                "",
            )
        ),
        Row(
            cells=(
                Act("Mendes, Rosa", NOWHERE),
                "Nurse",
                Status(words="ends in 12 days", tone="look"),
                "1,204",
                Act("Ask for the renewal", NOWHERE),
            )
        ),
        Row(
            cells=(
                Act("Reyes, Tom", NOWHERE),
                "Nurse",
                Status(words="ended 2 Jan 2025", tone="must"),
                "96",
                Act("Take off the rota", NOWHERE),
            )
        ),
        Row(
            cells=(
                Act("Wolde, Iris", NOWHERE),
                "Therapist, custodian",
                Status(words="not recorded", tone="quiet"),
                "31",
                Act("Record the license", NOWHERE),
            )
        ),
    ),
    empty=Empty(what="Nobody works here yet."),
)
NO_STAFF = Table(
    caption="Staff of Birch Lodge",
    columns=STAFF.columns,
    rows=(),
    empty=Empty(
        what="Nobody works here yet.",
        how="Invite the first person; they set up their own sign-in.",
        act=Act("Invite a person", NOWHERE, is_main=True),
    ),
)

JOURNEY = tuple(
    Step(words, state=state)
    for words, state in (
        ("referral", "done"),
        ("screening", "done"),
        ("preparation", "done"),
        ("dose 2 today", "here"),
        ("integration", "ahead"),
        ("discharge", "ahead"),
        ("follow-up", "ahead"),
    )
)
CRUMBS = (Step("Cedar House", NOWHERE), Step("People", NOWHERE), Step("Ana K.", NOWHERE))
TABS = (
    Step("Today", "#links", is_here=True),
    Step("Plan", "#links"),
    Step("Measures", "#links"),
    Step("Documents", "#links"),
)
FACTS = (
    ("Born", "3 March 1984, 41 years"),
    ("Pronouns", "she/her"),
    ("Allergies", "None stated, 12 January 2025"),
    ("Escort", "Luis K., brother"),
    ("Consent", Status(words="signed 12 January 2025", tone="done")),
    ("Home address", Status(words="not recorded", tone="quiet")),
)
ONLY_EMPTY = Empty(
    what="No session has been recorded for Ana K.",
    how="The first one appears here when it is started from the day board.",
    act=Act("Open the day board", NOWHERE),
)
VITALS = (
    ("Blood pressure", "138/84", "mmHg", "10:21 · was 144/88", ""),
    ("Heart rate", "92", "/min", "now", ""),
    ("Oxygen", "93", "%", "now · look at the probe", "look"),
    ("Breathing", "14", "/min", "10:21", ""),
)
