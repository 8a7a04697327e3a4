"""Monitoring: a dosing session from arrival to going home, as a timeline that is added to and never edited.

Decides: what must be so before a dose, which vital signs can be true, when an alarm is raised, when vital
signs are due, when somebody may go home, and what the session's note says.
For: the dosing room, the day board, the note.
Must not import: controlled_substances, integration, followup (strangers: the clinic's action joins them), or
any room above.
"""
