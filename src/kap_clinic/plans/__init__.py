"""Clients' plans: a protocol laid over days for one person, moved when reality moves, its history kept.

What: the dated sessions of a plan with their windows, what became of each, and every change with its reason.
For: prescribers who make plans; coordinators, nurses and therapists who keep them; orders and the dosing day.
Must not: say where a session may lie or what hangs on what (kap.planning does), or judge a screening.
"""
