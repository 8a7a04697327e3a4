"""What the worker does for whoever is on call, again and again: climb, follow, watch, give a sign of life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kap_clinic.config.environment import Environment

from .channels import channels_of
from .climbing import climb
from .following import follow
from .heartbeat import Pulse
from .watching import watch

GoesOn = Callable[[], bool]


@dataclass(frozen=True)
class Duty:
    """One thing done again and again, and how many seconds lie between its turns."""

    name: str
    do: Callable[[GoesOn], object]
    every: float


def duties_of(environment: Environment) -> tuple[Duty, ...]:
    """Return the ladder, first, then what is followed and watched for it and the sign of life it gives."""
    channels, pulse = channels_of(environment), Pulse(environment.heartbeat_url)

    def look(goes_on: GoesOn) -> None:
        climb(channels, goes_on=goes_on)
        pulse.climbed()

    return (
        Duty("ladder", look, 1.0),
        Duty("messages", lambda goes_on: follow(channels, goes_on=goes_on), 5.0),
        Duty("roster", lambda _: watch(channels), 60.0),
        Duty("heartbeat", lambda _: pulse.beat(), 60.0),
    )
