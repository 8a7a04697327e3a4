"""What a client's link opens: whose house, in which language, what was told; and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from kap.screening.questions import Question, ToldBy, packaged_history
from kap.screening.retelling import GroupTold, told_by_group
from kap_clinic.client_links import links as client_links
from kap_clinic.client_links import page
from kap_clinic.database.door import Acting
from kap_clinic.organizations import queries as organizations

from .links import CLIENT, HISTORY
from .tokens import TOKENS
from .told import Told, newest, responses_of, told_by


@dataclass(frozen=True, kw_only=True)
class Opened(page.OpenedLink):
    """A link that opens the form: what was told before it, and by it."""

    addresses = TOKENS.addresses

    told: dict[str, Told]
    before: dict[str, Told]
    groups: tuple[GroupTold, ...]

    @property
    def is_known(self) -> bool:
        """Whether something was told before this link, so that one is asked what has changed since."""
        return bool(self.before)

    @property
    def is_unreviewed(self) -> bool:
        """Whether no named person has read these words, or those of the questions, in this language."""
        return super().is_unreviewed or packaged_history().reviewed[self.language] == "nobody yet"


def asked_of_clients() -> dict[str, Question]:
    """Return the questions a client is asked, in their order."""
    every = packaged_history().questions
    return {link_id: one for link_id, one in every.items() if one.told_by is ToldBy.CLIENT}


def look(act: Acting, link: UUID, token: str) -> Opened:
    """Read what a link opens.

    Raises: Refused.
    """
    found = client_links.opened(act, HISTORY, link, token)
    told = told_by(act, [found.person_id]).get(found.person_id, [])
    return Opened(
        organization=act.organization, link=link, token=token, house=organizations.organization().name,
        language=found.language, told=newest(one for one in told if one.link == link),
        before=newest(one for one in told if one.link != link),
        groups=told_by_group(responses_of(told), ToldBy.CLIENT),
    )  # fmt: skip


client_page = page.opened_by_link(
    look, addresses=TOKENS.addresses, action="screening.open_history", client=CLIENT
)


def shown_page(request: HttpRequest, opened: Opened, name: str, **shown: Any) -> HttpResponse:
    """Draw a page of the form."""
    return page.shown_page(request, opened, f"screening/client/{name}.html", **shown)
