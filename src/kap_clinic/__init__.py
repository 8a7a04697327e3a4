"""The clinic: tables, pages, people, permissions, jobs and live screens, on Django.

What: loads what the core decides about, writes what people decide, and says who did it.
For: staff and clients of one or many organizations on one server.
Must not: hold a clinical rule (those live in ``kap``) or parse a foreign format (``kap_fhir``).
"""
