"""The clinical core: plain Python values and pure functions.

Decides: what is true and allowed, from facts handed to it. For: the clinic, the edge, the command line, and
anyone who wants the rules without the website. It knows no framework, no clock, no network and no chance; it
reads no file but its own packaged library.
Must not import: kap_fhir, kap_clinic, kap_cli, Django.
"""
