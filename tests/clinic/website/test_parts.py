"""The parts show what they are given: sentences, bars in their place, rows under their columns."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.findings import ClearedBy, Clearing, Explanation, Finding, Verdict
from kap.vocabulary.sentences import sentence
from kap.vocabulary.sources import Source, UnverifiedSource
from kap_clinic.website.parts import Act, Bar, Board, Column, Empty, Lane, Need, Row, Status, Table
from kap_clinic.website.shown import shown_finding
from kap_clinic.website.templatetags.look import said, verdict_word

NOTHING = Empty(what="Nothing here.", how="It will come.")


def part(name, **given):
    return render_to_string(f"website/parts/{name}.html", given)


def bar(start, minutes):
    return Bar(start=start, minutes=minutes, words="x", kind="dose")


@pytest.mark.parametrize(
    ("story", "bars", "spans"),
    [
        ("a free day is one gap", [], [24]),
        ("a bar from the first minute", [bar(0, 60)], [12, 12]),
        ("a bar to the last minute", [bar(60, 60)], [12, 12]),
        ("the whole day", [bar(0, 120)], [24]),
        ("two that touch have no gap", [bar(0, 30), bar(30, 30)], [6, 6, 12]),
        ("given in any order", [bar(60, 30), bar(0, 30)], [6, 6, 6, 6]),
        ("the shortest bar", [bar(5, 5)], [1, 1, 22]),
    ],
)
def test_bars_and_gaps_fill_the_board_exactly(story, bars, spans):
    cells = Lane(who="Ana K.", where="room 4", bars=tuple(bars)).cells(120)
    assert [cell if isinstance(cell, int) else cell.span for cell in cells] == spans


def test_every_line_of_the_board_is_as_wide_as_its_hours():
    lanes = (Lane(who="Ana", where="", bars=(bar(30, 45),)), Lane(who="Ben", where="", bars=()))
    board = Board(caption="Tuesday", first_hour=22, last_hour=25, lanes=lanes)
    assert board.hours == ["22", "23", "00"]
    assert board.columns == 36
    for _lane, cells in board.lines:
        assert sum(cell if isinstance(cell, int) else cell.span for cell in cells) == 36


def test_a_bar_that_is_wrong_says_so_in_words():
    late = Bar(start=0, minutes=30, words="recovery", kind="recovery", tone="must", note="Vitals are late.")
    page = part(
        "board",
        board=Board(caption="T", first_hour=8, last_hour=9, lanes=(Lane(who="B", where="", bars=(late,)),)),
    )
    assert "Vitals are late." in page
    assert 'data-tone="must"' in page


def test_a_sentence_of_the_core_is_said_and_text_passes():
    assert said(sentence("{who} waits.", who="Ana")) == "Ana waits."
    assert said("Ana waits.") == "Ana waits."


def test_what_a_person_wrote_is_text_and_never_markup():
    page = part("needs", title="Needs", needs=[Need(who="<b>Ana</b>", what=sentence("{x}", x="<i>late</i>"))])
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;i&gt;late" in page


def test_no_needs_say_so():
    page = part("needs", title="Needs", needs=[], empty=NOTHING)
    assert "Nothing here." in page
    assert "It will come." in page


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_its_word_and_its_shape(verdict):
    page = part("stamp", verdict=verdict)
    assert verdict.name in page
    assert f'data-verdict="{verdict.value}"' in page
    assert "<svg" in page


def test_a_verdict_is_translated_but_its_style_is_not():
    with translation.override("es"):
        page = part("stamp", verdict=Verdict.HOLD)
        assert verdict_word(Verdict.HOLD) in page
        assert 'data-verdict="hold"' in page


SOURCE = Source(
    citation="A guideline, 2017",
    address="10.1000/x",
    read_on=date(2025, 1, 1),
    taken="160",
    checked_by="H. A.",
)


def finding(verdict, source=SOURCE, facts=(), clears_by=None):
    because = Explanation(
        reason=sentence("Too high to start."),
        facts=facts,
        source=source,
        would_change_if=sentence("Below {limit}.", limit=160),
    )
    return Finding(rule="pressure", verdict=verdict, clears_by=clears_by, because=because)


def test_a_finding_opens_to_rule_facts_source_and_what_would_change_it():
    known = Fact(
        what="ECG", value="normal", when=date(2025, 1, 12), status=FactStatus.DOUBTFUL, came_from="referral"
    )
    hold = finding(
        Verdict.HOLD, facts=(known, Fact.missing("Pulse")), clears_by=Clearing(ClearedBy.REMEASURE)
    )
    page = part("findings", findings=[shown_finding(hold, Act("Measure again", "/x"))])
    for words in ("HOLD", "Too high to start.", "Below 160.", "pressure", "Measure again"):
        assert words in page
    for words in ("ECG", "normal", "12 Jan 2025", "referral, doubtful", "Pulse", "not recorded"):
        assert words in page
    assert '<a href="https://doi.org/10.1000/x" rel="noreferrer">A guideline, 2017</a>' in page


def test_a_source_nobody_checked_is_marked():
    unverified = UnverifiedSource(key="K-12", stated_on=date(2025, 1, 1))
    stop = finding(Verdict.STOP, unverified, clears_by=Clearing(ClearedBy.OVERRIDE))
    page = part("findings", findings=[shown_finding(stop)])
    assert "not yet checked by a clinician" in page
    assert '<a href="http' not in page
    assert "not yet checked" not in part("findings", findings=[shown_finding(finding(Verdict.PROCEED))])


def test_an_answered_finding_keeps_its_verdict():
    stop = finding(Verdict.STOP, clears_by=Clearing(ClearedBy.OVERRIDE))
    page = part("findings", findings=[shown_finding(stop, answer="Overridden by Dr. Aster.")])
    assert 'data-verdict="stop"' in page
    assert "Overridden by Dr. Aster." in page


def test_findings_in_nobodys_way_are_folded_and_counted():
    page = part("findings", findings=[shown_finding(finding(Verdict.PROCEED)) for _ in range(2)])
    assert "2 rules found nothing in the way" in page
    assert page.index("<details") < page.index("Too high to start.")


TABLE = Table(
    caption="Staff",
    columns=(
        Column(words="Name", sort_url="?by=name", sorted="ascending"),
        Column(words="License"),
        Column(words="Sessions", is_number=True),
        Column(words=""),
    ),
    rows=(
        Row(cells=("Ana", Status(words="ends soon", tone="look"), "12", Act("Renew", "/renew"))),
        Row(cells=("Ben", Status(words="valid", tone="done"), "3", "")),
    ),
    empty=NOTHING,
)


def test_a_table_names_its_columns_rows_and_order():
    page = part("table", table=TABLE)
    assert "<caption>Staff</caption>" in page
    assert page.count('scope="col"') == 4
    assert page.count('scope="row"') == 2
    assert page.count('aria-sort="ascending"') == 1
    assert 'href="?by=name"' in page
    assert 'data-label="Sessions"' in page
    assert 'href="/renew"' in page


def test_an_empty_table_says_what_would_stand_there():
    page = part("table", table=Table(caption="Staff", columns=TABLE.columns, rows=(), empty=NOTHING))
    assert "<table" not in page
    assert "Nothing here." in page


def test_a_row_with_too_few_cells_is_a_mistake():
    with pytest.raises(ValueError, match="zip"):
        part(
            "table",
            table=Table(caption="S", columns=TABLE.columns, rows=(Row(cells=("Ana",)),), empty=NOTHING),
        )


@pytest.mark.parametrize(("newer", "older"), [("?n", ""), ("", "?o"), ("?n", "?o"), ("", "")])
def test_a_list_says_where_it_ends(newer, older):
    page = part("older_newer", newer_url=newer, older_url=older)
    assert ("This is the newest" in page) == (not newer)
    assert ("Nothing older" in page) == (not older)
