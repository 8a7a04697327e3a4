"""Controlled substances: what a safe holds, and every movement in and out of it.

Decides: what may be drawn, given, wasted, returned and counted; what is left after it; and that it adds up.
For: the two people who draw up, the custodian who counts, the inspector who reads.
Must not import: dosing, monitoring, planning; a dose is decided there, what moved is decided here.
"""
