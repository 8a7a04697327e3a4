"""Invented people and readings for /design. Nothing here is clinical: every limit, dose and source is made up."""

from __future__ import annotations

from .parts import (
    Act,
    Bar,
    Board,
    ClockedCase,
    Column,
    Day,
    Empty,
    Grounds,
    Happening,
    Lane,
    Need,
    Row,
    ShownFact,
    ShownFinding,
    Status,
    Step,
    Table,
)

_INVENTED = "Invented for this page"
NOWHERE = "#main"

NEEDS = (
    Need(
        who="Ben T.",
        what="Vitals are 6 min late. The last set was at 10:21.",
        where="Room 2 · Rosa Mendes is with him",
        act=Act("Record vitals", NOWHERE),
        tone="must",
    ),
    Need(
        who="Ana K.",
        what="The integration window closes in 3 h 10 min and no session is booked.",
        where="Room 4 · therapist Iris Wolde",
        act=Act("Book a session", NOWHERE),
    ),
    Need(
        who="D. Ortiz",
        what="The monitoring form has 2 days left.",
        where="Given on Sunday 12 January",
        act=Act("Finish the form", NOWHERE),
        tone="act",
    ),
)

FINDINGS = (
    ShownFinding(
        verdict="hold",
        reason="Blood pressure was 164/96 on 12 January. Too high to start.",
        would_change_if="Two readings below 160/100, ten minutes apart.",
        grounds=Grounds(
            rule="Blood pressure before the first dose",
            facts=(
                ShownFact(what="Systolic", value="164 mmHg", on="12 Jan 2025, 09:12", origin="cuff, Rosa Mendes"),
                ShownFact(what="Diastolic", value="96 mmHg", on="12 Jan 2025, 09:12", origin="cuff, Rosa Mendes"),
            ),
            source=_INVENTED,
        ),
        act=Act("Measure again", NOWHERE),
    ),
    ShownFinding(
        verdict="unknown",
        reason="No pregnancy test in the last 7 days.",
        would_change_if="A result is recorded, or the history says why none is needed.",
        grounds=Grounds(rule="Pregnancy", facts=(), source=_INVENTED, is_unverified=True),
        act=Act("Record a result", NOWHERE),
    ),
    ShownFinding(
        verdict="caution",
        reason="Lorazepam 0.5 mg at night. It may shorten the effect, and sedation adds up.",
        would_change_if="It is no longer taken, or the prescriber has planned around it.",
        grounds=Grounds(
            rule="Benzodiazepines",
            facts=(
                ShownFact(what="Lorazepam", value="0.5 mg, at night", on="since 3 Nov 2024", origin="referral, Dr. Osei"),
            ),
            source=_INVENTED,
        ),
        act=Act("Write a plan", NOWHERE),
    ),
    *(
        ShownFinding(
            verdict="proceed",
            reason=reason,
            would_change_if="The history says otherwise.",
            grounds=Grounds(
                rule=rule,
                facts=(ShownFact(what=rule, value="none", on="12 Jan 2025", origin="history, confirmed"),),
                source=_INVENTED,
            ),
        )
        for rule, reason in (
            ("Psychosis", "No history of psychosis."),
            ("Airway", "Nothing that makes the airway difficult."),
            ("Bladder", "No bladder symptoms."),
        )
    ),
)
STOPPED = (
    ShownFinding(
        verdict="stop",
        reason="An intracranial bleed in August 2024. Excluded from this program.",
        would_change_if="The medical director overrides it, in writing, with a reason and an end date.",
        grounds=Grounds(
            rule="Raised intracranial pressure",
            facts=(
                ShownFact(what="Subdural hematoma", value="August 2024", on="told 9 Jan 2025", origin="history, confirmed"),
            ),
            source=_INVENTED,
        ),
        act=Act("Ask the medical director", NOWHERE),
        answer="Overridden by Dr. Helen Aster, medical director, until 1 March: neurosurgery has cleared him.",
    ),
)

TIMELINE = (
    Day(
        "Tuesday 14 January 2025",
        (
            Happening(at="08:52", what="Checked in", detail="with escort Luis K.", by="Rosa Mendes, nurse"),
            Happening(at="09:12", what="BP 138/84", detail="HR 88, SpO₂ 97 %", by="monitor, room 2"),
            Happening(
                at="09:40",
                what="Given 35 mg IV over 40 min",
                detail="from vial 0412",
                by="Rosa Mendes, nurse",
                notes=("checked by Tom Reyes, nurse",),
                weight="strong",
            ),
            Happening(
                at="09:58",
                what="Nausea, mild",
                by="Iris Wolde, therapist",
                notes=("recorded 10:10, 12 min late",),
                tone="look",
            ),
            Happening(
                at="10:04",
                what="BP 152/92",
                by="Rosa Mendes, nurse",
                was="125/92",
                notes=("corrected 10:06: misread",),
            ),
            Happening(at="10:27", what="No vitals for 6 min", by="alarm, room 2", notes=("not acknowledged",), tone="must"),
        ),
    ),
)

CASES = (
    ClockedCase(
        left="20 min over",
        until="due 10:22",
        percent_gone=100,
        what="Ben T. · vitals missing during a session",
        owner="Rosa Mendes",
        next_step="Measure, or say why not",
        act=Act("Record vitals", NOWHERE),
        tone="must",
    ),
    ClockedCase(
        left="3 h 10 min",
        until="until 13:52",
        percent_gone=87,
        what="Ana K. · first integration after dose 2",
        owner="Iris Wolde",
        next_step="Book a session",
        attempts="Called twice, no answer",
        act=Act("Book a session", NOWHERE),
        tone="look",
    ),
    ClockedCase(
        left="6 days",
        until="until Mon 20 Jan",
        percent_gone=14,
        what="Cardiology clearance for M. Lindqvist",
        owner="Dr. Paul Adeyemi",
        next_step="Wait for the letter, ask on Thursday",
        act=Act("Open the case", NOWHERE),
    ),
)

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
        Row(cells=(Act("Adeyemi, Paul", NOWHERE), "Prescriber", Status(words="valid to 30 Jun 2026", tone="done"), "148", "")),
        Row(cells=(Act("Mendes, Rosa", NOWHERE), "Nurse", Status(words="ends in 12 days", tone="look"), "1,204", Act("Ask for the renewal", NOWHERE))),
        Row(cells=(Act("Reyes, Tom", NOWHERE), "Nurse", Status(words="ended 2 Jan 2025", tone="must"), "96", Act("Take off the rota", NOWHERE))),
        Row(cells=(Act("Wolde, Iris", NOWHERE), "Therapist, custodian", Status(words="not recorded", tone="quiet"), "31", Act("Record the license", NOWHERE))),
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

BOARD = Board(
    caption="Tuesday 14 January",
    first_hour=8,
    last_hour=17,
    now=162,
    lanes=(
        Lane(
            who="Ana K.",
            where="room 4",
            bars=(
                Bar(start=0, minutes=45, words="prep", kind="preparation", clock="08:00–08:45"),
                Bar(start=90, minutes=45, words="dose 2", kind="dose", clock="09:30–10:15"),
                Bar(start=135, minutes=105, words="recovery", kind="recovery", clock="10:15–12:00"),
                Bar(start=240, minutes=60, words="lunch", kind="rest", clock="12:00–13:00"),
                Bar(start=330, minutes=90, words="EMDR 90", kind="integration", clock="13:30–15:00"),
            ),
        ),
        Lane(
            who="Ben T.",
            where="room 2",
            bars=(
                Bar(start=52 - 52 % 5, minutes=30, words="check-in", kind="preparation", clock="08:50–09:20"),
                Bar(start=100, minutes=40, words="dose 1", kind="dose", clock="09:40–10:20"),
                Bar(
                    start=140,
                    minutes=120,
                    words="vitals late",
                    kind="recovery",
                    clock="10:20–12:20",
                    tone="must",
                    note="Recovery. The last vitals were at 10:21.",
                ),
                Bar(start=405, minutes=60, words="ART 60", kind="integration", clock="14:45–15:45"),
            ),
        ),
        Lane(
            who="D. Ortiz",
            where="room 1",
            bars=(
                Bar(start=180, minutes=30, words="check-in", kind="preparation", clock="11:00–11:30"),
                Bar(start=210, minutes=120, words="device 1 to 3", kind="dose", clock="11:30–13:30"),
                Bar(start=330, minutes=60, words="escort not named", kind="recovery", clock="13:30–14:30", tone="look"),
            ),
        ),
        Lane(
            who="M. Lindqvist",
            where="garden room",
            bars=(
                Bar(start=60, minutes=60, words="yoga", kind="rest", clock="09:00–10:00"),
                Bar(start=150, minutes=75, words="ART 75", kind="integration", clock="10:30–11:45"),
                Bar(start=240, minutes=60, words="lunch", kind="rest", clock="12:00–13:00"),
                Bar(start=360, minutes=90, words="preparation for dose 3", kind="preparation", clock="14:00–15:30"),
            ),
        ),
    ),
    kinds=(
        ("preparation", "preparation"),
        ("dose", "dose"),
        ("recovery", "monitored recovery"),
        ("integration", "integration"),
        ("rest", "rest, meals, practice"),
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
