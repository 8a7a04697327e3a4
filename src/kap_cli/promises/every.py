"""Every promise of the repository, in the order a newcomer would want to hear of them."""

from __future__ import annotations

from typing import Final

from kap_cli.promises import (
    addresses,
    declarations,
    documents,
    exceptions,
    glossary,
    imports,
    names,
    programs,
    sentences,
    sizes,
)
from kap_cli.promises.promise import Promise

PROMISES: Final = (
    Promise(
        name="lint",
        sentence="The linter is content.",
        mend="Run ruff check --fix, then mend by hand what is left.",
        broken=programs.lint,
    ),
    Promise(
        name="layout",
        sentence="The code is laid out by the formatter.",
        mend="Run ruff format.",
        broken=programs.layout,
    ),
    Promise(
        name="types",
        sentence="The types are right: strictly in the core, the edge and the commands.",
        mend="Say the type that is meant; never silence the checker without its error's code.",
        broken=programs.types,
    ),
    Promise(
        name="contracts",
        sentence="Rooms and layers know only those below them.",
        mend="Move what both need down, or let the clinic's action join them; see .importlinter.",
        broken=programs.contracts,
    ),
    Promise(
        name="wings",
        sentence="Every package has its place in the house.",
        mend="Give a new wing or room its place in .importlinter first.",
        broken=imports.wings,
    ),
    Promise(
        name="outsiders",
        sentence="The core knows no framework, fetches nothing, and uses numpy only where agreed.",
        mend="Take it as an argument, or do it in the clinic; a new package is a decision in docs/decisions.",
        broken=imports.outsiders,
    ),
    Promise(
        name="strangers",
        sentence="Apps meet through actions and queries, never through each other's tables.",
        mend="Ask the other app's queries, or call its action; a ForeignKey is named by a string.",
        broken=imports.strangers,
    ),
    Promise(
        name="layers",
        sentence="Inside an app the upper layers use the lower: urls, views, forms, actions, store, models.",
        mend="Move the piece both need down a layer.",
        broken=imports.layers,
    ),
    Promise(
        name="files",
        sentence="A file fits in one sitting (300 lines at the most).",
        mend="Split it where the idea splits.",
        broken=sizes.files,
    ),
    Promise(
        name="functions",
        sentence="A function fits on one screen (30 lines at the most, its docstring not counted).",
        mend="Give the steps names.",
        broken=sizes.functions,
    ),
    Promise(
        name="bands",
        sentence="Bands neither overlap nor leave a gap, and have their source.",
        mend="Say where one band ends and who owns the value between.",
        broken=declarations.bands,
    ),
    Promise(
        name="thresholds",
        sentence="A number that decides something is declared once, with its source.",
        mend="Declare it as Bands, or as a named limit that carries its Source.",
        broken=declarations.thresholds,
    ),
    Promise(
        name="sentences",
        sentence="Sentences hold their words, and exactly the facts they ask for.",
        mend="Write the words as one literal with named placeholders, and give each of them.",
        broken=sentences.sentences,
    ),
    Promise(
        name="names",
        sentence="Modules and classes are called after what they are.",
        mend="Name the idea: what does it decide, hold or do?",
        broken=names.empty_names,
    ),
    Promise(
        name="cards",
        sentence="Every package says what it decides, for whom, and what it must not import.",
        mend="Write the card: Decides, For, Must not import.",
        broken=names.room_cards,
    ),
    Promise(
        name="glossary",
        sentence="The core speaks the glossary's words and plain English.",
        mend="Use the clinic's word; or explain it in GLOSSARY.md; or, if it is plain English, add it to "
        ".ci/plain-words.txt.",
        broken=glossary.unknown_words,
    ),
    Promise(
        name="terms",
        sentence="Every term of the glossary is used.",
        mend="Take it out until the house says it.",
        broken=glossary.unused_terms,
    ),
    Promise(
        name="migrations",
        sentence="Tables and migrations say the same, in one line.",
        mend="Run makemigrations, and name the last migration in max_migration.txt.",
        broken=programs.migrations,
    ),
    Promise(
        name="exceptions",
        sentence="Every exception to a rule has a reason from the closed list.",
        mend="Keep the rule, or give the reason: slow import, optional dependency, django insists.",
        broken=exceptions.reasons,
    ),
    Promise(
        name="fewer",
        sentence="Exceptions to the rules are counted, and the number only falls.",
        mend="Take one away for each you add; write a lower number into .ci/exceptions.txt.",
        broken=exceptions.counts,
    ),
    Promise(
        name="machines",
        sentence="No file points at one machine or at one package registry.",
        mend="Say it relative to the checkout, or take it from the environment.",
        broken=addresses.machines,
    ),
    Promise(
        name="locks",
        sentence="Locks hold hashes and no addresses.",
        mend="Compile them again, with hashes and without addresses: docs/how-to/add-a-package.md.",
        broken=addresses.locks,
    ),
    Promise(
        name="links",
        sentence="Links in the documents lead somewhere.",
        mend="Mend the path, or take the link away.",
        broken=documents.links,
    ),
    Promise(
        name="decisions",
        sentence="Every decision gives its context, the decision and its consequences.",
        mend="Copy docs/decisions/0000-how-we-decide.md and fill its three parts.",
        broken=documents.decisions,
    ),
    Promise(
        name="generated",
        sentence="The manual and the reference are what the code says today.",
        mend="Run ./kap manual.",
        broken=documents.generated,
    ),
)
