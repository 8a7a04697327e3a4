"""The reference pages, each read out of the code that it is about.

Decides: which pages there are, and how they are laid out.
For: `./kap manual`, which writes them, and `./kap check`, which says when one is stale.
Must not: hold a fact that the code does not; what a variable means is the one thing said here.
"""
