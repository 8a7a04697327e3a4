"""A treatment protocol as a document: phases, sessions, dose rules, windows and measures, typed and checked.

Decides: what a protocol may say, and that what it says can be lived: nothing before what it needs, doses as
far apart as the protocol itself demands, everything that belongs into a window after a dose inside it.
For: planning, orders and the dosing day; the protocol pages; `./kap protocol`.
It refuses to know: who is treated, on which days, in which zone; and how often vitals are read, which goes by
the route and not by the protocol.
Must not import: planning or any room above.
"""
