"""What a treatment did: for one person here; cohorts and benchmarks come with their own tables.

Decides: which scores stand before and after each dose, and which published rules speak of a response.
For: the outcome page of a person; the medical director.
It refuses to know: how a score is made (instruments), when doses are planned, and any name.
Must not import: scheduling, billing or synthetic.
"""
