"""One client's plan: a protocol laid over days, in the place's zone, and laid again when reality moves.

Decides: when each session begins and ends, between which moments it may lie, why it is not where the protocol
would have it, and whether a session may be moved there.
For: the plan pages, orders, the dosing day, integration; `./kap protocol apply`.
It refuses to know: who the client is, who is on duty, which room is free; and what time it is now.
Must not import: integration, monitoring, controlled_substances or any room above.
"""
