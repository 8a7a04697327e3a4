"""Records come in once, whole, into the right chart; what nobody understood is kept with its reason."""

from __future__ import annotations

import gzip

import pytest
from tests.clinic.people.records import SOURCE, bundle, condition, patient

from kap.vocabulary.errors import InputError, Refused

pytestmark = pytest.mark.database


def test_somebody_new_gets_a_chart_with_their_facts_and_what_was_not_understood(receive, look):
    done = receive(patient(name="Ben Torres"), condition(), condition("c2", code="Z99.99"))
    ben = look.people()["Ben Torres"]
    assert (done.is_new, done.is_written) == (True, True)
    assert [what for what, _ in look.facts(ben)] == ["birth-date", "aneurysm", "condition:other"]
    assert look.unread(ben) == ["Condition/c2#code"]


def test_the_same_file_twice_writes_nothing(receive, look):
    receive(patient(name="Ben Torres"), condition())
    before = [look.count(name) for name in ("Person", "RecordedFact", "Unread", "Import", "PersonChange")]
    again = receive(patient(name="Ben Torres"), condition())
    assert (again.is_new, again.is_written) == (False, True)
    after = [look.count(name) for name in ("Person", "RecordedFact", "Unread", "Import", "PersonChange")]
    assert after == before


def test_a_possible_duplicate_is_asked_before_anything_is_written(receive, look, charts):
    done = receive(patient(name="Ana Keler"), condition())
    (question,) = done.questions
    assert [(one.person, one.why) for one in question.candidates] == [(charts.person, "birth-and-like-name")]
    assert (done.is_written, look.count("RecordedFact"), look.count("Person")) == (False, 0, 1)


@pytest.mark.parametrize("is_same", [True, False])
def test_the_answer_decides_whose_chart_the_records_enter(receive, look, charts, is_same):
    from kap_clinic.people.importing import place_people

    done = receive(patient(), condition())
    answers = {"p1": charts.person if is_same else None}
    place_people(organization=charts.house.id, by=charts.nurse, id=done.id, answers=answers)
    whats = [what for what, _ in look.facts(charts.person)]
    assert (whats, look.count("Person")) == ((["birth-date", "aneurysm"], 1) if is_same else ([], 2))


def test_a_waiting_file_is_not_written_without_every_answer(receive, look, charts):
    from kap_clinic.people.importing import place_people

    done = receive(patient(), condition())
    with pytest.raises(Refused, match="Say of each person"):
        place_people(organization=charts.house.id, by=charts.nurse, id=done.id, answers={})
    with pytest.raises(Refused, match="Choose one of the charts offered"):
        place_people(organization=charts.house.id, by=charts.nurse, id=done.id, answers={"p1": done.id})
    assert look.count("RecordedFact") == 0


def test_a_newer_record_of_the_same_source_replaces_what_an_older_one_said(receive, look):
    receive(patient(name="Ben Torres"), condition(), condition("c2"), condition("c3"))
    taken_back = condition("c3", verificationStatus={"coding": [{"code": "entered-in-error"}]})
    receive(patient(name="Ben Torres"), condition("c2", code="F20.9"), taken_back)
    facts = look.facts(look.people()["Ben Torres"])
    assert [told for told in facts if told[1].startswith("Condition/c1")] == [
        ("aneurysm", "Condition/c1#code")
    ]
    assert {what for what, place in facts if place.startswith("Condition/c2")} == {"psychosis-primary"}
    assert [told for told in facts if told[1].startswith("Condition/c3")] == []


def test_a_file_that_cannot_be_read_leaves_nothing(receive, look):
    with pytest.raises(InputError, match="not JSON"):
        receive(content=b"hello")
    with pytest.raises(InputError, match="no patient"):
        receive(content=bundle())
    assert (look.count("Import"), look.count("Person")) == (0, 1)


def test_only_those_who_open_charts_bring_records_in(receive, look, charts):
    for role in ("therapist", "administrator", "inspector", "custodian"):
        with pytest.raises(Refused, match="may not open a chart and bring in"):
            receive(patient(name="Ben Torres"), by=charts.house.member(role))
    assert look.count("Import") == 0
    assert receive(patient(name="Ben Torres"), by=charts.house.member("coordinator")).is_written


def test_the_file_is_kept_sealed_as_it_came(receive, charts):
    from kap_clinic.people.models import Import

    done = receive(content=gzip.compress(bundle(patient(name="Ben Torres"))))
    with charts.house.acting():
        sealed = Import.objects.get(id=done.id).file_sealed
    assert sealed.startswith("v1:")
    assert "Torres" not in sealed


def test_government_numbers_are_not_copied_out_of_a_record(receive, charts):
    from kap_clinic.people.models import ExternalIdentifier

    ssn = {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-12-3456"}
    license_number = {"system": "urn:state", "value": "S123", "type": {"coding": [{"code": "DL"}]}}
    number = {"system": "http://hospital.example.org", "value": "M-7"}
    receive(patient(name="Ben Torres", identifier=[ssn, license_number, number]))
    with charts.house.acting():
        assert set(ExternalIdentifier.objects.values_list("system", "value")) == {
            (SOURCE, "p1"), ("http://hospital.example.org", "M-7"),
        }  # fmt: skip


SHEET = """name,birth_date,phone,conditions,medications,allergies,shoe size
Ben Torres,1979-01-02,555 0101,I71.4; F20.9,lorazepam 0.5 mg,ketamine,43
Cleo Marsh,1990,,,,,
"""


def test_a_sheet_makes_one_chart_a_row_and_says_which_column_nobody_reads(receive, look):
    receive(content=SHEET.encode())
    people = look.people()
    assert set(people) == {"Ana Keller", "Ben Torres", "Cleo Marsh"}
    whats = {what for what, _ in look.facts(people["Ben Torres"])}
    assert {
        "birth-date",
        "aneurysm",
        "psychosis-primary",
        "ingredient:lorazepam",
        "allergy:ketamine",
    } <= whats
    assert look.count("Unread") >= 1


def test_a_row_without_a_name_or_with_too_many_cells_is_refused_by_its_number(receive):
    with pytest.raises(InputError, match="Row 2 has no name"):
        receive(content=b"name,birth_date\n,1980\n")
    with pytest.raises(InputError, match="Row 3 has more cells"):
        receive(content=b"name,birth_date\nBen,1980\nCleo,1980,x\n")


def test_an_entry_without_an_id_never_replaces_another_files(receive, look):
    for code in ("I71.4", "F20.9"):
        nameless = condition(code=code)
        del nameless["id"]
        receive(patient(name="Ben Torres"), nameless)
    whats = {what for what, _ in look.facts(look.people()["Ben Torres"])}
    assert {"aneurysm", "psychosis-primary"} <= whats


def test_two_people_whom_a_sender_gave_no_id_are_never_taken_for_one(receive, look):
    for name in ("Ben Torres", "Cleo Marsh"):
        nameless = patient(name=name, born="1979-01-02")
        del nameless["id"]
        receive(nameless)
    assert set(look.people()) == {"Ana Keller", "Ben Torres", "Cleo Marsh"}


def test_the_same_id_with_another_name_is_asked(receive):
    receive(patient(name="Ben Torres", born="1979-01-02"))
    done = receive(patient(name="Cleo Marsh", born="1979-01-02"))
    assert [one.why for one in done.questions[0].candidates] == ["identifier"]


def test_a_sheet_in_another_order_loses_nothing(receive, look):
    receive(content=b"name,birth_date,conditions\nBen Torres,1979-01-02,I71.4\n")
    receive(content=b"name,birth_date,conditions\nBen Torres,1979-01-02,F20.9; I71.4\n")
    facts = [what for what, _ in look.facts(look.people()["Ben Torres"])]
    assert sorted(facts) == ["aneurysm", "birth-date", "psychosis-primary"]


def test_without_a_sender_one_file_replaces_nothing_of_another(receive, look, charts):
    from kap_clinic.people.received import take_in

    number = {"system": "http://hospital.example.org", "value": "M-7"}
    for code in ("I71.4", "F20.9"):
        ben = patient(name="Ben Torres", born="1979-01-02", identifier=[number])
        done, line = take_in(charts.house.id, bundle(ben, condition(code=code)), "")
        assert (done.is_written, line.people, line.resources) == (True, 1, 2)
    whats = {what for what, _ in look.facts(look.people()["Ben Torres"])}
    assert {"aneurysm", "psychosis-primary"} <= whats
