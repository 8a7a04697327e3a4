"""The trail: who did what to whose record, when; sealed and chained so that a change shows.

What: the rows that acting() writes, their seals, the inspector's page, the verification.
For: inspectors, medical directors, administrators.
Must not: hold a value of any record, or be written by anything but the door and the sealer.
"""
