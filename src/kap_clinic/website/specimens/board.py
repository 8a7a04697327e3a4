"""An invented day of four people in one house."""

from __future__ import annotations

from kap_clinic.website.parts import Bar, Board, Lane

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
                Bar(
                    start=330,
                    minutes=60,
                    words="escort not named",
                    kind="recovery",
                    clock="13:30–14:30",
                    tone="look",
                ),
            ),
        ),
        Lane(
            who="M. Lindqvist",
            where="garden room",
            bars=(
                Bar(start=60, minutes=60, words="yoga", kind="rest", clock="09:00–10:00"),
                Bar(start=150, minutes=75, words="ART 75", kind="integration", clock="10:30–11:45"),
                Bar(start=240, minutes=60, words="lunch", kind="rest", clock="12:00–13:00"),
                Bar(
                    start=360,
                    minutes=90,
                    words="preparation for dose 3",
                    kind="preparation",
                    clock="14:00–15:30",
                ),
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
