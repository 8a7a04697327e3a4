"""A passkey that says by itself whose it is: asked of whoever stands at the screen, for one act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from kap_clinic.database.door import Acting, Reason, outside

from .models import Account, Affiliation

# What the library raises for an answer that no authenticator gave.
_WRONG = (ValidationError, AttributeError, KeyError, TypeError, ValueError)


def passkey_options() -> dict[str, Any]:
    """Return a fresh challenge for whoever answers it; the session remembers it until then."""
    return {"request_options": auth.begin_authentication(None)}


def account_named(credential: object) -> Account | None:
    """Return the account an answer says it is of, right or wrong.

    Missing: None where it names nobody here.
    """
    try:
        return auth.extract_user_from_response(credential)
    except _WRONG:
        return None


def member_by_passkey(act: Acting, credential: Mapping[str, Any]) -> UUID | None:
    """Return the member of this organization whose passkey answered the challenge.

    Missing: None for a wrong answer, one that was used already, and a passkey of nobody here.
    """
    try:
        answer = dict(credential)
        auth.parse_authentication_response(answer)
        with outside(Reason.SIGN_IN):
            account = auth.extract_user_from_response(answer)
            auth.complete_authentication(account, answer)
            found = Affiliation.objects.filter(
                account_id=account.pk, tenant_id=act.organization, ended_at__isnull=True
            ).first()
    except _WRONG:
        return None
    return found.member_id if found else None
