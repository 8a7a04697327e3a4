"""Whether a person may begin, from what is known about them: one finding a rule, worst first.

Decides: which facts a rule counts, what it answers, what clears that, and which rules are not asked yet.
For: prescribers, nurses and the medical director; `./kap screen`, the screening workbench, the dosing day.
Must not import: dosing, consents, protocols or any room above; and no record format: FHIR ends at the edge.
"""
