"""Who acts: a member of the organization's staff, or a program that no person steers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kap.people.roles import permits, refusal
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence

from .identity import program_id

if TYPE_CHECKING:
    from uuid import UUID

    from kap.people.permissions import Permission

MEMBER = "member"
PROGRAM = "program"

_NOT_HERE = sentence("Your roles allow this, but not at this site. Ask an administrator to add the site.")


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The one on whose behalf a transaction runs.

    Shape: ``id`` is a member's id, or for a program the id its name gives.
    """

    id: UUID
    kind: str
    name: str = ""

    @classmethod
    def member(cls, member_id: UUID) -> Actor:
        """Return a member of staff as an actor; what they may do is read when they act."""
        return cls(id=member_id, kind=MEMBER)

    @classmethod
    def program(cls, name: str) -> Actor:
        """Return a program as an actor, for example ``sealer`` or ``command line``."""
        return cls(id=program_id(name), kind=PROGRAM, name=name)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What an actor is in one organization at the moment of acting.

    Shape: ``sites`` is None where every site is open to them.
    """

    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    sites: frozenset[UUID] | None = None
    is_program: bool = False
    about: dict[str, object] = field(default_factory=dict)

    def permits(self, permission: Permission, site: UUID | None = None) -> bool:
        """Say whether this permission is held, at this site where one is named."""
        if self.is_program:
            return True
        if site is not None and self.sites is not None and site not in self.sites:
            return False
        return permits(self.roles, permission)

    def require(self, permission: Permission, site: UUID | None = None) -> None:
        """Go on only with the permission.

        Raises: Refused, with the sentence a person reads.
        """
        if self.permits(permission, site):
            return
        raise Refused(_NOT_HERE if self.permits(permission) else refusal(permission))
