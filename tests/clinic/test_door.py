"""The one door: one transaction, one organization, one audit row; a refusal leaves its own."""

from __future__ import annotations

import threading

import pytest
from django.db import DataError, IntegrityError, ProgrammingError

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import DoorError, Reason, acting, outside
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


def test_an_unset_tenant_is_an_error_and_never_an_empty_list(clinic):
    from kap_clinic.organizations.models import Site

    house = clinic.organization()
    with pytest.raises((ProgrammingError, DataError)):
        list(Site.objects.all())
    with house.acting():
        assert list(Site.objects.all()) == []
    with pytest.raises((ProgrammingError, DataError)):
        list(Site.objects.all())


def test_nested_calls_join_and_leave_one_row_with_the_actions_name_and_every_subject(clinic):
    house = clinic.organization()
    nurse = house.member("nurse")
    first, second = new_id(), new_id()
    with acting(house.id, nurse, "day.page", is_page=True) as act:
        act.about(first)
        with acting(house.id, nurse, "day.change") as joined:
            joined.about(second)
    from kap_clinic.audit.models import Entry

    with house.acting():
        row = Entry.objects.get(actor_id=nurse.id)
    assert (row.action, row.outcome, set(row.subjects)) == ("day.change", "done", {first, second})


def test_a_refusal_rolls_everything_back_and_leaves_a_row_without_values(clinic):
    from kap_clinic.audit.models import Entry
    from kap_clinic.organizations.models import Organization

    house = clinic.organization("Before")
    nurse = house.member("nurse")
    with pytest.raises(Refused), acting(house.id, nurse, "house.rename"):
        Organization.objects.update(name="After")
        raise Refused(sentence("{name} may not.", name="Ana K."))
    with house.acting():
        row = Entry.objects.get(actor_id=nurse.id)
        assert (row.action, row.outcome, row.why) == ("house.rename", "refused", "{name} may not.")
        assert Organization.objects.get().name == "Before"


def test_a_refusal_that_a_view_explains_still_rolls_back_and_still_leaves_its_row(clinic):
    from kap_clinic.organizations.models import Organization

    house = clinic.organization("Before")
    nurse = house.member("nurse")
    with acting(house.id, nurse, "house.page", is_page=True):
        with pytest.raises(Refused), acting(house.id, nurse, "house.rename"):
            Organization.objects.update(name="After")
            raise Refused(sentence("No."))
    assert house.trail() == [("house.rename", "refused", nurse.id)]
    with house.acting():
        assert Organization.objects.get().name == "Before"


def test_a_mistake_leaves_neither_the_write_nor_a_row(clinic):
    from kap_clinic.organizations.models import Organization

    house = clinic.organization("Before")
    with pytest.raises(ZeroDivisionError), acting(house.id, house.program, "house.rename"):
        Organization.objects.update(name="After")
        _ = 1 / 0
    assert house.trail() == []
    with house.acting():
        assert Organization.objects.get().name == "Before"


def test_somebody_who_left_is_refused_at_the_door(clinic):
    house = clinic.organization()
    with pytest.raises(Refused), acting(house.id, Actor.member(new_id()), "day.page"):
        raise AssertionError("the door opened")
    assert [(action, outcome) for action, outcome, _ in house.trail()] == [("day.page", "refused")]


def test_a_member_of_one_organization_cannot_open_another(clinic):
    here, there = clinic.organization("Here"), clinic.organization("There")
    nurse = here.member("nurse")
    with pytest.raises(Refused), acting(there.id, nurse, "day.page"):
        raise AssertionError("the door opened")


def test_one_transaction_serves_one_organization(clinic):
    here, there = clinic.organization("Here"), clinic.organization("There")
    with here.acting(), pytest.raises(DoorError), there.acting():
        raise AssertionError("the door opened")


def test_a_global_table_is_not_written_without_a_reason(clinic):
    from kap_clinic.organizations.models import Tenant

    with pytest.raises(DoorError):
        Tenant.objects.create(id=new_id())
    with outside(Reason.SETUP):
        Tenant.objects.create(id=new_id())


def test_a_role_without_the_permission_is_told_whose_work_it_is(clinic):
    house = clinic.organization()
    nurse = house.member("nurse")
    with pytest.raises(Refused) as refused, acting(house.id, nurse, "staff.invite") as act:
        act.require(Permission.INVITE_STAFF)
    assert "Administrator" in str(refused.value)


def test_a_permission_at_one_site_is_none_at_another(clinic):
    house = clinic.organization()
    here, there = new_id(), new_id()
    nurse = house.member("nurse", sites=[here])
    with acting(house.id, nurse, "day.page") as act:
        act.require(Permission.SEE_DAY_BOARD, here)
    with pytest.raises(Refused), acting(house.id, nurse, "day.page") as act:
        act.require(Permission.SEE_DAY_BOARD, there)


def test_a_history_refuses_change_even_from_its_owner(clinic):
    from django.db import connections

    house = clinic.organization()
    with house.acting():
        pass
    with (
        pytest.raises(IntegrityError, match="rows are added, never changed"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('kap.organization', %s, false)", [str(house.id)])
        cursor.execute("UPDATE audit_entry SET action = 'x'")


def test_two_threads_open_their_own_doors(clinic):
    here, there = clinic.organization("Here"), clinic.organization("There")
    from django.db import connection

    from kap_clinic.organizations.models import Organization

    seen: list[str] = []

    def look() -> None:
        with there.acting():
            seen.append(Organization.objects.get().name)
        connection.close()

    with here.acting():
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert (seen, Organization.objects.get().name) == (["There"], "Here")
