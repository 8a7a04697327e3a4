"""The protocols a clinic works by, shown with every number and where it comes from.

What: the library's protocols in their versions: sessions, rules, measures, sources.
For: medical directors who answer for them; prescribers, nurses and therapists who work by them.
Must not: change a protocol (a document is written and checked, kap.protocols), or know any client.
"""
