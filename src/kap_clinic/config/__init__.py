"""How the clinic is set up: the environment, read once, and what Django makes of it.

What: the frozen Environment, settings, addresses of pages, the WSGI entry.
For: operators, who set variables; nobody else reads the process environment.
Must not: know a clinical word.
"""
