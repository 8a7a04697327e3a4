"""The therapy after a dose: how soon it came, and the progress note that tells of it.

Decides: which windows after a dose count, which of them an integration session reached, when one that still
waits is closing; what a progress note must say before it is signed, and how it is amended.
For: therapists, nurses and prescribers; the day board, the person's chart, the outcome pages.
It refuses to know: what a plan is, who is on duty, and psychotherapy notes, which are never the chart's.
Must not import: monitoring, controlled_substances, outcomes or any room above.
"""
