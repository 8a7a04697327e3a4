"""Languages and licensed copies in the words and rows a page of the library shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.instruments.definition import Instrument
from kap.instruments.license import WordingFrom
from kap.instruments.translation import ORIGINAL
from kap.instruments.wording import languages_of
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

from . import store, supplying
from .shelf import why_not_used
from .words import TABLES, WORDS, Copy, house_today

LANGUAGES: Mapping[str, Promise] = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}
_KINDS: Mapping[str, Promise] = {WORDS: gettext_lazy("words"), TABLES: gettext_lazy("T-score tables")}
_SUPPLIES: Mapping[str, Promise] = {
    WORDS: gettext_lazy("Supply licensed words"),
    TABLES: gettext_lazy("Supply T-score tables"),
}


_SCORE_ONLY: Mapping[WordingFrom, Promise] = {
    WordingFrom.LIBRARY: gettext_lazy("words in the library"),
    WordingFrom.SITE: gettext_lazy("score only"),
    WordingFrom.NOBODY: gettext_lazy("result only"),
}


def named(language: str) -> str:
    """Name a language; one this version has no page in keeps its tag."""
    return str(LANGUAGES.get(language, language))


def words_in_short(definition: Instrument, held: Sequence[str]) -> str:
    """Say in which languages a form can be read here, and whose words they are."""
    carried = ", ".join(named(one) for one in languages_of(definition))
    own = _("the house's own: {languages}").format(languages=", ".join(named(one) for one in held))
    if not carried and not held:
        return str(_SCORE_ONLY[definition.license.wording])
    return " · ".join(part for part in (carried, own if held else "") if part)


def read_in(act: Acting, asked: UUID) -> list[tuple[str, str]]:
    """In which languages the client read the questions of a form; nothing where staff recorded it."""
    standing = store.answers_of(act, [asked]).get(asked, {})
    languages = dict.fromkeys(named(one.language) for one in standing.values() if one.language)
    return [(_("Read in"), ", ".join(languages))] if languages else []


def language_lines(definition: Instrument) -> list[tuple[str, Status]]:
    """Each language the library carries words in, and what stands behind them."""
    original = [(named(ORIGINAL), definition.license.source.verified)] if definition.has_wording else []
    translated = [(named(one.wording.language), one.source.verified) for one in definition.translations]
    return [
        (language, Status(words=_("official words"), tone="ink"))
        if is_read
        else (language, Status(words=_("not yet compared with the holder's own sheet"), tone="look"))
        for language, is_read in (*original, *translated)
    ]


def copies_table(
    definition: Instrument, copies: Sequence[Copy], *, is_for_profit: bool, may_keep: bool, clock: str
) -> Table:
    """Every copy the house supplied, the newest first, with its license and how it stands."""
    counting = counting_of(copies)
    return Table(
        caption=_("The house's own copies"),
        columns=(
            Column(words=_("Copy")), Column(words=_("License")), Column(words=_("Valid until")),
            Column(words=_("For profit")), Column(words=_("Signed")), Column(words=_("How it stands")),
            *((Column(words=""),) if may_keep else ()),
        ),
        rows=tuple(
            Row(
                cells=(
                    _copy(one),
                    f"{one.license.reference}, {one.license.holder}",
                    date_format(one.license.valid_until, "j M Y"),
                    _("allowed") if one.license.is_for_profit_allowed else _("excluded"),
                    f"{moment_of(one.signed_at, clock)}, {one.signed_by}",
                    state_of(one, definition, is_newest=one.id in counting, is_for_profit=is_for_profit),
                    *((_back(definition, one),) if may_keep else ()),
                ),
            )
            for one in copies
        ),
        empty=Empty(what=_("The house has supplied none.")),
    )  # fmt: skip


def counting_of(copies: Sequence[Copy]) -> frozenset[UUID]:
    """Of each kind and language the newest copy that was not taken back, given the newest first."""
    newest = {(one.kind, one.language): one.id for one in reversed(copies) if not one.withdrawn_because}
    return frozenset(newest.values())


def supply_acts(definition: Instrument) -> list[Act]:
    """What may be supplied of this instrument."""
    return [
        Act(_SUPPLIES[kind], reverse("measures:supply", args=[definition.id, kind]))
        for kind in supplying.kinds_of(definition)
    ]


def _copy(one: Copy) -> str:
    parts = (str(_KINDS[one.kind]), named(one.language) if one.language else "", one.key)
    return ", ".join(part for part in parts if part)


def state_of(one: Copy, definition: Instrument, *, is_newest: bool, is_for_profit: bool) -> Status:
    """Say whether a copy is in use now, and if not, why."""
    if one.withdrawn_because:
        return Status(words=_("taken back: {why}").format(why=one.withdrawn_because), tone="quiet")
    if not is_newest:
        return Status(words=_("replaced by a newer one"), tone="quiet")
    if one.key != definition.key:
        return Status(words=_("for an older version"), tone="quiet")
    if one.license.valid_until < house_today():
        return Status(words=_("its license has ended"), tone="look")
    if why_not_used(one.license, is_for_profit, house_today()):
        return Status(words=_("excludes use for profit"), tone="look")
    return Status(words=_("in use"), tone="done")


def _back(definition: Instrument, one: Copy) -> Act | str:
    if one.withdrawn_because:
        return ""
    return Act(_("Take it back"), reverse("measures:withdraw_copy", args=[definition.id, one.id]))
