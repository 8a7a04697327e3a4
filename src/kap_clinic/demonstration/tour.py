"""Five minutes through the demonstration: at each stop who looks, at which page, and what is to be seen.

Written without Django, like the sign-in links beside which it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass

from .cast import PIN, id_of


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One stop of the tour."""

    who: str
    path: str
    see: str

    def described(self, origin: str) -> dict[str, str]:
        """Return it with the whole address of its page."""
        return {"who": self.who, "url": f"{origin}{self.path}", "see": self.see}


# In the order of the journey.
TOUR = (
    Stop(
        who="Grace Lindqvist", path="/people/pipeline/",
        see="Enquiries: Joy asked by telephone, Luz in Spanish; Miriam has the link to her history.",
    ),
    Stop(
        who="Priya Natarajan", path=f"/screening/{id_of('client', 'Ana Kowalczyk')}/",
        see="Screening: Ana's blood pressure is too high; primary care was asked, the clock runs.",
    ),
    Stop(
        who="Priya Natarajan", path=f"/plans/of/{id_of('client', 'Ben Torres')}/",
        see="Plan: Ben is cleared; his five days begin next week, each session in its window.",
    ),
    Stop(
        who="Rosa Marquez", path="/",
        see="Day board: Hannah's dose is ordered, Marcus is in the room, Sofia's window closes.",
    ),
    Stop(
        who="Rosa Marquez", path=f"/orders/{id_of('order', 'Hannah Weiss', 'dose-1')}/",
        see=f"Order: draw up Hannah's dose, Tom Akers beside you (PIN {PIN}); read the safe's log.",
    ),
    Stop(
        who="Rosa Marquez", path=f"/dosing-day/{id_of('room', 'Marcus Reid', 'dose-1')}/",
        see="Room: Marcus's dose runs, the monitor sends as you watch; chart a blood pressure.",
    ),
    Stop(
        who="Daniel Oyelaran", path=f"/plans/of/{id_of('client', 'Sofia Lindgren')}/",
        see="Plan: Sofia's window of 24 hours counts down. Write the note of her integration session.",
    ),
    Stop(
        who="Helen Osei", path=f"/outcomes/of/{id_of('client', 'Elena Petrou')}/",
        see="Outcome: Elena's PHQ-9 before and after two doses, the response and its rule.",
    ),
    Stop(
        who="Inés Calloway", path="/audit/",
        see="Audit: everything you just did and looked at, by name; press Verify now.",
    ),
)  # fmt: skip
