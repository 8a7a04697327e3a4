"""The sources a declaration file lists, each under the name its numbers cite it by."""

from __future__ import annotations

from collections.abc import Mapping

from kap.vocabulary.declared import Declared
from kap.vocabulary.sources import AnySource, Source, UnverifiedSource

Sources = Mapping[str, AnySource]


def sources_from(part: Declared) -> Sources:
    """The sources of a declaration, by the name they are cited under.

    Raises: DeclarationError, with file and line, when a source says too little to be found again.
    """
    return {name: _source(source) for name, source in part.named().items()}


def cited(part: Declared, sources: Sources) -> AnySource:
    """The source a part cites by name.

    Raises: DeclarationError when the file has no such source.
    """
    name = part.text()
    if name not in sources:
        raise part.wrong(f"the source {name!r} is not among the sources of this file.")
    return sources[name]


def refuse_uncited(whole: Declared, sources: Declared) -> None:
    """Refuses a source that no part of the file cites: a reader could not tell what was taken from it.

    Raises: DeclarationError, at the source's own line.
    """
    cited_names = frozenset(whole.texts_under("source", "wording_source"))
    for name, _ in sources.pairs():
        if name.text() not in cited_names:
            raise name.wrong(
                f"nothing cites the source {name.text()!r}: write source: {name.text()} where its statement "
                "stands, or take it out."
            )


def _source(part: Declared) -> AnySource:
    if "unverified" in part.named():
        stated = part.parts(needed=("unverified", "stated_on"))
        return UnverifiedSource(key=stated["unverified"].text(), stated_on=stated["stated_on"].day())
    read = part.parts(needed=("citation", "address", "read_on", "taken", "checked_by"))
    return part.made(
        lambda: Source(
            citation=read["citation"].text(),
            address=read["address"].text(),
            read_on=read["read_on"].day(),
            taken=read["taken"].text(),
            checked_by=read["checked_by"].text(),
        )
    )
