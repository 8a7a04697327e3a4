"""Invented findings: a hold, something unknown, a caution, three that proceed, and an answered stop."""

from __future__ import annotations

from kap_clinic.website.parts import Act, Grounds, ShownFact, ShownFinding

from .nowhere import NOWHERE

_INVENTED = "Invented for this page"

FINDINGS = (
    ShownFinding(
        verdict="hold",
        reason="Blood pressure was 164/96 on 12 January. Too high to start.",
        would_change_if="Two readings below 160/100, ten minutes apart.",
        grounds=Grounds(
            rule="Blood pressure before the first dose",
            facts=(
                ShownFact(
                    what="Systolic", value="164 mmHg", on="12 Jan 2025, 09:12", origin="cuff, Rosa Mendes"
                ),
                ShownFact(
                    what="Diastolic", value="96 mmHg", on="12 Jan 2025, 09:12", origin="cuff, Rosa Mendes"
                ),
            ),
            source=_INVENTED,
        ),
        act=Act("Measure again", NOWHERE),
    ),
    ShownFinding(
        verdict="unknown",
        reason="No pregnancy test in the last 7 days.",
        would_change_if="A result is recorded, or the history says why none is needed.",
        grounds=Grounds(rule="Pregnancy", facts=(), source=_INVENTED, is_unverified=True),
        act=Act("Record a result", NOWHERE),
    ),
    ShownFinding(
        verdict="caution",
        reason="Lorazepam 0.5 mg at night. It may shorten the effect, and sedation adds up.",
        would_change_if="It is no longer taken, or the prescriber has planned around it.",
        grounds=Grounds(
            rule="Benzodiazepines",
            facts=(
                ShownFact(
                    what="Lorazepam",
                    value="0.5 mg, at night",
                    on="since 3 Nov 2024",
                    origin="referral, Dr. Osei",
                ),
            ),
            source=_INVENTED,
        ),
        act=Act("Write a plan", NOWHERE),
    ),
    *(
        ShownFinding(
            verdict="proceed",
            reason=reason,
            would_change_if="The history says otherwise.",
            grounds=Grounds(
                rule=rule,
                facts=(ShownFact(what=rule, value="none", on="12 Jan 2025", origin="history, confirmed"),),
                source=_INVENTED,
            ),
        )
        for rule, reason in (
            ("Psychosis", "No history of psychosis."),
            ("Airway", "Nothing that makes the airway difficult."),
            ("Bladder", "No bladder symptoms."),
        )
    ),
)
STOPPED = (
    ShownFinding(
        verdict="stop",
        reason="An intracranial bleed in August 2024. Excluded from this program.",
        would_change_if="The medical director overrides it, in writing, with a reason and an end date.",
        grounds=Grounds(
            rule="Raised intracranial pressure",
            facts=(
                ShownFact(
                    what="Subdural hematoma",
                    value="August 2024",
                    on="told 9 Jan 2025",
                    origin="history, confirmed",
                ),
            ),
            source=_INVENTED,
        ),
        act=Act("Ask the medical director", NOWHERE),
        answer="Overridden by Dr. Helen Aster, medical director, to 1 March: neurosurgery has cleared him.",
    ),
)
