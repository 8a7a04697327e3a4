"""What is done to a screening: fill what is missing, ask, override, sign; what was decided stays readable."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from kap.histories.chain import Head, canonical_text, seal
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.screening.questions import packaged_history
from kap.screening.registry import packaged_rulebook
from kap.screening.screening import Treatment
from kap.vocabulary.errors import Refused
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import OVERRIDING_ROLE, Finding
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.people.access import require_chart
from kap_clinic.people.actions import add_facts

from . import store
from .models import HistoryAnswer, Override, Signature
from .queries import Whole, whole_of
from .signed import KIND, signed_body

GO_ON, WAIT, DECLINE = "go-on", "wait", "decline"
DECISIONS = (GO_ON, WAIT, DECLINE)

_NOTHING = sentence("Nothing was filled in, and nothing was recorded.")
_NO_QUESTION = sentence("The structured history has no such question or answer.")
_NO_FINDING = sentence("No rule says this any more. Open the screening again to see what it says now.")
_NOT_OVERRIDDEN = sentence("This finding cannot be overridden. It says itself what would change it.")
_NO_WHY = sentence("Write why. Everybody who reads the finding reads your reason beside it.")
_NO_END = sentence("An override ends. Choose a day that lies ahead.")
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
_NO_RULE = sentence("There is no such rule. Open the page again and sign once more.")
_NO_DECISION = sentence("Choose one of the decisions offered.")
_SIGNED_OTHERWISE = sentence(
    "This was already signed with other content, and nothing was changed. "
    "Open the page again to see what is recorded."
)


def record_missing(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, facts: Sequence[Fact] = (),
    answers: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Write down what a screening lacks: readings and results, and answers asked of the client just now.

    Raises: Refused.
    """
    with acting(organization, by, "screening.record_missing") as act:
        require_screening(act, person, Permission.CONFIRM_HISTORY)
        if not facts and not answers:
            raise Refused(_NOTHING)
        if facts:
            place = f"workbench/{id}"
            add_facts(organization=organization, by=by, person=person, facts=facts, place=lambda _: place)
        write_answers(act, id, person, answers or {}, is_confirmed=True)
        announce(act, "screening", person)


def confirm_history(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, answers: Mapping[str, str]
) -> None:
    """Confirm a health history gone through with the client; each confirmed answer stands from now on.

    Raises: Refused.
    """
    with acting(organization, by, "screening.confirm_history") as act:
        require_screening(act, person, Permission.CONFIRM_HISTORY)
        if not answers:
            raise Refused(_NOTHING)
        write_answers(act, id, person, answers, is_confirmed=True)
        announce(act, "screening", person)


def override(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, rule: str, treatment: Treatment, why: str,
    until: date,
) -> bool:  # fmt: skip
    """Answer one finding as medical director, with a reason, until the end of a day; the finding stays.

    Raises: Refused.
    """
    with acting(organization, by, "screening.override") as act:
        require_screening(act, person, Permission.OVERRIDE_FINDING)
        _need(bool(why.strip()), _NO_WHY)
        now, clock = timezone.now(), house_zone()
        ends = datetime.combine(until + timedelta(days=1), time.min, tzinfo=zone(clock))
        _need(ends > now and until >= now.astimezone(zone(clock)).date(), _NO_END)
        finding = finding_of(whole_of(act, person, treatment, now, clock), rule)
        _need(finding.may_be_overridden, _NOT_OVERRIDDEN)
        said = {
            "person_id": person, "rule": rule, "verdict": finding.verdict.value,
            "drug": treatment.drug.value, "route": treatment.route.value, "why": why.strip(), "until": ends,
        }  # fmt: skip
        noted = {
            "reason": str(finding.because.reason),
            "role": OVERRIDING_ROLE,
            "made_at": now,
            "made_by": by.id,
        }
        act.about(id)
        announce(act, "screening", person)
        return once(Override, id, said, noted).is_new


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
        store.hold_signatures(person)
        said = {"decision": decision, "words": words.strip(), "assessed_elsewhere": _named(assessed)}
        known = Signature.objects.filter(id=id, organization_id=act.organization).first()
        if known is not None:
            _need(known.person_id == person and _body_says(known.text, said), _SIGNED_OTHERWISE)
            return False
        now = timezone.now()
        whole = whole_of(act, person, treatment, now, house_zone())
        _need(seen == fingerprint(whole), _CHANGED)
        _refuse_unopen(whole, decision, assessed)
        _seal(act, id, person, treatment, {**said, "screening": whole.kept}, now)
        announce(act, "screening", person)
        return True


def fingerprint(whole: Whole) -> str:
    """Return the mark of a screening as it is read, so that nobody signs what they have not seen."""
    return sha256(canonical_text(whole.kept).encode()).hexdigest()


def finding_of(whole: Whole, rule: str) -> Finding:
    """Return what one rule says.

    Raises: Refused.
    """
    found = next((one for one in whole.standing.screening.findings if one.rule == rule), None)
    if found is None:
        raise Refused(_NO_FINDING)
    return found


def require_screening(act: Acting, person: UUID, permission: Permission) -> None:
    """Go on only with the permission at this person's site, and with their chart open.

    Raises: Refused.
    """
    act.require(permission, require_chart(act, person).site_id)


def write_answers(
    act: Acting, id: UUID, person: UUID, answers: Mapping[str, str], *, is_confirmed: bool,
    link: UUID | None = None, language: str = "en",
) -> None:  # fmt: skip
    """Write answers of the structured history, each under an id made from the sending and its question.

    Raises: Refused for a question or an answer the history does not have.
    """
    history, now = packaged_history(), timezone.now()
    day = now.astimezone(zone(house_zone())).date()
    for link_id, value in answers.items():
        question = history.questions.get(link_id)
        _need(question is not None, _NO_QUESTION)
        assert question is not None
        _need(bool(value) and (question.text_becomes is not None or value in question.choices), _NO_QUESTION)
        said = {
            "person_id": person, "link_id": link, "question": link_id, "value": value,
            "version": history.version, "language": language, "is_confirmed": is_confirmed,
        }  # fmt: skip
        noted = {"answered_at": now, "answered_by": act.actor.id, "local_day": day}
        once(HistoryAnswer, uuid5(id, link_id), said, noted)


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
    last = Signature.objects.filter(person_id=person).order_by("-number").first()
    at = Instant(now)
    entry = Entry(
        id=id, happened_at=at, recorded_at=at, by=str(act.actor.id), kind=KIND,
        content=canonical_text(dict(body)),
    )  # fmt: skip
    sealed = seal(entry.text, Head(last.number, last.digest) if last else Head())
    Signature.objects.create(
        id=id, organization_id=act.organization, person_id=person, number=sealed.number,
        previous=sealed.previous, digest=sealed.digest, text=sealed.text, drug=treatment.drug.value,
        route=treatment.route.value, decision=body["decision"], signed_at=now, signed_by=act.actor.id,
    )  # fmt: skip


def _body_says(text: str, said: Mapping[str, object]) -> bool:
    body = signed_body(text)
    return all(body[name] == value for name, value in said.items())


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
