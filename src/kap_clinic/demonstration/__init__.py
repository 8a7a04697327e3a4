"""The demonstration: invented organizations to look around in, loaded by the actions a person uses.

What: who works there, its places, the one-time sign-in links that exist only in a synthetic database.
For: `./kap demo`, screenshots, benchmarks of real pages.
Must not: write a row any other way than an action does, or run in a database with real people.
"""
