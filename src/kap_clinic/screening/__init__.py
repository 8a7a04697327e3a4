"""What the rules find about one person, who answered it, and what was signed.

What: the structured history told by clients and confirmed, overrides, signatures, the screening workbench.
For: nurses who fill what is missing, prescribers who sign, the medical director who overrides.
Must not: decide what a rule says or whether an answer counts (kap.screening does), or keep a chart (people).
"""
