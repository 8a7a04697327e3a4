"""Laws are searched for counterexamples without a stopwatch: a busy machine is not a counterexample."""

from hypothesis import settings

settings.register_profile("laws", deadline=None, database=None, print_blob=True)
settings.load_profile("laws")
