"""A safety answer acts as it is given, in the answer's own transaction, however little else is answered.

The level comes from the instrument's own declaration (kap.instruments); what follows from it is said in
kap.casework. Whoever takes the answer calls ``act_on``, shows the client ``Help`` before anything else, and
asks the forms named in ``asks_next``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from kap.casework.safety import kind_of_level
from kap.instruments import shelf
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.database.door import Acting
from kap_clinic.on_call.queries import number_for_clients
from kap_clinic.people.access import person_in

from .crises import open_or_raise, was_of_a_closed_case

LIFELINE = sentence("Call or text 988, at any hour. Veterans: call 988 and press 1.")
EMERGENCY = sentence("If you are in danger now, call 911.")
# An answer of these levels is followed by the C-SSRS at this contact; the other levels come out of it.
_ASKS = {"screen": ("cssrs-screener",), "urgent": ("cssrs-screener",)}


@dataclass(frozen=True, kw_only=True)
class Help:
    """What a client is shown at once, and which forms staff must now ask.

    Shape: ``asks_next`` holds instrument keys, to be asked of the same person at this contact.
    Missing: ``on_call_phone`` is empty where nobody on call gives theirs.
    """

    lines: tuple[Sentence, ...] = (LIFELINE, EMERGENCY)
    on_call_phone: str = ""
    asks_next: tuple[str, ...] = ()


def act_on(
    act: Acting, *, person_id: UUID, asked_id: UUID, instrument: str, item: str, value: str, level: str,
    at: datetime, new_answer: UUID | None = None,
) -> Help:  # fmt: skip
    """Do what an answer of this level asks for, within the transaction that keeps the answer.

    Whoever may give the answer may set this off: no further permission is asked for. The same answer given
    twice acts once while its case is open; given anew after the case was closed, it opens another.
    Shape: ``level`` is one an instrument declares (``kap.instruments``); ``new_answer`` is the answer's id.
    Missing: ``new_answer`` is None where the answer was only sent once more.

    Raises: InputError for a level no instrument may declare.
    """
    kind = kind_of_level(level)
    if kind is None:
        return Help(lines=())
    id = uuid5(asked_id, f"{item}={value}")
    if new_answer is not None and was_of_a_closed_case(act, id):
        id = uuid5(id, str(new_answer))
    why = _in_words(instrument, item, value)
    open_or_raise(act, id=id, person=person_id, kind=kind, why=why, at=at)
    phone = number_for_clients(act, at, person_in(act, person_id).site_id)
    return Help(on_call_phone=phone, asks_next=_ASKS.get(level, ()))


def _in_words(instrument: str, item: str, value: str) -> str:
    definition = shelf.instrument(instrument)
    found = next((one for one in definition.items if one.id == item), None)
    label = (found.label if found else None) or item
    choices = getattr(found.kind, "choices", ()) if found else ()
    words = next((one.words for one in choices if str(one.value) == value), value)
    return f"{definition.about.title}, question {label}: {words}."
