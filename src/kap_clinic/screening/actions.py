"""A screening is signed as it was read; what was decided stays readable."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from kap.histories.chain import canonical_text, seal
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.screening.registry import packaged_rulebook
from kap.screening.screening import Treatment
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts.shown import house_zone
from kap_clinic.cases.queries import safety_case_that_holds
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting

from . import store
from .charts import require_screening
from .models import Signature, SignedDecision
from .queries import Whole, whole_of
from .signed import KIND, signed_body

GO_ON, WAIT, DECLINE = "go-on", "wait", "decline"
DECISIONS = (GO_ON, WAIT, DECLINE)

_CHANGED = sentence(
    "The screening changed since this page was shown, and nothing was signed. Read it again, then sign."
)
_IN_THE_WAY = sentence(
    "At least one finding still stands in the way: answer it first, or decide to wait or to decline."
)
_REST = sentence(
    "OpenKAP does not screen every rule yet. Say that you have assessed each rule named here by other means, "
    "or decide to wait or to decline."
)
_NOT_SAFE = sentence(
    "A safety case about this client is open: see to it and close it first, or decide to wait or to decline."
)
_NO_RULE = sentence("There is no such rule. Open the page again and sign once more.")
_NO_DECISION = sentence("Choose one of the decisions offered.")
_SIGNED_OTHERWISE = sentence(
    "This was already signed with other content, and nothing was changed. "
    "Open the page again to see what is recorded."
)


def sign(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, treatment: Treatment, decision: str, words: str,
    seen: str, assessed: Collection[str] = (),
) -> bool:  # fmt: skip
    """Sign a screening as it was read: all of it is kept, sealed after the signature before it.

    Shape: ``seen`` is what ``fingerprint`` gave for the page that was read; ``assessed`` are the rules not
    delivered yet that the signer has assessed by other means, each by its id.
    Raises: Refused when it changed meanwhile, or the decision is not open.
    """
    with acting(organization, by, "screening.sign") as act:
        require_screening(act, person, Permission.SIGN_SCREENING)
        act.about(id)
        store.hold_chain("signature", person)
        said = {"decision": decision, "words": words.strip(), "assessed_elsewhere": _named(assessed)}
        known = Signature.objects.filter(id=id, organization_id=act.organization).first()
        if known is not None:
            _need(known.person_id == person and _body_says(known.text, said), _SIGNED_OTHERWISE)
            return False
        now = timezone.now()
        whole = whole_of(act, person, treatment, now, house_zone())
        _need(seen == fingerprint(whole), _CHANGED)
        _refuse_unopen(whole, decision, assessed)
        _need(decision != GO_ON or safety_case_that_holds(act, person) is None, _NOT_SAFE)
        _seal(act, id, person, treatment, {**said, "screening": whole.kept}, now)
        announce(act, "screening", person)
        return True


def fingerprint(whole: Whole) -> str:
    """Return the mark of a screening as it is read, so that nobody signs what they have not seen."""
    return sha256(canonical_text(whole.kept).encode()).hexdigest()


def _refuse_unopen(whole: Whole, decision: str, assessed: Collection[str]) -> None:
    _need(decision in DECISIONS, _NO_DECISION)
    if decision == GO_ON:
        _need(whole.standing.may_go_on, _IN_THE_WAY)
        _need(whole.standing.may_be_signed_on(assessed), _REST)


def _named(rules: Collection[str]) -> list[dict[str, str]]:
    """Each rule with the title it was read under, so that the record says it without this program."""
    titles = packaged_rulebook().titles
    _need(all(rule in titles for rule in rules), _NO_RULE)
    return [{"rule": rule, "title": title} for rule, title in titles.items() if rule in rules]


def _seal(
    act: Acting, id: UUID, person: UUID, treatment: Treatment, body: Mapping[str, Any], now: datetime
) -> None:
    at = Instant(now)
    entry = Entry(
        id=id, happened_at=at, recorded_at=at, by=str(act.actor.id), kind=KIND,
        content=canonical_text(dict(body)),
    )  # fmt: skip
    sealed = seal(entry.text, store.head_of(Signature, person))
    act.sealed(sealed.digest)
    Signature.objects.create(
        id=id, organization_id=act.organization, person_id=person, number=sealed.number,
        previous=sealed.previous, digest=sealed.digest, text=sealed.text, drug=treatment.drug.value,
        route=treatment.route.value, decision=body["decision"], signed_at=now, signed_by=act.actor.id,
    )  # fmt: skip
    SignedDecision.objects.create(
        organization_id=act.organization, person_id=person, signature_id=id, drug=treatment.drug.value,
        route=treatment.route.value, decision=body["decision"], verdict=body["screening"]["verdict"],
        signed_at=now, signed_by=act.standing.name,
    )  # fmt: skip


def _body_says(text: str, said: Mapping[str, object]) -> bool:
    body = signed_body(text)
    return all(body[name] == value for name, value in said.items())


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
