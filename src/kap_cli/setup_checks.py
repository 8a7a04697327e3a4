"""What is looked at in a set-up: every question, in the order one would mend what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kap.vocabulary.errors import KapError
from kap_clinic.config.environment import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One question about a set-up, answered.

    Missing: an empty `mend` means nothing needs to be done; on a check that is ok it is advice.
    """

    id: str
    ok: bool
    sentence: str
    mend: str = ""


Look = Callable[[Environment], Iterator[Check]]


def check_setup(environment: Environment, looks: tuple[Look, ...]) -> Iterator[Check]:
    """Asks every question; one that cannot be asked is answered too."""
    for look in looks:
        name = look.__name__.removeprefix("look_at_")
        try:
            yield from look(environment)
        except KapError as wrong:
            yield Check(id=name, ok=False, sentence=str(wrong))
        except Exception as unforeseen:
            said = f"The {name} could not be looked at ({type(unforeseen).__name__})."
            yield Check(id=name, ok=False, sentence=said, mend="Mend what stands above, then run it again.")
