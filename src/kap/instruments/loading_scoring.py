"""Reads how an instrument is scored and what counts as a change, out of its declaration file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import TypeVar

from kap.instruments.change_rules import ChangeRule, ChangeRules, Outcome
from kap.instruments.definition import (
    Computed,
    Formula,
    Item,
    MissingRule,
    SafetyLevel,
    SafetyRule,
    Scale,
    Scoring,
)
from kap.instruments.naming import ids_of
from kap.instruments.rules import Count, Criterion, Level, Linear, Lookup, Reach, Skip, Tally, Triage
from kap.instruments.sleep import COMPUTED
from kap.vocabulary.bands import Bands
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.declared import Declared
from kap.vocabulary.declared_sources import Sources, cited

Made = TypeVar("Made")

_SCORE = UcumUnit("{score}")
_UNCHANGED = (("less", "0"), ("over", "1"), ("times", "1"))
_HIGHEST_OF = "highest of "
_SCALE = ("sum", "mean", "times", "missing", "bands", "other_bands", "source")
# Beside a score they would read as the answer to a question.
_NO_BANDS = ("yes", "no")
_CHANGES = (
    "improved_points",
    "improved_percent",
    "worsened_points",
    "after_at_least",
    "after_at_most",
    "before_at_least",
)


def scoring_from(parts: Mapping[str, Declared], items: tuple[Item, ...], sources: Sources) -> Scoring:
    """Everything that turns answers into a score."""
    computed = _computed(parts["computed"], sources) if "computed" in parts else None
    given = frozenset(item.id for item in items)
    made = frozenset(computed.gives if computed else ())
    scales = _named(parts, "scales", lambda name, part: _scale(name, part, given | made, sources))
    names = frozenset(scale.name for scale in scales)
    return Scoring(
        scales=scales,
        skips=tuple(_skip(part, given, sources) for part in _listed(parts, "skips")),
        either_or=tuple(_either_or(part, given) for part in _listed(parts, "either_or")),
        triage=_triage(parts["triage"], given, sources) if "triage" in parts else None,
        safety=_named(parts, "safety", lambda item, part: _safety(item, part, given, sources)),
        derived=_named(parts, "derived", lambda name, part: _derived(name, part, given, names, sources)),
        computed=computed,
        notes=tuple(part.text() for part in _listed(parts, "notes")),
    )


def changes_from(part: Declared | None, scoring: Scoring, sources: Sources) -> tuple[ChangeRules, ...]:
    """The named sets of rules about change."""
    return tuple(
        _change_rules(name, rules, scoring, sources) for name, rules in (part.named() if part else {}).items()
    )


def _computed(part: Declared, sources: Sources) -> Computed:
    found = part.parts(needed=("rule", "gives", "limits", "source"))
    rule = found["rule"].text()
    if rule not in COMPUTED:
        raise found["rule"].wrong(f"there is no rule of ours named {rule!r}; there is {', '.join(COMPUTED)}.")
    return Computed(
        rule=rule,
        gives=tuple(name.text() for name in found["gives"].listed()),
        limits={
            name: tuple(limit.number() for limit in limits.listed())
            for name, limits in found["limits"].named().items()
        },
        source=cited(found["source"], sources),
    )


def _listed(parts: Mapping[str, Declared], name: str) -> tuple[Declared, ...]:
    return parts[name].listed() if name in parts else ()


def _named(
    parts: Mapping[str, Declared], name: str, make: Callable[[str, Declared], Made]
) -> tuple[Made, ...]:
    found = parts[name].named() if name in parts else {}
    return tuple(make(key, part) for key, part in found.items())


def _scale(name: str, part: Declared, known: Collection[str], sources: Sources) -> Scale:
    found = part.parts(optional=_SCALE)
    formulas = [formula for formula in Formula if formula.value in found]
    if len(formulas) != 1:
        raise part.wrong(f"{name} needs either a sum or a mean: write sum: 1-9 or mean: 1-9.")
    others = found["other_bands"].named() if "other_bands" in found else {}
    return Scale(
        name=name,
        formula=formulas[0],
        parts=_scale_parts(found[formulas[0].value], known),
        times=found["times"].whole() if "times" in found else 1,
        missing=_missing(found["missing"], sources) if "missing" in found else None,
        bands=_bands(found["bands"], sources) if "bands" in found else None,
        other_bands=tuple((key, _bands(bands, sources)) for key, bands in others.items()),
        source=cited(found["source"], sources) if "source" in found else None,
    )


def _scale_parts(part: Declared, known: Collection[str]) -> tuple[tuple[str, ...], ...]:
    parts: list[tuple[str, ...]] = []
    for member in part.listed():
        text = member.text()
        if text.startswith(_HIGHEST_OF):
            parts.append(ids_of(member.shortened(_HIGHEST_OF), known))
        else:
            parts += [(name,) for name in ids_of(member, known)]
    return tuple(parts)


def _missing(part: Declared, sources: Sources) -> MissingRule:
    found = part.parts(needed=("at_most", "source"), optional=("rounded",))
    return MissingRule(
        at_most=found["at_most"].whole(),
        is_rounded="rounded" in found and found["rounded"].flag(),
        source=cited(found["source"], sources),
    )


def _bands(part: Declared, sources: Sources) -> Bands:
    found = part.parts(needed=("from", "to", "source"), optional=("step",))
    for name, _ in found["from"].pairs():
        if name.text() in _NO_BANDS:
            raise name.wrong(f"a band cannot be called {name.text()!r}: give it a word that tells how much.")
    starts = {name: start.number() for name, start in found["from"].named().items()}
    return part.made(
        lambda: Bands.starting_at(
            starts,
            highest=found["to"].number(),
            step=found["step"].number() if "step" in found else 1,
            unit=_SCORE,
            source=cited(found["source"], sources),
        )
    )


def _either_or(part: Declared, known: Collection[str]) -> tuple[str, ...]:
    group = ids_of(part, known)
    if len(set(group)) <= 1:
        raise part.wrong(
            f"{part.text()} is alone: write those of which one is enough on one line, as - 6, 7."
        )
    return group


def _skip(part: Declared, known: Collection[str], sources: Sources) -> Skip:
    found = part.parts(needed=("when", "items", "source"), optional=("sets_aside",))
    return Skip(
        when=_count(found["when"], known),
        items=ids_of(found["items"], known),
        sets_aside="sets_aside" in found and found["sets_aside"].flag(),
        source=cited(found["source"], sources),
    )


def _count(part: Declared, known: Collection[str]) -> Count:
    found = part.parts(needed=("count", "reaching"), optional=("but", "at_least", "at_most"))
    reaching = dict.fromkeys(ids_of(found["count"], known), found["reaching"].number())
    but = found["but"].pairs() if "but" in found else ()
    for name, threshold in but:
        reaching |= dict.fromkeys(ids_of(name, reaching), threshold.number())
    return Count(
        reaching=reaching,
        at_least=found["at_least"].whole() if "at_least" in found else 0,
        at_most=found["at_most"].whole() if "at_most" in found else None,
    )


def _triage(part: Declared, known: Collection[str], sources: Sources) -> Triage:
    found = part.parts(needed=("levels", "otherwise", "source"))
    levels = tuple(
        Level(name=name, any_of=dict.fromkeys(ids_of(items, known), Decimal(1)))
        for name, items in found["levels"].named().items()
    )
    return Triage(levels=levels, otherwise=found["otherwise"].text(), source=cited(found["source"], sources))


def _safety(item: str, part: Declared, known: Collection[str], sources: Sources) -> SafetyRule:
    found = part.parts(needed=("levels", "source"))
    if item not in known:
        raise part.wrong(f"there is no item {item!r}.")
    levels = [(answer.number(), level.one_of(SafetyLevel)) for answer, level in found["levels"].pairs()]
    return SafetyRule(item=item, levels=tuple(sorted(levels)), source=cited(found["source"], sources))


def _derived(
    name: str, part: Declared, known: Collection[str], scales: Collection[str], sources: Sources
) -> Criterion | Linear | Tally | Lookup:
    found = part.parts(
        needed=("source",), optional=("all", "of", "less", "over", "times", "tally", "reaching", "table")
    )
    source = cited(found["source"], sources)
    if "all" in found:
        conditions = tuple(_condition(member, known, scales) for member in found["all"].listed())
        return Criterion(name=name, all_of=conditions, source=source)
    if "tally" in found:
        items, reaching = ids_of(found["tally"], known), part.parts_of("reaching")["reaching"].number()
        return Tally(name=name, items=items, reaching=reaching, source=source)
    of = _scale_name(part.parts_of("of")["of"], scales)
    if "table" in found:
        return Lookup(name=name, of=of, table=None, source=source)
    numbers = {key: found[key].number() for key in ("less", "over", "times") if key in found}
    less, over, times = (numbers.get(key, Decimal(default)) for key, default in _UNCHANGED)
    return Linear(name=name, of=of, less=less, over=over, times=times, source=source)


def _condition(part: Declared, known: Collection[str], scales: Collection[str]) -> Count | Reach:
    if "scale" not in part.named():
        return _count(part, known)
    found = part.parts(needed=("scale",), optional=("at_least", "at_most"))
    return Reach(
        scale=_scale_name(found["scale"], scales),
        at_least=found["at_least"].number() if "at_least" in found else None,
        at_most=found["at_most"].number() if "at_most" in found else None,
    )


def _scale_name(part: Declared, scales: Collection[str]) -> str:
    if part.text() not in scales:
        raise part.wrong(f"there is no scale {part.text()!r}; there are {', '.join(sorted(scales))}.")
    return part.text()


def _change_rules(name: str, part: Declared, scoring: Scoring, sources: Sources) -> ChangeRules:
    names = [scale.name for scale in scoring.scales]
    found = part.parts(needed=("scale",), optional=tuple(outcome.value for outcome in Outcome))
    return ChangeRules(
        name=name,
        scale=_scale_name(found["scale"], names),
        rules=tuple(
            _change_rule(outcome, found[outcome.value], sources)
            for outcome in Outcome
            if outcome.value in found
        ),
    )


def _change_rule(outcome: Outcome, part: Declared, sources: Sources) -> ChangeRule:
    found = part.parts(needed=("source",), optional=_CHANGES)
    numbers = {name: found[name].number() for name in _CHANGES if name in found}
    if not numbers.keys() - {"before_at_least"}:
        raise part.wrong(f"{outcome.value} needs at least one of {', '.join(_CHANGES[:5])}.")
    return ChangeRule(outcome=outcome, source=cited(found["source"], sources), **numbers)
