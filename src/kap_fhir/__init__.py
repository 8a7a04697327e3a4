"""The edge: what other systems write about a person becomes facts, or is listed with the reason.

Decides: what a record in somebody else's format says, about whom, how well it is known, what stays unread.
For: screening (`./kap screen`), the clinic's import, clinicians who ask why a line does not count.
Must not import: the clinic, the commands, or anything that opens a network or a database.
"""
