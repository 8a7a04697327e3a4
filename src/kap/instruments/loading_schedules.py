"""Makes a schedule out of its declaration file; a mistake in it is refused with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kap.instruments.definition import Instrument
from kap.instruments.schedules import Anchor, Opening, Round, Schedule
from kap.instruments.shelf import library
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, sources_from
from kap.vocabulary.errors import InputError
from kap.vocabulary.spans import Span
from kap.vocabulary.ucum import quantity_from

_FOLDER = files("kap.instruments") / "schedules"
_ENDING = ".yaml"


def schedule_ids() -> tuple[str, ...]:
    """The ids of the schedules that come with OpenKAP, in order."""
    return tuple(sorted(file.name.removesuffix(_ENDING) for file in _FOLDER.iterdir()))


@cache
def schedule(schedule_id: str) -> Schedule:
    """One schedule, by its id.

    Raises: InputError when there is none; DeclarationError when its file is written wrongly.
    """
    if schedule_id not in schedule_ids():
        raise InputError(
            f"There is no schedule {schedule_id[:40]!r}: give one of {', '.join(schedule_ids())}."
        )
    file = f"{schedule_id}{_ENDING}"
    return schedule_from(file, (_FOLDER / file).read_text(encoding="utf-8"), library())


def schedule_from(file: str, text: str, forms: Mapping[str, Instrument]) -> Schedule:
    """Reads one declaration file; it may ask the given forms.

    Raises: DeclarationError, with file and line, for a form nobody knows, a round that closes before it
    opens, or one that takes more of the client's time than it says it may.
    """
    parts = declared(file, text).parts(needed=("id", "version", "title", "rounds", "sources"))
    sources = sources_from(parts["sources"])
    return Schedule(
        id=parts["id"].text(),
        version=parts["version"].whole(),
        title=parts["title"].text(),
        rounds=tuple(_round(name, part, sources, forms) for name, part in parts["rounds"].pairs()),
        sources=sources,
    )


def _round(name: Declared, part: Declared, sources: Sources, forms: Mapping[str, Instrument]) -> Round:
    known = part.parts(
        needed=("forms", "anchor", "due", "closes", "source"),
        optional=("opens", "on_days", "at_most_minutes"),
    )
    anchor = known["anchor"].one_of(Anchor)
    made = Round(
        name=name.text(),
        forms=tuple(_form(known["forms"], word, forms) for word in _words(known["forms"])),
        anchor=anchor,
        opening=_opening(part, known, anchor),
        on_days=tuple(_day(known["on_days"], word) for word in _words(known["on_days"]))
        if "on_days" in known
        else (),
        at_most_minutes=known["at_most_minutes"].whole() if "at_most_minutes" in known else None,
        source=cited(known["source"], sources),
    )
    if (anchor is Anchor.START) != bool(made.on_days):
        raise part.wrong("on_days is given for rounds of the calendar, and only for those.")
    if made.at_most_minutes is not None and made.minutes(forms) > made.at_most_minutes:
        raise part.wrong(
            f"it takes {made.minutes(forms)} minutes of the client, at most {made.at_most_minutes} may be."
        )
    return made


def _opening(part: Declared, known: Mapping[str, Declared], anchor: Anchor) -> Opening:
    opens = _span(known["opens"]) if "opens" in known else Span.days(0)
    made = Opening(opens=opens, due=_span(known["due"]), closes=_span(known["closes"]))
    order = [made.opens, made.due, made.closes]
    if anchor is Anchor.BEFORE_DOSE:
        order.reverse()
    if not order[0] <= order[1] <= order[2] or order[0] == order[2]:
        raise part.wrong("a round opens, then is due, then closes.")
    return made


def _span(part: Declared) -> Span:
    found = part.made(lambda: quantity_from(part.text()))
    if not isinstance(found, Span):
        raise part.wrong("expected a length of time, such as 72 h.")
    return found


def _words(part: Declared) -> list[str]:
    return [word.strip() for word in part.text().split(",")]


def _form(part: Declared, word: str, forms: Mapping[str, Instrument]) -> str:
    if word not in forms:
        raise part.wrong(f"the library has no form {word!r}.")
    return word


def _day(part: Declared, word: str) -> int:
    if not word.isdecimal():
        raise part.wrong(f"{word!r} is no number of days.")
    return int(word)
