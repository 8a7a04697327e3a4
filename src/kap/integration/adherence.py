"""How integration followed the doses that were given: dose by dose, and counted with what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kap.integration.windows import AfterDose, Windows
from kap.vocabulary.moments import Instant


@dataclass(frozen=True, slots=True)
class Followed:
    """One dose, the integration that followed it, and the window that reached.

    Missing: `integrated_at` is None while no session followed; `reached` is None too where it came too late.
    """

    dose_at: Instant
    integrated_at: Instant | None
    reached: AfterDose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """Every dose that was given with what followed it.

    Missing: a dose whose last window is still open and that nothing followed yet counts nowhere: `waiting`.
    """

    followed: tuple[Followed, ...]
    waiting: int

    @property
    def counted(self) -> int:
        """The doses that can be judged."""
        return len(self.followed) - self.waiting

    def within(self, name: str, rules: Windows) -> int:
        """How many doses were followed no later than in this window."""
        names = [window.name for window in rules.windows]
        wanted = set(names[: names.index(name) + 1])
        return sum(1 for one in self.followed if one.reached and one.reached.name in wanted)


def adherence(
    doses: Iterable[Instant], sessions: Iterable[Instant], rules: Windows, at: Instant
) -> Adherence:
    """What followed each dose: the first session after it, and before the next dose."""
    given, held = sorted(doses), sorted(sessions)
    followed = tuple(
        _followed(dose, [one for one in held if dose <= one and (not later or one < later)], rules)
        for dose, later in zip(given, [*given[1:], None], strict=False)
    )
    last = rules.windows[-1].limit.length
    waiting = sum(1 for one in followed if one.integrated_at is None and at < one.dose_at.plus(last))
    return Adherence(followed=followed, waiting=waiting)


def _followed(dose: Instant, sessions: list[Instant], rules: Windows) -> Followed:
    if not sessions:
        return Followed(dose, None, None)
    return Followed(dose, sessions[0], rules.reached(dose, sessions[0]))
