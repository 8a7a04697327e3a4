"""What is planned is written as people say it: a date, a time and a place's zone; clocks change around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """A local date and time in an IANA zone.

    A time the clocks skip starts later by what they skip (an hour, nearly everywhere). A time the clocks show
    twice means the first, unless `second` says otherwise. Either way `reason` says so.

    Raises: InputError when the time carries a zone of its own, the zone is unknown, or `second` is asked of a
    time shown once.
    """

    on: date
    at: time
    zone: str
    second: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise InputError("A planned time takes the zone of its place: give the time without one.")
        if self.second and not self.is_repeated:
            raise InputError("This time is shown by the clocks only once: there is no second one to mean.")

    @property
    def is_skipped(self) -> bool:
        """Whether the clocks jump over this time."""
        return self._jump > timedelta(0)

    @property
    def is_repeated(self) -> bool:
        """Whether the clocks show this time twice."""
        return self._jump < timedelta(0)

    @property
    def instant(self) -> Instant:
        """The moment meant."""
        # Python reads a skipped time with fold=0 by the rules before the jump: the later start we promise.
        return Instant(self._local(fold=1 if self.second else 0))

    @property
    def reason(self) -> Sentence | None:
        """Why the moment is not simply the time written; None when it is."""
        written = self.at.isoformat("minutes")
        if self.is_skipped:
            starts = self.instant.in_zone(self.zone)
            shown = starts.strftime("%H:%M" if starts.date() == self.on else "%Y-%m-%d %H:%M")
            return sentence(
                "The clocks skip {written}; this starts at {starts}.", written=written, starts=shown
            )
        if not self.is_repeated:
            return None
        if self.second:
            return sentence("The clocks show {written} twice; the second is meant.", written=written)
        return sentence("The clocks show {written} twice; the first is meant.", written=written)

    @property
    def _jump(self) -> timedelta:
        after, before = self._local(fold=1).utcoffset(), self._local(fold=0).utcoffset()
        return (after or timedelta(0)) - (before or timedelta(0))

    def _local(self, fold: int) -> datetime:
        return datetime.combine(self.on, self.at, tzinfo=zone(self.zone)).replace(fold=fold)
