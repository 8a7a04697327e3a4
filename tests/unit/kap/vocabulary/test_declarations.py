"""Wrong declarations of findings, sources, bands and facts are found when they are made."""

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.kap.vocabulary.findings import INVENTED, clearing, finding

from kap.people.roles import role_of
from kap.vocabulary.bands import Band, Bands
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.errors import DeclarationError, InputError
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.findings import OVERRIDING_ROLE, ClearedBy, Clearing, Explanation, Finding, Scope, Verdict
from kap.vocabulary.sentences import sentence
from kap.vocabulary.sources import Source, UnverifiedSource

READ = date(2026, 11, 21)
TO_FOUR, FROM_FIVE = Band("low", Decimal(0), Decimal(4)), Band("high", Decimal(5), Decimal(9))


@pytest.mark.parametrize(
    ("verdict", "scope", "way"),
    [
        (Verdict.UNKNOWN, Scope.PROGRAM, ClearedBy.OVERRIDE),
        (Verdict.UNKNOWN, Scope.PROGRAM, ClearedBy.CLEARANCE),
        (Verdict.PROCEED, Scope.PROGRAM, ClearedBy.FACT),
        (Verdict.STOP, Scope.TODAY, ClearedBy.OVERRIDE),
        (Verdict.HOLD, Scope.TODAY, ClearedBy.OVERRIDE),
    ],
)
def test_a_finding_cannot_be_cleared_in_a_way_its_verdict_forbids(
    verdict: Verdict, scope: Scope, way: ClearedBy
) -> None:
    with pytest.raises(DeclarationError):
        finding(verdict, scope=scope, way=way)


@pytest.mark.parametrize("verdict", [Verdict.HOLD, Verdict.UNKNOWN])
def test_a_hold_and_an_unknown_say_what_clears_them(verdict: Verdict) -> None:
    reason = sentence("An invented reason.")
    because = Explanation(reason=reason, source=INVENTED, would_change_if=reason)
    with pytest.raises(DeclarationError):
        Finding(rule="invented-rule", verdict=verdict, because=because)


def test_a_clearance_and_nothing_else_names_whose_it_is() -> None:
    assert clearing(ClearedBy.CLEARANCE).whose == sentence("cardiology")
    with pytest.raises(DeclarationError):
        Clearing(ClearedBy.CLEARANCE)
    with pytest.raises(DeclarationError):
        Clearing(ClearedBy.FACT, sentence("cardiology"))


def test_the_role_that_overrides_is_a_role_of_the_clinic() -> None:
    assert role_of(OVERRIDING_ROLE).id == OVERRIDING_ROLE


@pytest.mark.parametrize("address", ["10.1000/xyz123", "https://example.org/paper"])
def test_a_source_is_read_checked_and_addressed(address: str) -> None:
    source = Source(citation="Invented 2026", address=address, read_on=READ, taken="All.", checked_by="A. B.")
    assert source.verified


@pytest.mark.parametrize(
    ("part", "value"),
    [("citation", ""), ("taken", ""), ("checked_by", ""), ("address", ""), ("address", "a library")],
)
def test_a_source_with_an_empty_part_is_refused(part: str, value: str) -> None:
    parts = {"citation": "Invented 2026", "address": "10.1000/x", "taken": "All.", "checked_by": "A. B."}
    with pytest.raises(DeclarationError):
        Source(**{**parts, part: value}, read_on=READ)


def test_an_unverified_source_says_so() -> None:
    source = UnverifiedSource(key="blood-pressure", stated_on=READ)
    assert not source.verified
    assert source.citation == "Unverified: blood-pressure, stated on 2026-11-21, checked by nobody"
    with pytest.raises(DeclarationError):
        UnverifiedSource(key="", stated_on=READ)


@pytest.mark.parametrize(
    ("bands", "step", "wrong"),
    [
        ((), "1", "at least one band"),
        ((TO_FOUR,), "0", "a step above zero"),
        ((TO_FOUR, TO_FOUR), "1", "share a name"),
        ((TO_FOUR, Band("high", Decimal(6), Decimal(9))), "1", "leave a gap"),
        ((TO_FOUR, Band("high", Decimal(4), Decimal(9))), "1", "overlap"),
        ((TO_FOUR, FROM_FIVE), "0.1", "leave a gap"),
        ((TO_FOUR, FROM_FIVE), "2", "not a whole number of steps"),
        ((Band("back", Decimal(5), Decimal(4)),), "1", "lowest value is above its highest"),
        ((Band("low", Decimal(0), None), FROM_FIVE), "1", "left open"),
        ((TO_FOUR, Band("high", None, Decimal(9))), "1", "left open"),
    ],
)
def test_bands_that_overlap_or_leave_a_gap_are_refused(
    bands: tuple[Band, ...], step: str, wrong: str
) -> None:
    with pytest.raises(DeclarationError, match=wrong):
        Bands(bands=bands, step=Decimal(step), unit=UcumUnit("{score}"), source=INVENTED)


def test_bands_declared_with_both_ends_hold() -> None:
    bands = Bands(bands=(TO_FOUR, FROM_FIVE), step=Decimal(1), unit=UcumUnit("{score}"), source=INVENTED)
    assert bands.band_of("5") == FROM_FIVE
    assert str(Band("all", None, None).in_words()) == "all: any value"
    with pytest.raises(DeclarationError, match="left open"):
        Bands.starting_at(
            {"low": 0, "high": None}, highest=9, step=1, unit=UcumUnit("{score}"), source=INVENTED
        )


@pytest.mark.parametrize(
    "contradiction",
    [
        {"value": None, "status": FactStatus.RECORDED},
        {"value": "yes", "status": FactStatus.MISSING},
        {"value": 118},
        {"value": "sinus rhythm", "unit": UcumUnit("mm[Hg]")},
        {"value": True, "unit": UcumUnit("1")},
        {"value": 36.6, "unit": UcumUnit("Cel")},
        {"value": "sinus rhythm", "came_from": ""},
    ],
)
def test_a_fact_that_contradicts_itself_is_refused(contradiction: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Fact(**{"what": "an invented fact", "came_from": "nurse", **contradiction})  # type: ignore[arg-type]


def test_a_dated_no_is_a_fact_and_says_its_day() -> None:
    fact = Fact(what="glaucoma", value=False, when=READ, status=FactStatus.CONFIRMED, came_from="nurse")
    assert fact.is_known
    assert str(fact.in_words()) == "glaucoma: False on 2026-11-21 (confirmed, from nurse)"
