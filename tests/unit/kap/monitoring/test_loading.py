"""The room's documents: what is not whole is refused when it is loaded, with its line."""

from collections.abc import Callable
from dataclasses import fields

import pytest

from kap.monitoring.alarms import packaged_alarms
from kap.monitoring.before_a_dose import packaged_before_a_dose
from kap.monitoring.cadence import cadences_from
from kap.monitoring.going_home import packaged_going_home
from kap.monitoring.packaged import text_of
from kap.monitoring.vitals import channels_from
from kap.screening.limits import Ground, Limit, Scale
from kap.vocabulary.errors import DeclarationError


@pytest.mark.parametrize(
    ("read", "file", "before", "after", "wrong"),
    [
        (channels_from, "vital-signs.yaml", "  sedation: {", "  sleep: {", "'sleep'"),
        (channels_from, "vital-signs.yaml", "[40, 300]", "[300, 40]", "lowest and the highest"),
        (channels_from, "vital-signs.yaml", "[40, 300]", "[40]", "lowest and the highest"),
        (
            channels_from,
            "vital-signs.yaml",
            "likely: [80, 220]",
            "likely: [80, 320]",
            "must also be possible",
        ),
        (
            channels_from,
            "vital-signs.yaml",
            "likely: [80, 220]",
            "likely: [30, 220]",
            "must also be possible",
        ),
        (channels_from, "vital-signs.yaml", 'unit: "/min"', "unit: beats", "UcumUnit"),
        (cadences_from, "cadence.yaml", "iv: {during", "nose: {during", "'nose'"),
        (cadences_from, "cadence.yaml", "iv: {during: 10", "iv: {at: [0], during: 10", "how often while"),
        (cadences_from, "cadence.yaml", "iv: {during: 10, ", "iv: {", "how often while"),
        (cadences_from, "cadence.yaml", "[0, 40, 80, 120]", "[0, 80, 40, 120]", "must rise"),
        (cadences_from, "cadence.yaml", "unit: min", "unit: mL/h", "not measured in"),
    ],
)
def test_a_document_that_is_not_whole_is_refused_with_its_line(
    read: Callable[[str, str], object], file: str, before: str, after: str, wrong: str
) -> None:
    text = text_of(file)
    assert before in text
    with pytest.raises(DeclarationError, match=rf"{file}, line \d+: .*{wrong}"):
        read(file, text.replace(before, after, 1))


@pytest.mark.parametrize(
    ("read", "file", "begins"),
    [(channels_from, "vital-signs.yaml", "  sedation"), (cadences_from, "cadence.yaml", "  in:")],
)
def test_a_document_that_leaves_something_out_is_refused(
    read: Callable[[str, str], object], file: str, begins: str
) -> None:
    lines = [line for line in text_of(file).splitlines() if not line.startswith(begins)]
    with pytest.raises(DeclarationError, match="must be given"):
        read(file, "\n".join(lines))


def test_every_number_and_ground_names_its_source() -> None:
    held = [
        getattr(limits, field.name)
        for limits in (packaged_alarms(), packaged_before_a_dose(), packaged_going_home())
        for field in fields(limits)
    ]
    sources = [one.source for one in held if isinstance(one, Limit | Ground)]
    sources += [one.bands.source for one in held if isinstance(one, Scale)]
    assert len(sources) > 30
    assert all(source.citation for source in sources)
