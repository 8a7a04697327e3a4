"""The commands behind `./kap`: one file a command, thin, each answering in words or with `--json`.

Decides: what a person types, and with which words and exit code a command ends.
For: whoever installs, runs, tests or mends OpenKAP.
Must not: hold a rule, a query or a page; a command calls the room that has it.
"""
