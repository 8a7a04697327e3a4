"""Ids: one UUIDv7 a fact, made by whoever first writes it; the id is the idempotency key."""

import uuid

from uuid_utils import compat

# Programs that act without a person get one stable id a name.
_PROGRAMS = uuid.UUID("6f6b6170-0000-5000-8000-70726f677261")


def new_id() -> uuid.UUID:
    """Return a fresh UUIDv7: unique, and in the order of time."""
    return compat.uuid7()


def program_id(name: str) -> uuid.UUID:
    """Return the id under which the program ``name`` appears in the audit trail."""
    return uuid.uuid5(_PROGRAMS, name)
