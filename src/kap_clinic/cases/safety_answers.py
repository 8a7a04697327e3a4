"""A safety answer acts as it is given, in the answer's own transaction, however little else is answered.

The level comes from the instrument's own declaration (kap.instruments); what follows from it is said in
kap.casework. Whoever takes the answer calls ``act_on``, shows the client ``Help`` before anything else, and
asks the forms named in ``asks_next``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.database.door import Acting

LIFELINE = sentence("Call or text 988, at any hour. Veterans: call 988 and press 1.")
EMERGENCY = sentence("If you are in danger now, call 911.")


@dataclass(frozen=True, kw_only=True)
class Help:
    """What a client is shown at once, and which forms staff must now ask.

    Shape: ``asks_next`` holds instrument keys, to be asked of the same person at this contact.
    Missing: ``on_call_phone`` is empty where nobody is on call.
    """

    lines: tuple[Sentence, ...] = (LIFELINE, EMERGENCY)
    on_call_phone: str = ""
    asks_next: tuple[str, ...] = ()


def act_on(
    act: Acting, *, person_id: UUID, asked_id: UUID, instrument: str, item: str, value: str, level: str,
    at: datetime,
) -> Help:  # fmt: skip
    """Do what an answer of this level asks for, within the transaction that keeps the answer.

    Shape: ``level`` is screen, low, moderate or high. The same answer given twice acts once.
    """
    return Help(asks_next=("cssrs-screener",) if level == "screen" else ())
