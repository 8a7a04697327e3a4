"""Vital signs as they are read: each channel with its unit, and what of a reading can be true.

An impossible number is refused: no person shows it. An unlikely one is asked about again and kept once
somebody has measured it twice: a monitor that will not write down the truth is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType
from uuid import UUID

from kap.monitoring.packaged import text_of
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.decimals import exact, plain
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, sources_from
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource

BY_HAND = "by hand"


class Channel(Enum):
    """One thing that is read: a number of its own, in one unit."""

    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    HEART_RATE = "heart-rate"
    OXYGEN = "oxygen-saturation"
    BREATHS = "respiratory-rate"
    SEDATION = "sedation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """Vital signs read at one moment, by one person or one device.

    Missing: a channel nobody read is not among the numbers; it is not zero and not normal.
    Raises: InputError when nothing was read.
    """

    entry: UUID
    at: Instant
    numbers: Mapping[Channel, Decimal]
    is_by_voice: bool = False  # sedation: somebody spoke to the person, rather than looked on
    came_from: str = BY_HAND

    def __post_init__(self) -> None:
        if not self.numbers:
            raise InputError("Vital signs need at least one number: leave out what nobody read.")
        exactly = {channel: exact(number) for channel, number in self.numbers.items()}
        object.__setattr__(self, "numbers", MappingProxyType(exactly))

    def of(self, channel: Channel) -> Decimal | None:
        """One number; None where nobody read it."""
        return self.numbers.get(channel)

    @property
    def pressure(self) -> BloodPressure | None:
        """Both numbers of the cuff; None where neither was read."""
        upper, lower = self.of(Channel.SYSTOLIC), self.of(Channel.DIASTOLIC)
        return None if upper is None and lower is None else BloodPressure(upper, lower)


@dataclass(frozen=True, slots=True)
class Reach:
    """From the lowest to the highest number; both belong to it."""

    lowest: Decimal
    highest: Decimal

    def holds(self, number: Decimal) -> bool:
        """Whether a number lies in it."""
        return self.lowest <= number <= self.highest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRange:
    """What one channel is called and measured in, what it can show, and what it usually shows."""

    name: Sentence
    unit: UcumUnit
    possible: Reach
    likely: Reach
    source: AnySource


Channels = Mapping[Channel, ChannelRange]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A number that cannot be true, or that somebody should measure again."""

    channel: Channel
    is_impossible: bool
    reason: Sentence


def doubts(numbers: Mapping[Channel, Decimal], channels: Channels) -> tuple[Doubt, ...]:
    """What is doubtful in a set of numbers before it is charted; impossible ones first."""
    found = [doubt for channel, number in numbers.items() if (doubt := _doubt(channel, number, channels))]
    upper, lower = numbers.get(Channel.SYSTOLIC), numbers.get(Channel.DIASTOLIC)
    if upper is not None and lower is not None and lower >= upper:
        reason = sentence(
            "The lower number {lower} is not below the upper number {upper}. Read both again.",
            lower=plain(lower), upper=plain(upper),
        )  # fmt: skip
        found.append(Doubt(channel=Channel.DIASTOLIC, is_impossible=True, reason=reason))
    return tuple(sorted(found, key=lambda doubt: not doubt.is_impossible))


def _doubt(channel: Channel, number: Decimal, channels: Channels) -> Doubt | None:
    known = channels[channel]
    said = {"name": known.name, "number": plain(number)}
    if not known.possible.holds(number):
        ends = {"lowest": plain(known.possible.lowest), "highest": plain(known.possible.highest)}
        reason = Sentence(
            "{name} {number} cannot be: it lies between {lowest} and {highest}. Read it again.", said | ends
        )
        return Doubt(channel=channel, is_impossible=True, reason=reason)
    if not known.likely.holds(number):
        reason = Sentence("{name} {number} is unusual. Measure again, then confirm it.", said)
        return Doubt(channel=channel, is_impossible=False, reason=reason)
    return None


@cache
def packaged_channels() -> Channels:
    """The channels with the ranges this version came with."""
    return channels_from("vital-signs.yaml", text_of("vital-signs.yaml"))


def channels_from(file: str, text: str) -> Channels:
    """Reads the ranges of every channel.

    Raises: DeclarationError, with file and line, when a channel, a number or a source is lacking or wrong.
    """
    whole = declared(file, text)
    parts = whole.parts(needed=("version", "effective_on", "channels", "sources"))
    sources = sources_from(parts["sources"])
    found = {name.one_of(Channel): _range(part, sources) for name, part in parts["channels"].pairs()}
    if lacking := [channel.value for channel in Channel if channel not in found]:
        raise parts["channels"].wrong(f"{', '.join(lacking)} must be given.")
    return MappingProxyType(found)


def _range(part: Declared, sources: Sources) -> ChannelRange:
    given = part.parts(needed=("name", "unit", "possible", "likely", "source"))
    possible, likely = _reach(given["possible"]), _reach(given["likely"])
    if not (possible.holds(likely.lowest) and possible.holds(likely.highest)):
        raise part.wrong("what is likely must also be possible.")
    return ChannelRange(
        name=Sentence(given["name"].text()),
        unit=given["unit"].made(lambda: UcumUnit(given["unit"].text())),
        possible=possible,
        likely=likely,
        source=cited(given["source"], sources),
    )


def _reach(part: Declared) -> Reach:
    ends = [one.number() for one in part.listed()]
    if len(ends) != len(("lowest", "highest")) or ends[0] >= ends[1]:
        raise part.wrong("expected the lowest and the highest number, in this order.")
    return Reach(*ends)
