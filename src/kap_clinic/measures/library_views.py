"""The library of instruments: what each measures, who may use it, what was read where and checked by whom."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.instruments.definition import Instrument
from kap.instruments.shelf import library, versions_of
from kap.instruments.translation import ORIGINAL
from kap.people.permissions import Permission
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting
from kap_clinic.website.asking import Asking, do_or_ask
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table
from kap_clinic.website.shown import address_of_source

from . import asking, licensed_shown, shelf, shown, store, supplying, words
from .forms import ProfitForm


@page("measures.see_library", needs=Permission.SEE_MEASURES)
def all_instruments(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show every instrument with its license state and what of it is verified."""
    held = words.held_here(act)
    table = Table(
        caption=_("Instruments"),
        columns=(
            Column(words=_("Form")), Column(words=_("Measures")), Column(words=_("Minutes"), is_number=True),
            Column(words=_("Words")), Column(words=_("For profit")), Column(words=_("Sources checked")),
        ),
        rows=tuple(_row(name, one, held.get(name, ())) for name, one in sorted(library().items())),
        empty=Empty(what=_("The library is empty.")),
    )  # fmt: skip
    told = {
        "page_title": _("Library of instruments"),
        "table": table,
        "is_for_profit": store.is_for_profit(act),
        "may_say": act.standing.permits(Permission.SAY_PROFIT),
    }
    return render(request, "measures/library.html", told)


@page("measures.see_instrument", needs=Permission.SEE_MEASURES)
def one_instrument(request: HttpRequest, act: Acting, instrument: str) -> HttpResponse:
    """Show one instrument: its terms, items, bands, rules of change, and every source."""
    if instrument not in library():
        raise Http404
    definition = library()[instrument]
    copies = words.copies_of(act, definition)
    told = {
        "page_title": definition.about.title,
        "definition": definition,
        "direction": shown.DIRECTIONS[definition.about.direction],
        "wording": licensed_shown.words_in_short(definition, words.held_here(act).get(instrument, ())),
        "for_profit": shown.FOR_PROFIT[definition.license.for_profit],
        "why_not": words.why_not_sent(act, definition, ORIGINAL),
        "languages": licensed_shown.language_lines(definition),
        "versions": [f"{instrument}@{version}" for version in versions_of(instrument)],
        "copies": licensed_shown.copies_table(
            definition, copies, is_for_profit=store.is_for_profit(act),
            may_keep=act.standing.permits(Permission.KEEP_LICENSED_WORDS), clock=house_zone(),
        ),
        "supplies": licensed_shown.supply_acts(definition)
        if act.standing.permits(Permission.KEEP_LICENSED_WORDS)
        else [],
        "takes_copies": bool(supplying.kinds_of(definition)),
        "holds_safety": shelf.holds_safety(definition),
        "scales": [(one.name, one.bands.bands if one.bands else ()) for one in definition.scoring.scales],
        "sources": [
            (one.citation, address_of_source(one), one.verified) for one in definition.sources.values()
        ],
    }  # fmt: skip
    return render(request, "measures/instrument.html", told)


@page("measures.say_profit_page", needs=Permission.SAY_PROFIT)
def say_profit(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask whether the house is run for profit; some licenses depend on it."""
    form = ProfitForm(request.POST or None)

    def do() -> None:
        said = form.cleaned_data
        asking.say_profit(
            organization=act.organization, by=act.actor, id=said["id"],
            is_for_profit=said["is_for_profit"] == "yes",
        )  # fmt: skip

    asked = Asking(
        title=_("Is this house run for profit?"), submit=_("Keep this answer"),
        back=reverse("measures:library"), back_words=_("Back"),
        text=_("Some instruments exclude commercial use of their words. This is no legal advice."),
    )  # fmt: skip
    return do_or_ask(request, form, do, asked)


def _row(name: str, one: Instrument, held: Sequence[str]) -> Row:
    checked = sum(source.verified for source in one.sources.values())
    whole = len(one.sources)
    counted = _("{n} of {all}").format(n=checked, all=whole)
    return Row(
        cells=(
            Act(one.about.title, reverse("measures:instrument", args=[name])),
            one.about.measures,
            str(one.about.minutes),
            licensed_shown.words_in_short(one, held),
            shown.FOR_PROFIT[one.license.for_profit],
            Status(words=counted, tone="ink" if checked == whole else "look"),
        )
    )
