"""The one door to the data, and what stands behind it.

What: PostgreSQL found or started, roles, tenancy guards, ``acting()`` and ``outside()``.
For: every app, command, job and stream; nobody opens a transaction any other way.
Must not: know an app's models or a clinical word.
"""
