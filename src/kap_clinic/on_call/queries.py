"""What is known of the roster and its channels, as plain values; run inside ``acting()``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.database.door import Acting

NOBODY_ON_CALL = sentence("Nobody is on call now, so a form about safety is answered with staff present.")


@dataclass(frozen=True)
class Hearing:
    """Whether somebody hears a safety answer given away from the clinic, and the sentence that says so."""

    is_heard: bool
    why: Sentence


def may_send_safety_forms(act: Acting, at: datetime) -> Hearing:
    """Say whether a form holding a safety item may be sent to a client now.

    Missing: no roster and no passed test mean no.
    """
    return Hearing(is_heard=False, why=NOBODY_ON_CALL)
