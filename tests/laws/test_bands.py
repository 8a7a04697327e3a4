"""Bands: every value a scale can show lies in exactly one of them."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kap.vocabulary.bands import Band, Bands, Missing
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.sources import UnverifiedSource

INVENTED = UnverifiedSource(key="invented for a law", stated_on=date(2026, 11, 21))
STEPS = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.1"), Decimal("0.25")])


@st.composite
def _scales(draw: st.DrawFn) -> Bands:
    step = draw(STEPS)
    counts = sorted(draw(st.lists(st.integers(-200, 200), min_size=2, max_size=8, unique=True)))
    *starts, top = [count * step for count in counts]
    named = {f"band {number}": start for number, start in enumerate(starts)}
    return Bands.starting_at(named, highest=top, step=step, unit=UcumUnit("{score}"), source=INVENTED)


@given(_scales(), st.data())
def test_every_value_on_a_scale_lies_in_exactly_one_band(scale: Bands, data: st.DataObject) -> None:
    lowest, highest = scale.bands[0].lowest, scale.bands[-1].highest
    assert lowest is not None
    assert highest is not None
    value = lowest + scale.step * data.draw(st.integers(0, int((highest - lowest) / scale.step)))
    holding = [band for band in scale.bands if band.holds(value)]
    assert holding == [scale.band_of(value)]


@given(_scales())
def test_a_chart_line_is_where_the_band_changes(scale: Bands) -> None:
    for line, name in scale.chart_lines():
        below, on = scale.band_of(line - scale.step), scale.band_of(line)
        assert _name(on) == name
        assert _name(below) != name


def _name(band: Band | Missing) -> str:
    assert isinstance(band, Band)
    return band.name
