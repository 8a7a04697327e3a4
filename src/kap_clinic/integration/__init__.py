"""The therapy after a dose: integration sessions held in their windows, and their progress notes.

What: notes that are signed once and only added to; the sessions still waiting for one.
For: therapists, prescribers and nurses who write and read them.
Must not: say where a session may lie (kap.planning does), or keep psychotherapy notes, which are no chart.
"""
