"""How people and their facts are written on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.vocabulary.partial_dates import PartialDate
from kap_clinic.database.door import Acting
from kap_clinic.organizations.queries import Grant
from kap_clinic.organizations.sharing_views import state_of
from kap_clinic.website.parts import Column, Empty, Row, Step, Table

from .births import born_in_words
from .duplicates import PossibleDuplicate
from .incoming import Who
from .journey import ENQUIRY, LOST, STAGES, stage_in_words
from .queries import ChartHeader
from .referrals import OUTCOMES
from .referred import ReferralFacts
from .supporters import DOES, ESCORT, MAY_BE_TOLD, Supporter

_WHY: Mapping[str, Promise] = {
    "identifier": gettext_lazy("the same number in another system"),
    "name-and-birth": gettext_lazy("the same name, and the birth date agrees"),
    "birth-and-like-name": gettext_lazy("the same birth date and a like name"),
    "name": gettext_lazy("the same name, another birth date"),
}


def header_line(header: ChartHeader, today: date) -> str:
    """Say in one line who this is: age, pronouns, sex, language."""
    born = header.birth
    age = header.age_on(today)
    parts = [
        ngettext("%d year", "%d years", age) % age if age is not None else "",
        _("born {day}").format(day=birth_in_words(born)) if born else _("birth date not given"),
        header.pronouns,
        header.sex,
    ]
    return ", ".join(part for part in parts if part)


def birth_in_words(born: date | PartialDate | None) -> str:
    """Write a birth date as it is read; a part of one as it was given."""
    return date_format(born, "j M Y") if isinstance(born, date) else str(born or "")


def language_in_words(code: str) -> str:
    """Name a language; one we have no name for stays as it was sent."""
    if not code:
        return _("not asked")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def candidate_table(who: Who, candidates: Sequence[PossibleDuplicate]) -> Table:
    """Put somebody beside the charts that may be theirs."""
    columns = (Column(words=_("Compared")), Column(words=_("Now told")))
    charts = tuple(
        Column(words=_("Chart {number}").format(number=number)) for number in range(1, len(candidates) + 1)
    )
    births = [who.birth, *(one.birth for one in candidates)]
    rows: list[tuple[Any, ...]] = [
        (_("Name"), who.name, *(one.name for one in candidates)),
        (_("Birth date"), *(born_in_words(one) or _("not given") for one in births)),
        (_("Stage"), "", *(stage_in_words(one.stage) for one in candidates)),
        (_("Why it may be the same"), "", *(_WHY[one.why] for one in candidates)),
    ]
    return Table(
        caption=_("Side by side: {name}").format(name=who.name),
        columns=(*columns, *charts),
        rows=tuple(Row(cells=cells) for cells in rows),
        empty=Empty(what=""),
    )


def tabs_of(here: str, act: Acting) -> list[Step]:
    """Return the links between the pages of people that this person may open."""
    pages = [
        ("list", _("People"), Permission.SEE_PEOPLE),
        ("pipeline", _("Enquiries and referrals"), Permission.SEE_PEOPLE),
        ("imports", _("Records received"), Permission.OPEN_CHARTS),
        ("shared", _("Shared with us"), Permission.SEE_CHART),
        ("openings", _("Opened with a reason"), Permission.REVIEW_OPENINGS),
    ]
    return [
        Step(words, reverse(f"people:{name}"), is_here=name == here)
        for name, words, needs in pages
        if act.standing.permits(needs)
    ]


def stages_counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Name every stage from the first call on, and lost, each with how many stand there now."""
    return [(stage_in_words(stage), counts.get(stage, 0)) for stage in (ENQUIRY, *STAGES, LOST)]


def waited(since: datetime, now: datetime) -> str:
    """Say how many days somebody has waited."""
    days = (now - since).days
    return ngettext("%d day", "%d days", days) % days if days else _("today")


def supporter_facts(one: Supporter) -> dict[str, Any]:
    """Say who stands by a client, how to reach them, and what they may be told."""
    named = one.named
    return {
        "id": one.id,
        "called": named.name,
        "name": f"{named.name}, {named.relation}" if named.relation else named.name,
        "is_escort": named.does == ESCORT,
        "facts": [
            (_("Does"), str(DOES.get(named.does, named.does))),
            (_("Reached at"), named.contact.in_words),
            (_("May be told"), str(MAY_BE_TOLD.get(named.may_be_told, named.may_be_told))),
        ],
    }


def referral_facts(one: ReferralFacts) -> dict[str, Any]:
    """Say who referred, when, why, what came along, and what they were told back."""
    facts = [
        (_("On"), date_format(one.on, "j M Y") if one.on else _("day not known")),
        (_("Reached at"), one.referrer.contact.in_words or _("not given")),
    ]
    if one.why:
        facts.append((_("Why"), one.why))
    told = [
        _("{outcome}, {how}, {day}, by {by}").format(
            outcome=OUTCOMES.get(answer.outcome, answer.outcome), how=answer.how,
            day=date_format(answer.on, "j M Y"), by=answer.by or _("a program"),
        )
        for answer in one.told
    ]  # fmt: skip
    facts.append((_("Told back"), "; ".join(told) or _("nothing yet")))
    return {"id": one.id, "name": one.referrer.in_words, "facts": facts, "records": one.records}


def grant_line(one: Grant, by: str, now: datetime) -> dict[str, Any]:
    """Say with whom a chart is shared, for what purpose, by whom and until when."""
    return {
        "id": one.id,
        "is_live": one.is_live(now),
        "name": one.other_name,
        "facts": [
            (_("For"), one.because),
            (_("Granted by"), by or _("a program")),
            (_("Holds"), state_of(one, now)),
        ],
    }
