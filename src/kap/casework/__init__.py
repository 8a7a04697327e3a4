"""A clocked case: something that waits for a person and cannot be lost.

Decides: what a case of each kind may end with, how much of its time has gone, to whom it rises when its time
is over, and what may still be done to it. A case is closed by a person with an outcome, never by a clock.
For: clearance requests; later crises, discrepancies, serious events, complaints.
Must not import: any room but vocabulary and histories.
"""
