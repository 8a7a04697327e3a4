"""Every rule paired with its limits document, and the list of rules a whole screening would ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kap.screening.limits import Limits, limits_from, rule_of
from kap.screening.packaged import names_in, text_of
from kap.screening.rule import Rule
from kap.screening.rules import (
    age,
    aneurysm_avm,
    bladder,
    blood_pressure,
    companion,
    hepatic,
    hypersensitivity,
    intracerebral_hemorrhage,
    mania,
    pregnancy,
    psychosis,
    suicide_risk,
)
from kap.vocabulary.declared import declared
from kap.vocabulary.errors import DeclarationError

RULES: tuple[Rule, ...] = (
    age.RULE,
    pregnancy.RULE,
    hypersensitivity.RULE,
    aneurysm_avm.RULE,
    intracerebral_hemorrhage.RULE,
    blood_pressure.RULE,
    psychosis.RULE,
    mania.RULE,
    suicide_risk.RULE,
    hepatic.RULE,
    bladder.RULE,
    companion.RULE,
)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules a site screens by, each with its limits, and every rule a whole screening would ask."""

    entries: tuple[tuple[Rule, Limits], ...]
    titles: Mapping[str, str]
    not_screened: tuple[str, ...]

    def limits_of(self, rule: str) -> Limits:
        """The limits one rule decides by.

        Raises: DeclarationError when no such rule is delivered.
        """
        for known, limits in self.entries:
            if known.id == rule:
                return limits
        raise DeclarationError(f"There is no rule {rule!r} to decide by; see library/rules.yaml.")

    def with_limits(self, file: str, text: str) -> Rulebook:
        """The same rules with a medical director's own document in the place of the one it names.

        Raises: DeclarationError when the document is not whole, or its version is not a newer one.
        """
        wanted = rule_of(file, text)
        before = self.limits_of(wanted)
        kind = next(rule.limits for rule, _ in self.entries if rule.id == wanted)
        after = limits_from(file, text, kind)
        if after.version <= before.version:
            raise DeclarationError(
                f"{file}: version {after.version} of {wanted!r} is not newer than version {before.version}: "
                "give it the next number."
            )
        return replace(
            self,
            entries=tuple((rule, after if rule.id == wanted else limits) for rule, limits in self.entries),
        )


def rulebook(rules: Iterable[Rule], documents: Mapping[str, str], titles: Mapping[str, str]) -> Rulebook:
    """Pairs each rule with its limits document.

    Raises: DeclarationError for a rule without a document or a title, a document without a rule, two rules or
    two documents of one name.
    """
    asked = tuple(rules)
    texts = {rule_of(file, text): (file, text) for file, text in documents.items()}
    ids = [rule.id for rule in asked]
    _refuse(
        "two rules or two documents share a name", len(set(ids)) < len(ids) or len(texts) < len(documents)
    )
    for faults, sentence in (
        (set(ids) - set(texts), "has no limits document in library/limits"),
        (set(texts) - set(ids), "has a limits document and is not registered"),
        (set(ids) - set(titles), "is not in library/rules.yaml"),
    ):
        _refuse(f"{', '.join(sorted(faults))} {sentence}", bool(faults))
    return Rulebook(
        entries=tuple((rule, limits_from(*texts[rule.id], rule.limits)) for rule in asked),
        titles=titles,
        not_screened=tuple(rule for rule in titles if rule not in ids),
    )


@cache
def packaged_rulebook() -> Rulebook:
    """The rules with the limits this version came with."""
    documents = {name: text_of("limits", name) for name in names_in("limits")}
    titles = declared("rules.yaml", text_of("rules.yaml")).named()
    return rulebook(RULES, documents, {rule: title.text() for rule, title in titles.items()})


def _refuse(what: str, is_wrong: bool) -> None:
    if is_wrong:
        raise DeclarationError(f"The rulebook is not whole: {what}.")
