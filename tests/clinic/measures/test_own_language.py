"""A client reads official words in their own language, and the original where there are none."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.clinic.measures.conftest import RATED

from kap.instruments import shelf
from kap.instruments.shelf import instrument, instrument_at
from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.measures import actions, links

pytestmark = pytest.mark.database


def _languages(desk, asked):
    from kap_clinic.measures.store import history_of

    with desk.house.acting() as act:
        return [one.language for rows in history_of(act, asked).values() for one in rows]


def test_the_questions_follow_the_language_of_the_page_and_the_answer_keeps_it(desk):
    client = Client(HTTP_HOST="localhost")
    desk.ask("gad7", "link")
    link = desk.link("pc-ptsd-5")
    asked = {form.instrument: form.id for form in desk.forms()}
    client.post(desk.address(link, "language/"), {"language": "es"})
    begin = client.get(desk.address(link)).content.decode()
    assert ("Primary Care PTSD Screen for DSM-5</li>" in begin, "Anxiety Disorder-7</li>" in begin) == (
        True,
        False,
    )
    said = client.get(desk.address(link, f"{asked['gad7']}/4/")).content.decode()
    assert 'lang="es">Durante las últimas 2 semanas' in said
    assert "Ha tenido dificultad para relajarse" in said
    assert "Casi todos los días" in said
    for form, item in (("gad7", "4"), ("pc-ptsd-5", "3")):
        links.answer(**desk.key(link), id=new_id(), asked=asked[form], item=item, value="1")
    client.post(desk.address(link, "language/"), {"language": "en"})
    links.answer(**desk.key(link), id=new_id(), asked=asked["gad7"], item="4", value="2")
    assert _languages(desk, asked["gad7"]) == ["es", "en"]
    assert _languages(desk, asked["pc-ptsd-5"]) == ["en"], (
        "there is no official Spanish: the original was read"
    )
    answers = client.get(desk.address(link, "answers/")).content.decode()
    assert "Trouble relaxing" in answers
    form = desk.house.client_for(desk.nurse).get(f"/measures/{desk.person}/forms/{asked['gad7']}/")
    assert "<dd>English</dd>" in form.content.decode(), "the answer that stands was read in English"


def test_an_answer_given_under_an_older_version_is_scored_and_shown_by_it(desk, tmp_path, monkeypatch):
    asked, other = desk.ask("gad7"), desk.ask("gad7")
    answers = {"1": "3", "2": "2"} | {str(item): "0" for item in range(3, 8)}
    actions.enter(**desk.by(desk.nurse, asked=other, answers=answers))
    first = (shelf._LIBRARY / "gad7.yaml").read_text(encoding="utf-8")
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "gad7@1.yaml").write_text(first, encoding="utf-8")
    second = first.replace("version: 1", "version: 2").replace("mild: 5", "mild: 6")
    library = {name: file.read_text(encoding="utf-8") for name, file in _library()} | {"gad7.yaml": second}
    newer = tmp_path / "library"
    newer.mkdir()
    for name, text in library.items():
        (newer / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(shelf, "_LIBRARY", newer)
    monkeypatch.setattr(shelf, "_KEPT", kept)
    caches = (instrument, instrument_at, shelf.library)
    for cached in caches:
        cached.cache_clear()
    try:
        actions.enter(**desk.by(desk.nurse, asked=asked, answers=answers))
        actions.enter(**desk.by(desk.nurse, asked=desk.ask("gad7"), answers=answers))
        assert [(point.key, point.band) for point in desk.scores("gad7")] == [
            ("gad7@1", "mild"), ("gad7@1", "mild"), ("gad7@2", "minimal"),
        ]  # fmt: skip
        page = desk.house.client_for(desk.nurse).get(f"/measures/{desk.person}/forms/{other}/")
        assert "gad7@1" in page.content.decode()
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()


def _library():
    return [(file.name, file) for file in shelf._LIBRARY.iterdir()]


def test_a_sheet_acts_item_by_item_even_if_it_is_never_sent(desk):
    from kap_clinic.cases import queries as cases

    asked = desk.ask(RATED, "rater")
    nurse, url = desk.house.client_for(desk.nurse), f"/measures/{desk.person}/forms/{asked}/enter/"
    sheet = new_id()

    def choose(item, value, turn, by=nurse):
        return by.post(f"{url}{item}/", {"id": sheet, "turn": turn, f"i-{item}": value})

    assert "Question 1 is kept." in choose("1", "0", 1).content.decode()
    for _again in range(2):
        assert "high: never leave alone" in choose("5", "1", 2).content.decode()
    with desk.house.acting(desk.nurse) as act:
        assert len(cases.cases_of(act, desk.person)) == 1, "the case is open, and the sheet was never sent"
    assert (desk.values(asked), desk.state(asked)) == ({"1": "0", "5": "1"}, "")
    refused = choose("1", "7", 3)
    assert (refused.status_code, "Question 1 is not kept." in refused.content.decode()) == (422, True)
    assert choose("99", "1", 3).status_code == 404
    assert choose("1", "1", 3, by=desk.house.client_for(desk.coordinator)).status_code == 403
    told = {**desk.by(desk.nurse, asked=asked, answers={"1": "0", "5": "1", "6": "0"}), "id": sheet}
    for _again in range(2):
        actions.enter(**told)
    assert desk.values(asked) == {"1": "0", "5": "1", "6": "0"}
    with desk.house.acting() as act:
        from kap_clinic.measures.store import history_of

        assert [len(rows) for rows in history_of(act, asked).values()] == [1, 1, 1], "nothing is kept twice"
    with pytest.raises(Refused, match="has ended"):
        actions.enter(**{**told, "answers": {"1": "1"}})


def test_whoever_asks_reads_the_questions_out_in_the_clients_language(desk):
    asked, nurse = desk.ask("asq", "rater"), desk.house.client_for(desk.nurse)
    url = f"/measures/{desk.person}/forms/{asked}/enter/"
    assert 'href="?language=es"' in nurse.get(url).content.decode()
    spanish = nurse.get(f"{url}?language=es").content.decode()
    assert ("¿Alguna vez ha intentado suicidarse?" in spanish, 'href="?language=en"' in spanish) == (
        True,
        True,
    )
    assert "Have you ever tried" in nurse.get(f"{url}?language=tlh").content.decode()
