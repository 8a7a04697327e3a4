"""Bands of a scale.

A scale is cut into bands once. Nothing recorded falls in no band, which is not the same as the lowest one.
The limits here are invented.
"""

from datetime import date
from decimal import Decimal

import pytest
from tests.cases import cases

from kap.vocabulary.bands import MISSING, Bands
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.errors import DeclarationError, InputError
from kap.vocabulary.sources import UnverifiedSource

INVENTED = UnverifiedSource(key="invented for the manual", stated_on=date(2026, 11, 21))
SCORE = Bands.starting_at(
    {"none": 0, "mild": 5, "severe": 20}, highest=27, step=1, unit=UcumUnit("{score}"), source=INVENTED
)
PRESSURE = Bands.starting_at(
    {"usual": None, "raised": 140, "high": 160},
    highest=None,
    step=1,
    unit=UcumUnit("mm[Hg]"),
    source=INVENTED,
)
TEMPERATURE = Bands.starting_at(
    {"usual": "34.0", "fever": "38.0"}, highest="43.0", step="0.1", unit=UcumUnit("Cel"), source=INVENTED
)


@cases("""
    the answer                  | score | band
    ----------------------------+-------+-------
    the lowest there is         |     0 | none
    just below the line         |     4 | none
    exactly on the line         |     5 | mild
    just below the next line    |    19 | mild
    exactly on the next line    |    20 | severe
    the highest there is        |    27 | severe
    nobody answered             |       |
""")
def test_a_value_on_the_line_belongs_to_the_band_that_begins_there(
    score: int | None, band: str | None
) -> None:
    found = SCORE.band_of(score)
    assert (None if found is MISSING else found.name) == band


@cases("""
    the reading                   | reading | band
    ------------------------------+---------+-------
    far below                     |      40 | usual
    just below the line           |     139 | usual
    exactly on the line           |     140 | raised
    just below the upper line     |     159 | raised
    exactly on the upper line     |     160 | high
    far above                     |     300 | high
    nobody measured               |         |
""")
def test_an_open_end_reaches_as_far_as_a_reading_can(reading: int | None, band: str | None) -> None:
    found = PRESSURE.band_of(reading)
    assert (None if found is MISSING else found.name) == band


@cases("""
    what was read                  | value | refusal_begins
    -------------------------------+-------+---------------------------------
    below the scale                | 33.9  | 33.9 is off this scale
    the scale's lowest             | 34.0  |
    the scale's highest            | 43.0  |
    above the scale                | 43.1  | 43.1 is off this scale
    finer than the scale can show  | 37.95 | This scale is read in steps of 0.1
""")
def test_a_value_the_scale_cannot_show_is_refused(value: Decimal, refusal_begins: str | None) -> None:
    if refusal_begins is None:
        assert TEMPERATURE.band_of(value) is not MISSING
    else:
        with pytest.raises(InputError, match=f"^{refusal_begins}"):
            TEMPERATURE.band_of(value)


@cases("""
    how the bands were declared    | starts    | top | refusal
    -------------------------------+-----------+-----+---------
    rising                         | 0, 5, 20  |  27 |
    two begin together             | 0, 5, 5   |  27 | middle begins at 5, but the band after it, high, at 5: starts must rise
    falling                        | 0, 20, 5  |  27 | middle begins at 20, but the band after it, high, at 5: starts must rise
    the last begins beyond the top | 0, 5, 28  |  27 | high begins at 28, above the end of the scale at 27
    the last is one value wide     | 0, 5, 27  |  27 |
""")
def test_bands_that_do_not_rise_are_refused_when_declared(
    starts: tuple[int, ...], top: int, refusal: str | None
) -> None:
    names = dict(zip(("low", "middle", "high"), starts, strict=True))
    if refusal is None:
        bands = Bands.starting_at(names, highest=top, step=1, unit=UcumUnit("{score}"), source=INVENTED)
        assert len(bands.bands) == 3
    else:
        with pytest.raises(DeclarationError, match=refusal):
            Bands.starting_at(names, highest=top, step=1, unit=UcumUnit("{score}"), source=INVENTED)


def test_the_words_and_the_chart_lines_come_from_the_same_bands() -> None:
    assert [str(words) for words in SCORE.in_words()] == ["none: 0 to 4", "mild: 5 to 19", "severe: 20 to 27"]
    assert SCORE.chart_lines() == ((Decimal(5), "mild"), (Decimal(20), "severe"))
    assert [str(words) for words in PRESSURE.in_words()] == [
        "usual: 139 or less",
        "raised: 140 to 159",
        "high: 160 or more",
    ]
