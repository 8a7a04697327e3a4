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
        needs.append(
            Need(
                who=_("Charts opened with a reason"),
                what=words % count,
                act=Act(_("Review"), reverse("people:openings")),
            )
        )
    if act.standing.permits(Permission.TAKE_ENQUIRIES) and (count := stage_counts(act)[ENQUIRY]):
        words = ngettext("%d enquiry waits for an answer.", "%d enquiries wait for an answer.", count)
        needs.append(
            Need(
                who=_("Enquiries"),
                what=words % count,
                act=Act(_("Answer"), reverse("people:pipeline")),
                tone="act",
            )
        )
    if act.standing.permits(Permission.TAKE_ENQUIRIES) and (count := len(to_tell(act))):
        words = ngettext(
            "%d referral was decided, and nobody told back.",
            "%d referrals were decided, and nobody told back.",
            count,
        )
        needs.append(
            Need(
                who=_("Referrals"),
                what=words % count,
                act=Act(_("Tell them"), reverse("people:pipeline")),
                tone="act",
            )
        )
    return needs
