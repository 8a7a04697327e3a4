"""Questionnaires and rating scales as data, one engine that scores them all, and change.

Decides: what an answer may be, what a set of answers scores, which band and which safety level that is, and
whether a later score is a response, a remission, a reliable change or a deterioration.
For: screening, protocols, follow-up and outcomes; the clinic's forms and charts; the command line.
It refuses to know: who answered, when, on which page, and what anybody does about a score.
Must not import: any room but vocabulary, histories and people; numpy anywhere but in `columns`.
"""
