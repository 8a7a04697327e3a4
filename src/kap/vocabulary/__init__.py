"""The words every other room speaks: quantities, moments, facts, verdicts, sentences, sources, codes, errors.

Decides: what a number with its unit, an instant, a code or a verdict can be, and how each is written.
For: every room of the core, and the clinic.
Must not import: any other room.
"""
