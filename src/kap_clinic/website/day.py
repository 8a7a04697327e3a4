"""What the day board shows: the place, its time, who needs someone; honest where nothing is there yet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.organizations.queries import SiteFacts, sites

from .frame import address_of
from .parts import Act, Empty, Need, Step

NOBODY_WAITS = Empty(
    what=_("Nobody needs anything right now."),
    how=_(
        "Late vitals, closing integration windows and reports that are due will stand here, "
        "the most urgent first."
    ),
)
NO_SCHEDULE = Empty(
    what=_("Nobody is on today's schedule."),
    how=_(
        "Each person seen today gets a line here, hour by hour, once a plan is made for them from a protocol."
    ),
)


def places_open_to(act: Acting) -> list[SiteFacts]:
    """The open sites of this organization where this person may see the board."""
    ours = sites(with_shared=False)
    return [site for site in ours if act.standing.permits(Permission.SEE_DAY_BOARD, site.id)]


def place_shown(places: list[SiteFacts], asked: str) -> SiteFacts | None:
    """The site asked for if it is one of theirs, else their first."""
    return next((place for place in places if str(place.id) == asked), places[0] if places else None)


def tabs_of(places: list[SiteFacts], shown: SiteFacts | None) -> list[Step]:
    """One tab a site, where there is more than one."""
    if len(places) < 2:
        return []
    return [Step(place.name, f"?site={place.id}", is_here=place == shown) for place in places]


def setup_needs(places: list[SiteFacts], act: Acting) -> list[Need]:
    """What is missing before anyone can be seen here."""
    if places:
        return []
    url = address_of("organizations:sites")
    may = act.standing.permits(Permission.CHANGE_SITES)
    return [
        Need(
            who=_("No site yet"),
            what=_(
                "Nobody can be scheduled until a site is open: it gives the board its place and its clock."
            ),
            where="" if may else _("An administrator can open one, or add you to one that is open."),
            act=Act(_("Open a site"), url) if may and url else None,
        )
    ]
