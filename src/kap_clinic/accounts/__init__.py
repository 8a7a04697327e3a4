"""Who signs in, and what they are in each organization.

What: accounts with passkeys and one-time codes, members with roles and sites, invitations, the lock screen.
For: staff of every role; clients get links, not accounts, until the portal opens.
Must not: know anything clinical, nor decide what a role may do (kap.people.roles does).
"""
