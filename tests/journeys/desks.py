"""Desks: a browser of somebody's own, signed in as the roles they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tests.browsing import sign_in_browser

Desk = Callable[..., Any]
PHONE = {"width": 390, "height": 844}


@contextmanager
def desks(house: Any, chromium: Any, live: Any) -> Iterator[Desk]:
    """Seat people before browsers of their own; a house of another name may be given with ``of``."""
    contexts: list[Any] = []

    def seat(name: str = "", *roles: str, site: str = "", of: Any = None, **more: Any) -> Any:
        context = chromium.new_context(
            base_url=live.address, reduced_motion="reduce", **{"locale": "en-US", **more}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        if name:
            theirs = of or house
            sites = [site_called(theirs, site)] if site else None
            sign_in_browser(page, theirs, theirs.member(*roles, name=name, sites=sites))
        return page

    yield seat
    for context in contexts:
        context.close()


def site_called(house: Any, name: str) -> UUID:
    """Return the id of a site."""
    from kap_clinic.organizations.queries import site_names

    with house.acting():
        return next(UUID(str(id)) for id, known in site_names().items() if known == name)


def house_of_two_sites(clinic: Any) -> Any:
    """Found a house with two sites, where Marisol's twin sister Maribel asked for treatment before."""
    from kap_clinic.database.identity import new_id
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.actions import open_chart

    house = clinic.organization("Cedar House")
    told = {"organization": house.id, "by": house.program}
    for name in ("Cedar Lodge", "Harbor Clinic"):
        add_site(**told, id=new_id(), name=name, time_zone="America/Denver")
    open_chart(**told, id=new_id(), name="Maribel Vega", birth="1984-03-27")
    return house
