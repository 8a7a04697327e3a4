"""Forms about suicide as they were filled in, for the tables of the rule."""

from __future__ import annotations

from tests.spec.screening.people import TODAY, days_ago

from kap.instruments.shelf import instrument
from kap.screening.filled_forms import FilledForm, facts_from_forms
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.moments import Instant

CALM = "1=0 2=0 6=0"


def filled(
    name: str,
    given: str | None,
    ago: int | None = 0,
    *,
    at: str | None = None,
    status: FactStatus = FactStatus.RECORDED,
) -> list[Fact]:
    """One form as far as it was filled in, so many days ago, or today at a time."""
    when = Instant.parse(f"{TODAY}T{at}:00-07:00") if at else days_ago(ago)
    filled_in = FilledForm(
        definition=instrument(name),
        answers=dict(pair.split("=") for pair in (given or "").split()),
        when=when,
        local_day=TODAY if at else None,
        status=status,
        came_from=f"form/{name}",
    )
    facts, strange = facts_from_forms([filled_in])
    assert not strange
    return list(facts)
