"""One-time sign-in links for looking around; only a synthetic database may hold them, by a trigger."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Reason, outside

from . import entrances, presence
from .models import Account, DemoLink

BACKEND = "django.contrib.auth.backends.ModelBackend"

_USED = sentence(
    "This sign-in link was used, or is not of this demonstration. Run ./kap demo for fresh ones."
)


def make_link(account: UUID) -> str:
    """Return a token that signs this account in once; the database keeps its digest.

    Raises: an error of the database where real people are.
    """
    token = secrets.token_urlsafe(32)
    with outside(Reason.SETUP):
        DemoLink.objects.create(account_id=account, digest=_digest(token), made_at=timezone.now())
    return token


def account_behind(token: str) -> Account:
    """Return whom a link would sign in, without using it up.

    Raises: Refused for a used or foreign link.
    """
    link = DemoLink.objects.select_related("account").filter(digest=_digest(token), used_at=None).first()
    if link is None or not link.account.is_active:
        raise Refused(_USED)
    return link.account


def enter_by_link(request: HttpRequest, token: str, at: datetime) -> None:
    """Use a link up and sign its account in; no second step is asked where everybody is invented.

    Raises: Refused for a used or foreign link.
    """
    with outside(Reason.SIGN_IN):
        account = account_behind(token)
        if not DemoLink.objects.filter(digest=_digest(token), used_at=None).update(used_at=at):
            raise Refused(_USED)
        login(request, account, BACKEND)
        presence.begin(request.session, at.timestamp(), is_factor_due=False)
        for where in entrances.workplaces_of(account.id)[:1]:
            entrances.enter(request, where)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
