"""What this repository promises about itself, each promise a function that names every place that breaks it.

Decides: which promises there are, and what keeps each of them.
For: `./kap check`, and tests/repository, which runs the same functions and proves that each one bites.
Must not: be imported by the clinic; a promise reads the checkout and changes nothing in it.
"""
