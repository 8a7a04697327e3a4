"""Makes an instrument out of its declaration file; a mistake in it is refused with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from kap.instruments.answering import Choice, Choices, Clock, Kind, Range, Several
from kap.instruments.checking import check_bands, check_changes, check_wording
from kap.instruments.definition import About, AnsweredBy, Direction, Instrument, Item
from kap.instruments.license import ForProfit, License, WordingFrom
from kap.instruments.loading_codes import codes_from
from kap.instruments.loading_scoring import changes_from, scoring_from
from kap.instruments.loading_translations import with_translations
from kap.instruments.naming import ids_in
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, refuse_uncited, sources_from
from kap.vocabulary.errors import InputError

_YES_NO = Choices((Choice(0, "No"), Choice(1, "Yes")))
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ABOUT = ("title", "measures", "direction", "recall", "answered_by", "minutes")
_MAY_BE_GIVEN = ("stem", "recall_days", "choices", "compared", "codes", "changes", "translations")
_SCORING = ("scales", "skips", "either_or", "triage", "safety", "derived", "computed", "notes")


def instrument_from(file: str, text: str) -> Instrument:
    """Reads one declaration file.

    Raises: DeclarationError, with file and line, when anything in it is unknown, lacking or contradictory.
    """
    whole = declared(file, text)
    parts = whole.parts(
        needed=("id", "version", *_ABOUT, "license", "vectors", "sources", "items"),
        optional=(*_MAY_BE_GIVEN, *_SCORING),
    )
    sources = sources_from(parts["sources"])
    items = _items(parts["items"], _Lists.of(parts.get("choices")))
    scoring = scoring_from({name: parts[name] for name in _SCORING if name in parts}, items, sources)
    made = Instrument(
        id=_id(parts["id"], file),
        version=parts["version"].whole(),
        about=_about(parts),
        items=items,
        scoring=scoring,
        license=_license(parts["license"], sources),
        vectors=parts["vectors"].text(),
        compared=parts["compared"].text() if "compared" in parts else None,
        codes=codes_from(parts.get("codes"), items, scoring, sources),
        changes=changes_from(parts.get("changes"), scoring, sources),
        sources=sources,
    )
    _prove(made, parts)
    refuse_uncited(whole, parts["sources"])
    return with_translations(made, parts.get("translations"), sources)


def _id(part: Declared, file: str) -> str:
    text, named = part.text(), file.removesuffix(".yaml").partition("@")[0]
    if not _ID.fullmatch(text):
        raise part.wrong(f"{text!r} is no id: write small letters, digits and hyphens, such as pc-ptsd-5.")
    if text != named:
        raise part.wrong(f"the id is {text!r}, but the file is named after {named!r}: make them the same.")
    return text


def _prove(made: Instrument, parts: Mapping[str, Declared]) -> None:
    """Proves what holds of it as a whole, each at the line that would be mended."""
    if not made.items:
        raise parts["items"].wrong("an instrument needs at least one item: write them as 1: {answers: 0-4}.")
    if "changes" in parts:
        parts["changes"].made(partial(check_changes, made))
    for name, _ in parts["scales"].pairs() if "scales" in parts else ():
        name.made(partial(check_bands, made, name.text()))
    for name, _ in parts["items"].pairs():
        name.made(partial(check_wording, made, ids_in(name)))


def _about(parts: Mapping[str, Declared]) -> About:
    return About(
        title=parts["title"].text(),
        measures=parts["measures"].text(),
        direction=parts["direction"].one_of(Direction),
        recall=parts["recall"].text(),
        answered_by=parts["answered_by"].one_of(AnsweredBy),
        minutes=parts["minutes"].whole(),
        stem=parts["stem"].text() if "stem" in parts else None,
        recall_days=parts["recall_days"].whole() if "recall_days" in parts else None,
    )


def _license(part: Declared, sources: Sources) -> License:
    needed = ("holder", "terms", "wording", "for_profit", "source")
    terms = part.parts(needed=needed, optional=("wording_source",))
    return License(
        holder=terms["holder"].text(),
        terms=terms["terms"].text(),
        wording=terms["wording"].one_of(WordingFrom),
        for_profit=terms["for_profit"].one_of(ForProfit),
        source=cited(terms["source"], sources),
        wording_source=cited(terms["wording_source"], sources) if "wording_source" in terms else None,
    )


@dataclass(frozen=True)
class _Lists:
    """The lists of answers a file names."""

    by_name: Mapping[str, tuple[Choice, ...]]

    @classmethod
    def of(cls, part: Declared | None) -> _Lists:
        lists = {} if part is None else part.named()
        return cls(
            {
                name: tuple(Choice(value.whole(), words.text()) for value, words in list_of.pairs())
                for name, list_of in lists.items()
            }
        )

    def kind(self, part: Declared) -> Kind:
        text = part.text()
        if text == "yes-no":
            return _YES_NO
        if text == "clock":
            return Clock()
        if text.startswith("several "):
            return Several(self._named(part, text.removeprefix("several ")))
        lowest, dash, rest = text.partition("-")
        if dash and lowest.isdecimal():
            highest, _, step = rest.partition(" by ")
            return part.made(lambda: Range(_bound(lowest), _bound(highest), _bound(step or "1")))
        return part.made(lambda: Choices(self._named(part, text)))

    def _named(self, part: Declared, name: str) -> tuple[Choice, ...]:
        if name not in self.by_name:
            raise part.wrong(
                f"{name!r} is no kind of answer: give yes-no, clock, a range like 0-4, or one of the choices "
                "of this file."
            )
        return self.by_name[name]


def _items(part: Declared, lists: _Lists) -> tuple[Item, ...]:
    items: list[Item] = []
    for name, asked in part.pairs():
        known = asked.parts(
            needed=("answers",),
            optional=("text", "label", "reversed", "needed", "unrated", "may_not_apply"),
        )
        for item_id in ids_in(name):
            items.append(_item(item_id, known, lists))
    if len({item.id for item in items}) < len(items):
        raise part.wrong("two items share an id.")
    return tuple(items)


def _item(item_id: str, known: Mapping[str, Declared], lists: _Lists) -> Item:
    return Item(
        id=item_id,
        kind=lists.kind(known["answers"]),
        text=known["text"].text() if "text" in known else None,
        label=known["label"].text() if "label" in known else None,
        is_reversed="reversed" in known and known["reversed"].flag(),
        is_needed="needed" not in known or known["needed"].flag(),
        unrated=known["unrated"].number() if "unrated" in known else None,
        may_not_apply="may_not_apply" in known and known["may_not_apply"].flag(),
    )


def _bound(text: str) -> Decimal:
    if not text.replace(".", "", 1).isdecimal():
        raise InputError(f"{text!r} is not the end of a range.")
    return Decimal(text)
