"""The house's own licensed words: taken in whole with their license, read from then on, taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from tests.clinic.measures.conftest import open_chart

from kap.instruments.shelf import instrument
from kap.instruments.skeleton import wording_skeleton
from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.measures import actions, supplying
from kap_clinic.measures.shelf import HeldLicense

pytestmark = pytest.mark.database

TODAY = datetime.now(UTC).date()
WORDS = wording_skeleton(instrument("wsas"), "en").replace('""', '"our licensed words"')
TABLES = "anxiety: {4: 40.3}"
LICENSE = HeldLicense(
    holder="Isaac Marks",
    reference="2026-77",
    valid_until=TODAY + timedelta(days=30),
    is_for_profit_allowed=True,
)


def supplied(desk, form="wsas", kind="words", text=WORDS, held=LICENSE, **more):
    told = desk.by(more.pop("by", desk.director), instrument=form, kind=kind, text=text, held=held)
    return supplying.supply(**{**told, **more}), told["id"]


def ended(desk, id):
    from kap_clinic.measures.models import LicensedCopy

    with desk.house.acting():
        LicensedCopy.objects.filter(id=id).update(valid_until=TODAY - timedelta(days=2))


def test_a_form_is_asked_in_the_houses_own_words_until_its_license_ends(desk):
    with pytest.raises(Refused, match="only the score may be recorded"):
        desk.ask("wsas", "link")
    _new, id = supplied(desk)
    page = desk.house.client_for(desk.nurse).get(desk.address(desk.link("wsas"))).content.decode()
    assert "Isaac Marks" in page
    asked = desk.forms()[0].id
    sheet = desk.house.client_for(desk.nurse).get(f"/measures/{desk.person}/forms/{asked}/paper/")
    assert "our licensed words" in sheet.content.decode()
    ended(desk, id)
    with pytest.raises(Refused, match="The license 2026-77 of Isaac Marks ended on"):
        desk.ask("wsas", "link")
    supplied(desk, text=WORDS.replace("our", "their"))
    desk.ask("wsas", "link")


def test_who_reads_spanish_is_asked_in_the_houses_spanish_where_there_is_no_english(desk):
    spanish = open_chart(desk.house, desk.nurse, name="Luz Vega", language="es")
    supplied(desk, text=WORDS.replace("language: en", "language: es"))
    desk.ask("wsas", "link", person=spanish)
    with pytest.raises(Refused, match="only the score may be recorded"):
        desk.ask("wsas", "link")


def test_a_copy_that_excludes_profit_waits_until_somebody_says_that_there_is_none(desk):
    from kap_clinic.measures.asking import say_profit

    held = HeldLicense(holder="WHO", reference="x", valid_until=TODAY, is_for_profit_allowed=False)
    text = wording_skeleton(instrument("who5"), "en").replace('""', '"w"')
    supplied(desk, "who5", text=text, held=held)
    with pytest.raises(Refused, match="excludes commercial use"):
        desk.ask("who5", "link")
    say_profit(**desk.by(desk.director, is_for_profit=False))
    desk.ask("who5", "link")


def test_a_copy_is_signed_once_by_who_may_with_a_license_that_runs(desk):
    id = new_id()
    assert [supplied(desk, id=id)[0], supplied(desk, id=id)[0]] == [True, False]
    over = HeldLicense(holder="M", reference="1", valid_until=date(2025, 1, 1), is_for_profit_allowed=True)
    unsigned = HeldLicense(holder=" ", reference="1", valid_until=TODAY, is_for_profit_allowed=True)
    for more, why in (
        ({"by": desk.nurse}, "You may not"),
        ({"text": WORDS.replace("items:", "items: 3 #")}, "holds mistakes"),
        ({"text": WORDS.replace("language: en", "language: fr")}, "holds mistakes"),
        ({"form": "phq9"}, "holds mistakes"),
        ({"form": "bdi2"}, "holds mistakes"),
        ({"held": over}, "has ended already"),
        ({"held": unsigned}, "Write whose license"),
        ({"id": id, "held": HeldLicense(**{**vars_of(LICENSE), "reference": "2"})}, "already recorded"),
    ):
        with pytest.raises(Refused, match=why):
            supplied(desk, **more)
    assert [row[:2] for row in desk.house.trail() if row[0] == "measures.supply_copy"] == [
        ("measures.supply_copy", "done"), ("measures.supply_copy", "done"),
        *[("measures.supply_copy", "refused")] * 8,
    ]  # fmt: skip


def vars_of(held):
    return {name: getattr(held, name) for name in ("holder", "valid_until", "is_for_profit_allowed")}


def test_t_scores_are_read_from_the_houses_table_and_say_so(desk):
    answers = {str(item): "1" for item in range(1, 29)} | {"29": "0"}
    supplied(desk, "promis29", "tables", TABLES)
    asked = desk.ask("promis29")
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=answers))
    (point,) = desk.scores("promis29")
    assert (point.derived["anxiety_t"], point.derived["fatigue_t"]) == (Decimal("40.3"), None)
    assert any("under its license 2026-77" in note for note in point.notes)


def test_a_copy_taken_back_is_read_no_more_and_the_page_tells_every_one(desk):
    url = "/measures/library/wsas/"
    browser = desk.house.client_for(desk.director)
    browser.get(url)
    counts = []
    for _more in range(3):
        _new, id = supplied(desk)
        counts.append(queries_of(browser, url))
    assert counts[0] == counts[2], "three copies cost no more queries than one"
    told = {"organization": desk.house.id, "by": desk.director, "id": id}
    with pytest.raises(Refused, match="You may not"):
        supplying.withdraw_copy(**{**told, "by": desk.nurse}, why="No.")
    with pytest.raises(Refused, match="Write why"):
        supplying.withdraw_copy(**told, why=" ")
    with pytest.raises(Refused, match="no such copy"):
        supplying.withdraw_copy(**{**told, "id": new_id()}, why="No.")
    page = f"{url}own/{id}/withdraw/"
    assert browser.post(page, {"why": "The holder asked."}).status_code == 302
    supplying.withdraw_copy(**told, why="Again.")
    said = browser.get(url).content.decode()
    assert ("taken back: The holder asked." in said, "in use" in said, "replaced by" in said) == (True,) * 3
    from kap_clinic.measures.licenses import listed

    (newest, *older) = listed(organization=desk.house.id)["wsas"]
    assert (newest["state"], [one["state"] for one in older]) == (
        "taken back: The holder asked.", ["in use", "replaced by a newer one"],
    )  # fmt: skip
    assert (newest["reference"], "our licensed words" in str(newest)) == ("2026-77", False)
    assert "the house&#x27;s own: English" in browser.get("/measures/library/").content.decode()


def queries_of(browser, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_a_file_is_checked_shown_and_signed_on_the_page(desk):
    browser, url = desk.house.client_for(desk.director), "/measures/library/wsas/own/words/"
    empty = browser.get(f"{url}empty/?language=en")
    assert 'filename="wsas@1-en.yaml"' in empty.headers["Content-Disposition"]
    assert empty.content.decode() == wording_skeleton(instrument("wsas"), "en")
    told = {
        "holder": "Isaac Marks", "reference": "2026-77", "for_profit": "no",
        "valid_until_month": "12", "valid_until_day": "31", "valid_until_year": str(TODAY.year + 1),
    }  # fmt: skip

    def sent(text):
        return browser.post(url, {**told, "file": SimpleUploadedFile("wsas.yaml", text)}).content.decode()

    assert "line 12: item 3 has no text." in sent(WORDS.replace('3: "our licensed words"', '3: ""').encode())
    assert "no UTF-8 text" in sent(b"\xff\xfe")
    assert "nested too deep" in sent(b"[" * 60_000)
    preview = sent(WORDS.encode())
    assert "our licensed words" in preview
    id = preview.split('name="id" value="')[1].split('"')[0]
    signed = {"holder": "Isaac Marks", "reference": "2026-77", "for_profit": "no", "id": id}
    signed["valid_until"] = f"{TODAY.year + 1}-12-31"
    assert (
        "changed after it was checked"
        in browser.post(
            f"{url}sign/", {**signed, "id": str(new_id()), "text": "language: en"}
        ).content.decode()
    )
    for _click in range(2):
        assert browser.post(f"{url}sign/", {**signed, "text": WORDS}).status_code == 302
    assert "excludes use for profit" in browser.get("/measures/library/wsas/").content.decode()
    nurse = desk.house.client_for(desk.nurse)
    assert nurse.get(url).status_code == 403
    assert "Supply licensed words" not in nurse.get("/measures/library/wsas/").content.decode()
    assert browser.get("/measures/library/phq9/own/tables/").status_code == 404


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"kind": "tables"}, "licensed_copy_words_have_a_language"),
        ({"language": ""}, "licensed_copy_words_have_a_language"),
        ({"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)}, "licensed_copy_withdrawn_who_and_why"),
    ],
)
def test_the_database_itself_refuses_a_copy_that_says_half(desk, broken, constraint):
    from kap_clinic.measures.models import LicensedCopy

    _new, id = supplied(desk)
    with pytest.raises(IntegrityError, match=constraint), desk.house.acting():
        LicensedCopy.objects.filter(id=id).update(**broken)
