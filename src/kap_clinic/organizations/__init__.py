"""Organizations, their sites, and what one organization opens to another.

What: the tenant itself, its places and time zones, sharing grants.
For: everyone who works for an organization; another organization sees only what a grant names.
Must not: know who signs in (accounts) or anything clinical.
"""
