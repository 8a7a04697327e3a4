"""The one door to the data: ``acting()`` for an organization's rows, ``outside()`` for the few global tables.

The outermost ``acting()`` is one transaction, one organization, one audit row. Row-level security reads the
tenant that is set here; where none is set PostgreSQL raises: a forgotten door is an error, not an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from kap.people.permissions import Permission
from kap.vocabulary.errors import KapError, Refused

from .actors import Actor, Standing
from .trail import DONE, REFUSED, write_audit_row


class DoorError(KapError):
    """The data was reached for in a way the house does not allow; a programming mistake."""


class Reason(StrEnum):
    """Why a global table is written without an organization. The list is closed."""

    SIGN_IN = "sign-in"
    SESSION = "session"
    THROTTLE = "throttle"
    JOBS = "jobs"
    SETUP = "setup"


# A public page that holds nothing, once strangers have filled its lines of the day.
SELF_REFERRAL_AGAIN = "people.open_self_referral_again"
# The system's own pulse leaves no row when it succeeds; a refusal leaves one. The list is closed.
UNAUDITED = frozenset(
    {
        "stream.keep_alive", "audit.seal", "audit.export_batch", "on_call.look", "measures.look",
        "dosing_day.follow",
        SELF_REFERRAL_AGAIN,
    }
)  # fmt: skip
# What strangers can try without end: so many refusals of it a day are written down. The list is closed.
BOUNDED = frozenset({"measures.open_forms", "screening.open_history"})


@dataclass(kw_only=True)
class Acting:
    """An open transaction on behalf of one actor in one organization."""

    organization: UUID
    actor: Actor
    action: str
    is_page: bool = False
    standing: Standing = field(default_factory=lambda: Standing(name=""))
    subjects: set[UUID] = field(default_factory=set)
    digests: list[str] = field(default_factory=list)
    refusal: Refused | None = None
    is_refusal_kept: Callable[[], bool] = lambda: True

    def about(self, *subjects: UUID) -> None:
        """Say whose record or which thing this touches, for the audit row."""
        self.subjects.update(subjects)

    def sealed(self, digest: str) -> None:
        """Have the audit row name what was sealed in a chain beside the trail, which then vouches for it."""
        self.digests.append(digest)

    def require(self, permission: Permission, site: UUID | None = None) -> None:
        """Go on only with the permission (see ``Standing.require``)."""
        self.standing.require(permission, site)

    def bound_refusals(self, is_within: Callable[[], bool]) -> None:
        """Leave the row of a refusal only while ``is_within`` says so; it is asked once, when refused.

        Raises: DoorError for an action that strangers cannot try.
        """
        if self.action not in BOUNDED:
            raise DoorError(f"Every refusal of {self.action} is written down. Only a closed list is bounded.")
        self.is_refusal_kept = is_within


_acting: ContextVar[Acting | None] = ContextVar("kap_acting", default=None)
_outside: ContextVar[Reason | None] = ContextVar("kap_outside", default=None)


def now_acting() -> Acting | None:
    """Return the open ``acting()``, if there is one."""
    return _acting.get()


def is_open() -> bool:
    """Say whether any door is open in this thread."""
    return _acting.get() is not None or _outside.get() is not None


@contextmanager
def acting(organization: UUID, person: Actor, action: str, *, is_page: bool = False) -> Iterator[Acting]:
    """Open the organization's data for one person and one named action; nested calls join.

    A page opens with ``is_page``; an action that joins a page gives the audit row its name.

    Raises: Refused (after writing its audit row in a transaction of its own), DoorError.
    """
    current = _acting.get()
    if current is not None:
        with _joined(current, organization, person, action):
            yield current
        return
    if _outside.get() is not None:
        raise DoorError("acting() was called inside outside(). Open acting() first, or after it has closed.")
    act = Acting(organization=organization, actor=person, action=action, is_page=is_page)
    token = _acting.set(act)
    try:
        yield from _one_transaction(act)
    except Refused as refusal:
        act.refusal = act.refusal or refusal
        raise
    finally:
        try:
            if act.refusal is not None and act.is_refusal_kept():
                _write_refusal(act)
        finally:
            _acting.reset(token)


def _one_transaction(act: Acting) -> Iterator[Acting]:
    with transaction.atomic(durable=True):
        _set_tenant(act)
        act.standing = _standing_of(act)
        yield act
        if act.refusal is not None:
            transaction.set_rollback(True)
        elif act.action not in UNAUDITED or act.digests:
            write_audit_row(act.organization, act.actor, act.action, act.subjects, DONE, digests=act.digests)


@contextmanager
def _joined(current: Acting, organization: UUID, person: Actor, action: str) -> Iterator[None]:
    if (current.organization, current.actor) != (organization, person):
        raise DoorError(
            "One transaction serves one organization and one person; another was asked for inside it."
        )
    if current.is_page:
        current.action, current.is_page = action, False
    try:
        yield
    except Refused as refusal:
        current.refusal = current.refusal or refusal
        raise


@contextmanager
def outside(reason: Reason) -> Iterator[None]:
    """Open a transaction on the global tables; inside ``acting()`` it joins that transaction."""
    with transaction.atomic():
        # Closed before the commit: what runs on commit may open acting().
        token = _outside.set(Reason(reason))
        try:
            yield
        finally:
            _outside.reset(token)


def _set_tenant(act: Acting) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kap.organization', %s, true), set_config('kap.person', %s, true)",
            [str(act.organization), str(act.actor.id)],
        )


def _standing_of(act: Acting) -> Standing:
    find: Callable[[UUID, Actor], Standing] = import_string(settings.KAP_STANDING)
    return find(act.organization, act.actor)


def _write_refusal(act: Acting) -> None:
    assert act.refusal is not None
    with transaction.atomic(durable=True):
        _set_tenant(act)
        write_audit_row(
            act.organization, act.actor, act.action, act.subjects, REFUSED, why=act.refusal.sentence.template
        )
