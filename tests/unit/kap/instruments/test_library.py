"""Every instrument of the library keeps the promises the library makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kap.instruments.definition import Instrument
from kap.instruments.documents import instrument_document
from kap.instruments.license import ForProfit, WordingFrom
from kap.instruments.shelf import instrument, instrument_ids, library
from kap.vocabulary.errors import InputError

PROMISED = [
    "phq9", "phq2", "gad7", "gad2", "pcl5", "pc-ptsd-5", "madrs", "qids-sr16", "hamd17", "dass21",
    "cssrs-screener", "cssrs-since-last-contact", "asq", "cadss", "cadss6", "meq30", "ceq", "ebi",
    "ybocs", "audit", "audit-c", "dast10", "who5", "isi", "psqi", "wsas", "sds", "promis29", "asrm",
    "ymrs", "mdq", "bprs", "moaas", "aldrete", "padss", "nrs", "bpi", "wai-sr", "suds", "voc", "lec5",
    "ace", "des-b", "bdi2", "qlesq-sf",
]  # fmt: skip
CASES = Path(__file__).parents[3] / "spec/instruments"
EVERY = pytest.mark.parametrize("instrument_id", instrument_ids())


def test_every_promised_instrument_is_there() -> None:
    assert sorted(set(PROMISED) - set(instrument_ids())) == []


@EVERY
def test_an_instrument_lies_in_the_file_of_its_name(instrument_id: str) -> None:
    assert instrument(instrument_id).id == instrument_id


@EVERY
def test_every_source_of_a_file_was_read_or_says_that_nobody_did(instrument_id: str) -> None:
    for source in instrument(instrument_id).sources.values():
        assert source.citation
        assert source.verified or source.citation.startswith("Unverified: ")


@EVERY
def test_items_have_the_ids_1_to_n_in_the_papers_order(instrument_id: str) -> None:
    needed = [item.id for item in instrument(instrument_id).items if item.is_needed]
    if instrument_id == "bdi2":
        assert needed == ["total"]
    else:
        assert needed == [str(number) for number in range(1, len(needed) + 1)]


@EVERY
def test_wording_is_carried_only_where_the_license_lets_it(instrument_id: str) -> None:
    definition = instrument(instrument_id)
    assert definition.has_wording == (definition.license.wording is WordingFrom.LIBRARY)


def test_a_for_profit_site_shows_no_audit_and_no_who5() -> None:
    shelf = library()
    for name in ("audit", "who5"):
        assert shelf[name].license.for_profit is ForProfit.WORDING_EXCLUDED
        assert not shelf[name].license.may_show_wording(is_for_profit=True)
        assert shelf[name].license.may_show_wording(is_for_profit=False)
    assert shelf["audit-c"].license.may_show_wording(is_for_profit=True)
    assert not shelf["bdi2"].license.may_show_wording(is_for_profit=False)


def test_a_safety_question_is_never_score_only_without_saying_so() -> None:
    shown = {
        name for name, definition in library().items() if definition.scoring.safety and definition.has_wording
    }
    assert shown == {"phq9", "pcl5", "cssrs-screener", "cssrs-since-last-contact", "asq"}


def test_an_instrument_is_found_by_its_id_only() -> None:
    with pytest.raises(InputError, match="There is no instrument 'phq': give one of ace, aldrete, asq"):
        instrument("phq")


def _ranges(definition: Instrument) -> list[tuple[object, object]]:
    items = instrument_document(definition)["items"]
    return [(item["lowest"], item["highest"]) for item in items]


def test_an_instrument_is_listed_with_its_items_ranges_and_license_state() -> None:
    document = instrument_document(instrument("ymrs"))
    assert _ranges(instrument("ymrs")) == [(0, 4)] * 4 + [(0, 8)] * 2 + [(0, 4)] + [(0, 8)] * 2 + [(0, 4)] * 2
    assert document["license"]["wording"] == "site"
    assert document["scales"][0]["bands"][1] == "minimal: 13 to 19"
    assert instrument_document(instrument("phq9"))["codes"][0]["verified"] is True
    assert instrument_document(instrument("audit-c"))["codes"][-1]["verified"] is False
    assert instrument_document(instrument("bpi"))["scales"][0]["highest"] == 10
    brs = instrument_document(instrument("brs"))
    assert (brs["scales"][0]["bands"][2], brs["license"]["wording_read_in"][:3]) == ("high: 4.31 to 5", "RCP")
    assert brs["scales"][0]["read_in"].startswith("PhenX")
    assert _ranges(instrument("lec5")) == [(1, 6)] * 17
    assert instrument_document(instrument("phq9"))["items"][0]["answers"]["3"] == "Nearly every day"


@EVERY
def test_an_instrument_has_its_table_of_cases(instrument_id: str) -> None:
    file = CASES / f"test_{instrument_id.replace('-', '_')}.py"
    assert file.is_file(), f"Write {file.name}: rows from the paper, on both sides of every border."
    assert f'"{instrument_id}"' in file.read_text(encoding="utf-8"), f"{file.name} scores no {instrument_id}."
