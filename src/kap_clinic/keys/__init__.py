"""Keys: a keyring outside the database, one data key an organization, ciphertext that knows its row.

What: seals and opens private text, rotates keys, signs the heads of the audit chains.
For: the few columns that must stay unreadable in a stolen database or backup.
Must not: ever write an unwrapped key into the database, a log or a backup.
"""
