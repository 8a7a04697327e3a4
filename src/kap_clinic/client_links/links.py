"""What is done with a link of any kind: given, read in another language, opened, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest
from typing import Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.tokens import digest_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting
from kap_clinic.database.models import ClientLink
from kap_clinic.database.once import Written, once
from kap_clinic.people.access import person_in

from .tokens import Tokens

Row = TypeVar("Row", bound=ClientLink)

NOT_VALID = sentence(
    "This link does not open a form. It may have been finished or replaced, or it is too old. "
    "Ask the clinic for a new one."
)
_NO_LINK = sentence("There is no such link.")
_NO_LANGUAGE = sentence("Choose one of the languages offered.")


@dataclass(frozen=True, kw_only=True)
class LinkKind(Generic[Row]):
    """One kind of link: its table, its tokens, who may give it, and as whom the client acts behind it."""

    model: type[Row]
    tokens: Tokens
    needs: Permission
    client: Actor


def require_giving(act: Acting, kind: LinkKind[Row], id: UUID, person: UUID, language: str) -> None:
    """Go on only for somebody who may give this person a link, and in a language that is offered.

    Raises: Refused.
    """
    act.require(kind.needs, person_in(act, person).site_id)
    act.about(id)
    _require_language(language)


def give(
    act: Acting, kind: LinkKind[Row], id: UUID, *, person: UUID, language: str, made_at: datetime,
    expires_at: datetime,
) -> Written[Row]:  # fmt: skip
    """Write one link down, or find it where this very call has written it before.

    Raises: Refused when the id holds something else.
    """
    said = {"person_id": person, "language": language, "digest": digest_of(kind.tokens.token_of(id))}
    noted = {"made_at": made_at, "made_by": act.actor.id, "expires_at": expires_at}
    return once(kind.model, id, said, noted)


def given(act: Acting, kind: LinkKind[Row], id: UUID) -> Row:
    """Return a link that was given, locked, for somebody who may give such links to its person.

    Raises: Refused.
    """
    found = _locked(act, kind, id)
    if found is None:
        raise Refused(_NO_LINK)
    act.require(kind.needs, person_in(act, found.person_id).site_id)
    act.about(id)
    return found


def withdraw(act: Acting, kind: LinkKind[Row], id: UUID) -> None:
    """Take a link back; one that was finished or taken back before stays as it is.

    Raises: Refused.
    """
    found = given(act, kind, id)
    if found.withdrawn_at is None and not found.is_finished:
        found.withdrawn_at, found.withdrawn_by = timezone.now(), act.actor.id
        found.save()


def opened(act: Acting, kind: LinkKind[Row], id: UUID, token: str) -> Row:
    """Return the link a client opened, locked until this transaction ends.

    Raises: Refused with one sentence, whatever is wrong with the link.
    """
    found = _locked(act, kind, id)
    if found is None or not compare_digest(found.digest, digest_of(token)):
        raise Refused(NOT_VALID)
    act.about(id, found.person_id)
    if not found.is_open_at(timezone.now()):
        raise Refused(NOT_VALID)
    return found


def read_in(found: ClientLink, language: str) -> None:
    """Let the client read on in another language.

    Raises: Refused.
    """
    _require_language(language)
    found.language = language
    found.save()


def _locked(act: Acting, kind: LinkKind[Row], id: UUID) -> Row | None:
    rows = kind.model._default_manager.select_for_update()
    return rows.filter(id=id, organization_id=act.organization).first()


def _require_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise Refused(_NO_LANGUAGE)
