"""Dosing: how much may be given, what is drawn up for it, and how fast it runs.

Decides: the dose for a body weight, which limits bind it and why, and whether a syringe holds that dose.
For: prescribers who order, and the two people who draw up.
Must not import: screening, consents, or any room above; it proposes within limits and orders nothing.
"""
