"""A form asks, and says what is wrong where it is wrong; the summary on top leads to every answer."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kap_clinic.website.questions import DayField, KeypadInput


class Invitation(forms.Form):
    """One question of each kind."""

    name = forms.CharField(help_text="As on the license.")
    born_on = DayField(label="Date of birth")
    role = forms.ChoiceField(choices=[("nurse", "Nurse"), ("therapist", "Therapist")])
    sites = forms.MultipleChoiceField(choices=[("cedar", "Cedar House")], widget=forms.CheckboxSelectMultiple)
    nights = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    systolic = forms.IntegerField(widget=KeypadInput("mmHg"))
    note = forms.CharField(required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Has read the rules")
    secret = forms.CharField(widget=forms.HiddenInput)


def drawn(form: forms.Form) -> str:
    return form.render()


def ids_in(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


def test_a_fresh_form_has_no_summary_and_no_errors():
    page = drawn(Invitation())
    assert "error-summary" not in page
    assert "data-wrong" not in page
    assert "aria-invalid" not in page


def test_every_control_has_a_label_of_its_own():
    page = drawn(Invitation())
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    labelled = set(re.findall(r'<label[^>]*\bfor="([^"]+)"', page))
    seen = [
        re.search(r'\bid="([^"]+)"', control)[1] for control in controls if 'type="hidden"' not in control
    ]
    assert len(seen) == 11
    assert set(seen) == labelled


def test_a_group_of_choices_is_named_by_its_legend():
    page = drawn(Invitation())
    assert len(re.findall(r"<fieldset[^>]*>\s*<legend>", page)) == 3


def test_only_what_may_be_left_out_says_so():
    page = drawn(Invitation())
    assert re.findall(r"(\w+) <span class=\"optional\">\(optional\)", page) == ["Note"]


def test_every_error_of_the_summary_leads_to_a_control_on_the_page():
    page = drawn(Invitation({"born_on_month": "2", "born_on_day": "30", "born_on_year": "1984"}))
    summary = page[: page.index("</section>")]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == 7
    assert [link for link in links if link not in ids_in(page)] == []
    assert "8 things to put right" in summary


def test_the_first_of_a_group_is_where_its_error_leads():
    page = drawn(Invitation({"secret": "x"}))
    links = re.findall(r'href="#([^"]+)"', page)
    assert links == [
        "id_name",
        "id_born_on_0",
        "id_role",
        "id_sites_0",
        "id_nights_0",
        "id_systolic",
        "id_agreed",
    ]


def test_hint_and_error_are_read_with_the_control():
    page = drawn(Invitation({"secret": "x"}))
    control = re.search(r'<input type="text" name="name"[^>]*>', page)[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'aria-invalid="true"' in control
    assert {"id_name_helptext", "id_name_error"} <= set(ids_in(page))


def test_a_missing_answer_is_named_by_its_question():
    page = drawn(Invitation({"secret": "x"}))
    assert "This field is required" not in page
    assert page.count("Has read the rules: an answer is missing.") == 2


def test_a_fault_of_the_whole_form_stands_in_the_summary():
    form = Invitation({"secret": "x"})
    form.add_error(None, "The two do not belong together.")
    assert "The two do not belong together." in drawn(form)


def test_no_id_stands_twice():
    ids = ids_in(drawn(Invitation({})))
    assert len(ids) == len(set(ids))


def test_what_was_typed_stays_and_markup_in_it_is_text():
    page = drawn(Invitation({"name": '<b>"Rosa"</b>'}))
    assert "<b>" not in page
    assert "&lt;b&gt;&quot;Rosa&quot;" in page


@pytest.mark.parametrize(
    ("month", "day", "year", "means"),
    [
        ("2", "29", "2024", date(2024, 2, 29)),
        (" 03", "07 ", "1984", date(1984, 3, 7)),
        ("12", "31", "1999", date(1999, 12, 31)),
    ],
)
def test_a_day_is_read_from_its_three_parts(month, day, year, means):
    assert DayField().clean([month, day, year]) == means


@pytest.mark.parametrize(
    ("month", "day", "year", "code"),
    [
        ("", "", "", "required"),
        ("2", "", "1984", "incomplete"),
        ("3", "7", "84", "incomplete"),
        ("2", "29", "2023", "impossible"),
        ("13", "1", "1984", "impossible"),
        ("0", "1", "1984", "impossible"),
        ("March", "7", "1984", "impossible"),
        ("3", "-7", "1984", "impossible"),
    ],
)
def test_a_day_that_is_not_one_is_explained(month, day, year, code):
    with pytest.raises(ValidationError) as wrong:
        DayField().clean([month, day, year])
    assert wrong.value.code == code


@pytest.mark.parametrize("nothing", [["", "", ""], [None, None, None], [], None])
def test_an_optional_day_may_be_left_out(nothing):
    assert DayField(required=False).clean(nothing) is None


def test_a_number_shows_its_unit_and_opens_the_keypad():
    page = drawn(Invitation())
    assert 'inputmode="numeric"' in page
    assert '<span aria-hidden="true">mmHg</span>' in page
    assert 'type="number"' not in page
    assert 'inputmode="decimal"' in KeypadInput("kg", is_whole=False).render("weight", None)
