"""A call of the web API: the same door, permission and audit row as a page, without a template."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting

from .page import workplace_of

_NOWHERE = sentence("Choose the organization you work in first.")


@contextmanager
def called(request: HttpRequest, action: str, needs: Permission) -> Iterator[Acting]:
    """Open the data for whoever calls.

    Raises: Refused, answered as JSON by ``ExplainRefusals``.
    """
    where = workplace_of(request)
    if where is None:
        raise Refused(_NOWHERE)
    with acting(where[0], Actor.member(where[1]), action, is_page=True) as act:
        act.require(needs)
        yield act
