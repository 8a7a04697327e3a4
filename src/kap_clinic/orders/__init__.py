"""Orders: what a prescriber ordered for one planned session, released for it, changed by new entries.

What: the proposal as it was read, the signed order, its history.
For: prescribers who order; pharmacy, which draws up only what is released; the dosing day, which shows it.
Must not: reckon a dose (kap.dosing does), or move any drug (pharmacy does).
"""
