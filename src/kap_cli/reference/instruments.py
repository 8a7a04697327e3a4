"""The page of instruments: where each comes from, how it was checked, and who may show its wording."""

from __future__ import annotations

from kap.instruments.definition import Instrument
from kap.instruments.license import License, WordingFrom
from kap.instruments.shelf import library

_WORDING = {
    WordingFrom.LIBRARY: "shown",
    WordingFrom.SITE: "the site's own copy",
    WordingFrom.NOBODY: "none",
}
_LANGUAGES = {"es": "Spanish"}
_COLUMNS = (
    "Instrument",
    "Items",
    "Source",
    "Vectors",
    "Second implementation",
    "Wording",
    "Languages",
    "For profit",
    "Unverified",
)
_INTRODUCTION = """# Instruments

Every questionnaire and rating scale that can be scored: `./kap score ID FILE --json`. One file an instrument,
in `src/kap/instruments/library`; how to add one: [add an instrument](../how-to/add-an-instrument.md).

Source: what the score was read in. Wording: *shown* is carried here because its license permits it,
unaltered; *the site's own copy* means that the instrument is score-only until a site supplies its licensed
text as a file; *none* means that only a result is recorded. Languages: the official words carried here; where
none were found in a client's language, the client reads the original and is told so. A statement nobody has
read in a publication is counted as unverified and named below. The second implementations are run by
`./kap bench agreement`.
"""


def instruments_page() -> str:
    """The table of instruments, and below it every statement nobody verified."""
    shelf = library().values()
    return "\n".join(
        [
            _INTRODUCTION,
            f"| {' | '.join(_COLUMNS)} |",
            "|" + " --- |" * len(_COLUMNS),
            *(_row(definition) for definition in shelf),
            "",
            "## Unverified statements",
            "",
            *(line for definition in shelf for line in _unverified(definition)),
            "",
        ]
    )


def _row(definition: Instrument) -> str:
    read = [source.citation for source in definition.sources.values() if source.verified]
    cells = (
        f"{definition.about.title} (`{definition.key}`)",
        str(len(definition.items)),
        _scored_by(definition),
        definition.vectors,
        definition.compared or "none found",
        _wording(definition.license),
        _languages(definition),
        definition.license.for_profit.value,
        str(len(definition.sources) - len(read)),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _scored_by(definition: Instrument) -> str:
    """What the rule of its scales was read in; where the scales do not say it, the file's first reading."""
    named = [scale.source for scale in definition.scoring.scales if scale.source]
    read = [source.citation for source in named or definition.sources.values() if source.verified]
    if not named:
        return read[0] if read else "none"
    unread = [] if len(read) == len(named) else ["in part unverified" if read else "unverified"]
    return "; ".join([*dict.fromkeys(read), *unread])


def _wording(terms: License) -> str:
    read_in = f"; read in {terms.wording_source.citation}" if terms.wording_source else ""
    return f"{_WORDING[terms.wording]}; {terms.holder}{read_in}"


def _languages(definition: Instrument) -> str:
    if not definition.has_wording:
        return "the site's own copy may be in any"
    if not definition.translations:
        return "English; no official Spanish found"
    checked = {True: "compared with the holder's own", False: "not yet compared with the holder's own"}
    return "; ".join(
        ["English"]
        + [
            f"{_LANGUAGES[one.wording.language]} ({checked[one.source.verified]})"
            for one in definition.translations
        ]
    )


def _unverified(definition: Instrument) -> list[str]:
    return [
        f"- `{definition.key}`: {source.citation}"
        for source in definition.sources.values()
        if not source.verified
    ]
