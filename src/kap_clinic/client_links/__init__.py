"""Links that one client opens without an account: given, opened while they are good, taken back.

What: the token a link carries, who may give one and take it back, and the page that only a good one opens.
For: the forms and the health history that clients answer on a phone; whatever else is given them by link.
Must not: know what stands behind a link, or keep a table of its own: each kind of link has its own.
"""
