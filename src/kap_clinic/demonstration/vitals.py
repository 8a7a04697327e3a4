"""Plausible vital signs of an infusion, minute by minute; made up, and no model of anybody.

They rise while the dose runs, highest after half an hour, and come back within the hour after it; a slow wave
keeps two readings from being the same. Numbers to look at, that no rule reads as a limit.
"""

from __future__ import annotations

from decimal import Decimal
from math import exp, sin

from kap.monitoring.vitals import Channel

_PEAKS_AT, _FADES_IN = 32.0, 45.0


def by_hand(minutes: float, *, is_asleep: bool = False) -> dict[Channel, Decimal]:
    """Return what a nurse reads, this many minutes after the dose began."""
    risen, wave = _risen(minutes), sin(minutes / 3.1)
    read = {
        Channel.SYSTOLIC: 121 + 24 * risen + 2 * wave,
        Channel.DIASTOLIC: 76 + 12 * risen + 1.5 * wave,
        **_watched(minutes),
        Channel.SEDATION: 3 if is_asleep and 5 < minutes < 35 else 5 if minutes < 2 or minutes > 55 else 4,
    }
    return {channel: Decimal(round(number)) for channel, number in read.items()}


def by_monitor(minutes: float) -> dict[Channel, Decimal]:
    """Return what the monitor reads without a cuff."""
    return {channel: Decimal(round(number)) for channel, number in _watched(minutes).items()}


def _watched(minutes: float) -> dict[Channel, float]:
    risen = _risen(minutes)
    return {
        Channel.HEART_RATE: 68 + 15 * risen + 2 * sin(minutes * 1.7) + sin(minutes * 5.3),
        Channel.OXYGEN: 98 - 1.6 * risen + 0.5 * sin(minutes * 0.9),
        Channel.BREATHS: 14 - 1.5 * risen + 0.8 * sin(minutes * 2.3),
    }


def _risen(minutes: float) -> float:
    """From 0 before the dose to 1 at the peak, and back."""
    if minutes <= 0:
        return 0.0
    if minutes <= _PEAKS_AT:
        return sin(minutes / _PEAKS_AT * 1.5708)
    return exp(-(((minutes - _PEAKS_AT) / _FADES_IN) ** 2))
