"""The dosing day: a person's session in the room, kept as a timeline that many screens follow live.

What: sessions, their timelines, doses given, readings of devices, alarms, leaving, the signed note.
For: the nurse and the prescriber in the room, the therapist beside, whoever follows on another screen.
Must not: say what is safe, due or alarming (kap.monitoring does), or count what a safe holds (pharmacy).
"""
