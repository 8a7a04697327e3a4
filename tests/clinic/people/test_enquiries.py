"""Enquiries: kept in a minute, sealed, moved into one chart, lost only for a reason."""

from __future__ import annotations

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


@pytest.fixture
def desk(charts):
    """The coordinator of the house."""
    return charts.house.member("coordinator")


def take(charts, by, **more):
    from kap_clinic.people.contacts import Contact
    from kap_clinic.people.enquiries import Said, take_enquiry

    said = {"name": "Ana Keller", "birth": "1984-03-27", **more}
    id = said.pop("id", None) or new_id()
    take_enquiry(
        organization=charts.house.id, by=by, id=id, contact=Contact(phone="555 0134"),
        said=Said(seeks="Help with depression", diet="no nuts"), **said,
    )  # fmt: skip
    return id


def found(charts, by, id):
    from kap_clinic.people.listing import enquiry

    with charts.house.acting(by) as act:
        return enquiry(act, id)


def test_what_was_said_is_sealed_and_read_back(charts, desk):
    from kap_clinic.people.models import Enquiry

    id = take(charts, desk)
    facts = found(charts, desk, id)
    assert (facts.contact.phone, facts.said.seeks, facts.said.diet) == (
        "555 0134",
        "Help with depression",
        "no nuts",
    )
    with charts.house.acting():
        row = Enquiry.objects.get(id=id)
    assert "depression" not in row.said_sealed
    assert "555" not in row.contact_sealed


def test_a_second_click_keeps_one_enquiry(charts, desk):
    from kap_clinic.people.models import Enquiry

    id = take(charts, desk)
    take(charts, desk, id=id)
    with charts.house.acting():
        assert Enquiry.objects.count() == 1
    with pytest.raises(Refused, match="already recorded with other content"):
        take(charts, desk, id=id, name="Somebody else")


def test_a_part_of_a_birth_date_is_enough_and_nonsense_is_refused(charts, desk):
    assert found(charts, desk, take(charts, desk, birth="1984")).birth == "1984"
    with pytest.raises(Refused, match="Write the birth date like"):
        take(charts, desk, birth="27.3.84")


def test_an_enquiry_goes_on_in_a_new_chart_or_in_one_that_is_there(charts, desk):
    from kap_clinic.people.enquiries import chart_for
    from kap_clinic.people.listing import people

    new = new_id()
    chart_for(organization=charts.house.id, by=desk, id=take(charts, desk, name="Ben Torres"), person=new)
    again = take(charts, desk)
    chart_for(organization=charts.house.id, by=desk, id=again, person=charts.person)
    with charts.house.acting(desk) as act:
        assert [(line.name, line.id) for line in people(act).lines] == [
            ("Ana Keller", charts.person), ("Ben Torres", new),
        ]  # fmt: skip
    with pytest.raises(Refused, match="There is a chart already"):
        chart_for(organization=charts.house.id, by=desk, id=again, person=new_id())


def test_an_enquiry_is_lost_only_for_a_reason_and_can_be_taken_up_again(charts, desk):
    from kap_clinic.people.enquiries import lose_enquiry, take_up_again

    id = take(charts, desk)
    with pytest.raises(Refused, match="Say why it was lost"):
        lose_enquiry(organization=charts.house.id, by=desk, id=id, because=" ")
    lose_enquiry(organization=charts.house.id, by=desk, id=id, because="Too far away")
    line = found(charts, desk, id).line
    assert (line.stage, line.because) == ("lost", "Too far away")
    take_up_again(organization=charts.house.id, by=desk, id=id)
    assert found(charts, desk, id).line.stage == "enquiry"


@pytest.mark.parametrize("role", ["nurse", "therapist", "administrator", "inspector"])
def test_others_take_no_enquiries(charts, role):
    with pytest.raises(Refused, match="may not take enquiries"):
        take(charts, charts.house.member(role))


def test_a_stage_moves_once_and_stays_in_the_history(charts):
    from kap_clinic.people.actions import move_to_stage
    from kap_clinic.people.listing import changes

    for _ in range(2):
        move_to_stage(organization=charts.house.id, by=charts.nurse, person=charts.person, stage="screening")
    with charts.house.acting(charts.nurse) as act:
        told = [(one.kind, one.value, one.by) for one in changes(act, charts.person)]
    assert told == [("stage", "screening", "Rosa Marquez"), ("opened", "referral", "Rosa Marquez")]
    with pytest.raises(Refused, match="Say why this person was lost"):
        move_to_stage(organization=charts.house.id, by=charts.nurse, person=charts.person, stage="lost")
    with pytest.raises(Refused, match="one of the stages"):
        move_to_stage(organization=charts.house.id, by=charts.nurse, person=charts.person, stage="away")
