"""The screening rules, one file a rule: which facts it counts, what it answers, where each answer begins.

Decides: what each rule finds. The numbers lie in library/limits, one document a rule.
For: the registry of rules, which pairs each with its document.
Must not import: each other; what two rules share lies one floor up, in kap.screening.
"""
