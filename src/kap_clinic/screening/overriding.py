"""A medical director answers a finding, and may end that answer early; both acts are sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from kap.histories.chain import canonical_text
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.screening.screening import Treatment
from kap.vocabulary.errors import Refused
from kap.vocabulary.findings import OVERRIDING_ROLE
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.database.sealed import seal_behind

from . import store
from .charts import require_screening
from .models import Override, OverrideEntry
from .overridden import ENDED
from .queries import finding_of, whole_of

MADE = "override_made"

_NOT_OVERRIDDEN = sentence("This finding cannot be overridden. It says itself what would change it.")
_NO_WHY = sentence("Write why. Everybody who reads the finding reads your reason beside it.")
_NO_END = sentence("An override ends. Choose a day that lies ahead.")
_NO_OVERRIDE = sentence("There is no such override.")
_OVER = sentence("This override has already ended. The finding stands by itself again.")


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
        written = once(Override, id, said, noted)
        if written.is_new:
            _seal(act, written.row, MADE, id, content_of(written.row), now)
        return written.is_new


def end_override(*, organization: UUID, by: Actor, id: UUID, override: UUID, why: str) -> bool:
    """End an override before its day, with a reason; from now on the finding stands by itself again.

    Raises: Refused.
    """
    with acting(organization, by, "screening.end_override") as act:
        found = Override.objects.filter(id=override, organization_id=act.organization).first()
        if found is None:
            raise Refused(_NO_OVERRIDE)
        require_screening(act, found.person_id, Permission.OVERRIDE_FINDING)
        act.about(override)
        _need(bool(why.strip()), _NO_WHY)
        store.hold_chain("overrides", found.person_id)
        content = {"override": str(override), "why": why.strip()}
        known = OverrideEntry.objects.filter(override_id=override, kind=ENDED).first()
        if known is not None and known.id == id and store.body_of(known.text) == content:
            return False
        now = timezone.now()
        _need(known is None and now < found.until, _OVER)
        _seal(act, found, ENDED, id, content, now)
        announce(act, "screening", found.person_id)
        return True


def content_of(row: Override) -> dict[str, str]:
    """Return what is sealed of an override: all that it says."""
    return {
        "override": str(row.id), "rule": row.rule, "verdict": row.verdict, "drug": row.drug,
        "route": row.route, "why": row.why, "reason": row.reason, "role": row.role,
        "until": str(Instant(row.until)),
    }  # fmt: skip


def _seal(act: Acting, row: Override, kind: str, id: UUID, content: Mapping[str, str], now: datetime) -> None:
    at = Instant(now)
    store.hold_chain("overrides", row.person_id)
    entry = Entry(
        id=id, happened_at=at, recorded_at=at, by=str(act.actor.id), kind=f"{kind}@1",
        content=canonical_text(dict(content)),
    )  # fmt: skip
    head = store.head_of(OverrideEntry, row.person_id)
    seal_behind(act, OverrideEntry, head, entry, person_id=row.person_id, override_id=row.id, kind=kind)


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
