"""What waits for somebody: clocked cases, kept by entries that are added and never edited.

What: clearance requests (later crises, discrepancies, complaints), each with an owner, a clock and its tries.
For: prescribers and medical directors who ask and answer; nurses, coordinators and therapists who try.
Must not: say what may be done to a case or when it rises (kap.casework does), or judge a finding.
"""
