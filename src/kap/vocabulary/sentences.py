"""A sentence for a person: the words a translator sees, and the facts that fill them.

The template is the gettext msgid with named `{placeholders}`; it is rendered at the edge, in the reader's
language. This file knows no language and no translation catalog.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import MappingProxyType
from typing import Any

from kap.vocabulary.errors import DeclarationError


def placeholders_of(template: str) -> frozenset[str]:
    """Names the facts a template asks for.

    Raises: DeclarationError when braces do not match or a placeholder is more than a plain name.
    """
    try:
        parts = [part for part in Formatter().parse(template) if part[1] is not None]
    except ValueError as wrong:
        raise DeclarationError(f"The braces of {template!r} do not match: {wrong}.") from wrong
    for _, name, form, conversion in parts:
        if not (name and name.isidentifier()) or form or conversion:
            raise DeclarationError(f"{template!r} may only hold plain named placeholders like {{dose}}.")
    return frozenset(name for _, name, _, _ in parts if name)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its facts kept apart from its words, so that it can be read in any language.

    Raises: DeclarationError when a placeholder has no value or a value has no placeholder.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted, given = placeholders_of(self.template), frozenset(self.values)
        if wanted != given:
            missing, extra = sorted(wanted - given), sorted(given - wanted)
            raise DeclarationError(
                f"{self.template!r} needs values for {missing} and has no place for {extra}: "
                "give exactly its placeholders."
            )
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __str__(self) -> str:
        """Reads in English."""
        return self.rendered(lambda template: template)

    def __hash__(self) -> int:
        return hash((self.template, frozenset(self.values)))

    def __reduce__(self) -> tuple[Any, ...]:
        # A mappingproxy cannot be pickled; a refusal must travel between processes.
        return (Sentence, (self.template, dict(self.values)))

    def rendered(self, translate: Callable[[str], str], show: Callable[[object], str] = str) -> str:
        """Reads in another language; `show` writes a value the way that language does.

        Missing: a translation that asks for other facts than the original is not used; the original is.
        """
        translated = translate(self.template)
        # A translator's slip must never hide a clinical reason.
        if not _asks_for_the_same(translated, self.template):
            translated = self.template
        return translated.format_map(
            {
                name: value.rendered(translate, show) if isinstance(value, Sentence) else show(value)
                for name, value in self.values.items()
            }
        )


def _asks_for_the_same(translated: str, template: str) -> bool:
    try:
        return placeholders_of(translated) == placeholders_of(template)
    except DeclarationError:
        return False


def sentence(template: str, /, **values: object) -> Sentence:
    """Writes a sentence.

    >>> str(sentence("{name} needs a second person.", name="This dose"))
    'This dose needs a second person.'
    """
    return Sentence(template, values)
