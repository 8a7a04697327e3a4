"""A search word is a person's name and never becomes part of an address."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.database


def test_a_search_is_sent_kept_and_taken_back_without_entering_the_address(clinic):
    house = clinic.organization()
    client = house.client_for(house.member("administrator", name="Samuel Ibarra"))
    house.member("nurse", name="Rosa Marquez")
    answer = client.post("/staff/", {"q": "marq"})
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    found = client.get("/staff/").text
    assert "Rosa Marquez" in found
    assert 'value="marq"' in found
    assert "<td" in found
    assert found.count("Samuel Ibarra") == 1, "he stands in the masthead and not in the list"
    client.post("/staff/", {"q": ["marq", ""]})
    assert client.get("/staff/").text.count("Samuel Ibarra") > 1


def test_no_form_of_ours_searches_with_get():
    from pathlib import Path

    import kap_clinic

    templates = Path(kap_clinic.__file__).parent.rglob("*.html")
    asking = {one.name for one in templates if 'method="get"' in one.read_text()}
    # These ask by day, act, id, drug, route and amount; a name is searched for by post.
    assert asking == {"filters.html", "propose.html", "workbench.html"}
