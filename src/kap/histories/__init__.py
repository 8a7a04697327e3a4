"""Histories: entries that are added and never edited.

Decides: the order entries are read in, how the present is replayed from them, how old versions are read, and
whether a sealed chain still is what was sealed.
For: the timeline, the controlled-substance log, plan changes, the audit.
Must not import: any room but vocabulary.
"""
