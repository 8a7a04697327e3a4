"""What the treatment did, for one person: scores beside doses and integration, response by a named rule.

What: a person's outcome page, put together from measures and plans; no table of its own.
For: prescribers, therapists, the medical director.
Must not: score, compare or plan anything itself (kap.instruments, kap.outcomes and kap.planning do).
"""
