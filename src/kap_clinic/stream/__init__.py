"""The stream: one small process that tells open screens what has just changed.

What: server-sent events over LISTEN/NOTIFY, with signed five-minute tokens; ids, never values.
For: the day board and, later, the dosing room.
Must not: read or write a record, or know Django's models.
"""
