"""One supervisor for all processes of the clinic: database, web, stream, worker.

What: starts them in order, waits until each is ready, starts again what ends, stops them clean, refuses a
second copy, and after its own death leaves nothing the next start cannot adopt or end.
For: `./kap serve` and `./kap demo`; `./kap doctor` and /health read the state it writes.
Must not: know what a program does; programs are data, and a test may run its own.
"""
