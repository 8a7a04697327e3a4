"""An invented morning: who needs someone, what happened, and the cases whose clock runs."""

from __future__ import annotations

from kap_clinic.website.parts import Act, ClockedCase, Day, Happening, Need

from .nowhere import NOWHERE

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
            Happening(
                at="10:27",
                what="No vitals for 6 min",
                by="alarm, room 2",
                notes=("not acknowledged",),
                tone="must",
            ),
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
