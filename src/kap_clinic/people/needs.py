"""What of people waits for somebody on the day board: enquiries, and charts opened with a reason."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Need

from .journey import ENQUIRY
from .listing import stage_counts
from .openings import left_to_review
from .referred import to_tell


def needs_of(act: Acting) -> list[Need]:
    """Return what waits for this person, and nothing that is another's to do."""
    needs = []
    if act.standing.permits(Permission.REVIEW_OPENINGS) and (count := left_to_review(act)):
        words = ngettext("%d opening waits for your review.", "%d openings wait for your review.", count)
        needs.append(_need(_("Charts opened with a reason"), words % count, _("Review"), "openings", "look"))
    if not act.standing.permits(Permission.TAKE_ENQUIRIES):
        return needs
    if count := stage_counts(act)[ENQUIRY]:
        words = ngettext("%d enquiry waits for an answer.", "%d enquiries wait for an answer.", count)
        needs.append(_need(_("Enquiries"), words % count, _("Answer"), "pipeline", "act"))
    if count := len(to_tell(act)):
        words = ngettext(
            "%d referral was decided, and nobody told back.",
            "%d referrals were decided, and nobody told back.",
            count,
        )
        needs.append(_need(_("Referrals"), words % count, _("Tell them"), "pipeline", "act"))
    return needs


def _need(who: str, what: str, act: str, page: str, tone: str) -> Need:
    return Need(who=who, what=what, act=Act(act, reverse(f"people:{page}")), tone=tone)
