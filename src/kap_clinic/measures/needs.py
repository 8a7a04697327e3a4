"""What the day board says of forms: missed, ended in part, late to be filled in here, or never announced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Need

from . import asked, shown
from .models import Asked, Reminder
from .reminding import FAILED, NO_ADDRESS


def needs_of(act: Acting, at: datetime, time_zone: str) -> list[Need]:
    """Return the forms somebody must see to, what was due first first."""
    if not act.standing.permits(Permission.SEE_MEASURES):
        return []
    late = tuple(form for form in asked.waiting(act, at) if form.ended or form.due_at <= at)
    return [*shown.waiting_needs(late, at, time_zone), *_untold(act, at)]


def _untold(act: Acting, at: datetime) -> Iterator[Need]:
    """The clients whose forms wait while the newest message about them reached nobody."""
    why = {NO_ADDRESS: _("they have no e-mail address"), FAILED: _("the mail server did not take it")}
    rows = Asked.objects.filter(
        link__isnull=False, ended="", opens_at__lte=at, expires_at__gt=at, organization_id=act.organization
    )
    if act.standing.sites is not None:
        rows = rows.filter(Q(person__site__isnull=True) | Q(person__site__in=act.standing.sites))
    messages = Reminder.objects.filter(
        link_id__in=rows.values("link_id"), ended_at__isnull=False, organization_id=act.organization
    )
    newest = dict(messages.order_by("claimed_at").values_list("link_id", "result"))
    lost = {link: why[result] for link, result in newest.items() if result in why}
    links = (
        rows.filter(link_id__in=lost)
        .order_by("person__name", "link")
        .values_list("link", "person", "person__name")
        .distinct()
    )
    for link, person, name in links:
        yield Need(
            who=name,
            what=_("A form waits, and no message told them: {why}").format(why=lost[link]),
            act=Act(_("Give the link"), reverse("measures:given", args=[person, link])),
        )
