"""Every address of the clinic asks for a permission, or is on this list with its reason."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from tests.routes import routes

from kap.people.permissions import Permission

# Addresses anybody may open, and why.
OPEN = {
    "/health": "says that the process answers, nothing else",
    "/metrics": "asks for the operator's token",
    "/theme": "light or dark, on this device",
    "/offline": "says that there is no network",
    "/live/ticket": "asks for a session, and the member's standing at the door",
    "/design": "the look, with invented content; asks for a session outside the demonstration",
    "/design/<slug:name>": "the same",
    "/demo/<str:token>": "asks for an unused link of a synthetic database",
}
# Whole branches: what stands before a session, or asks with the same door in another way.
BRANCHES = {
    "/account/": "signing in, the account's own pages, the lock; each asks for what it needs itself",
    "/history/": "a client's own history, by a signed link that works for one person",
    "/forms/": "forms asked of a client, by a signed link that works for one person",
    "/refer/": "a self-referral, where an administrator has opened the page",
    "/api/v1/": "asks through `called`, which takes a permission like a page",
}


def test_every_page_asks_for_a_permission_or_says_why_not():
    bare = [
        route
        for route, view in routes()
        if not isinstance(getattr(view, "needs", None), Permission)
        and route not in OPEN
        and not route.startswith(tuple(BRANCHES))
    ]
    assert bare == [], "Put @page(…, needs=Permission.…) on the view, or add the address with its reason."


def test_the_list_names_only_addresses_that_exist():
    assert set(OPEN) - {route for route, _ in routes()} == set()


def test_every_page_names_an_action_of_its_own_app():
    wrong = [
        (route, view.action) for route, view in routes() if hasattr(view, "needs") and "." not in view.action
    ]
    assert wrong == []


@pytest.mark.database
def test_health_static_files_and_errors_leave_no_row_in_the_trail(clinic):
    house = clinic.organization()
    client = house.client_for(house.member("nurse"))
    assert client.get("/health").json() == {"schema": "openkap.health/1", "ok": True}
    assert client.get("/no/such/page").status_code == 404
    assert house.trail() == []


@pytest.mark.database
def test_metrics_are_for_the_operators_token_and_name_nobody(clinic):
    from dataclasses import replace

    from django.conf import settings

    assert Client(HTTP_HOST="localhost").get("/metrics").status_code == 404
    told = replace(settings.ENVIRONMENT, metrics_token="a monitor's own word")
    with override_settings(ENVIRONMENT=told):
        wrong = Client(HTTP_HOST="localhost").get("/metrics", headers={"Authorization": "Bearer guess"})
        right = Client(HTTP_HOST="localhost").get(
            "/metrics", headers={"Authorization": "Bearer a monitor's own word"}
        )
    assert wrong.status_code == 404
    assert right.status_code == 200
    assert "kap_database_bytes " in right.text
