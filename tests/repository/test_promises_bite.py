"""Each promise names the place that breaks it, and is silent about the place that keeps it."""

from __future__ import annotations

import pytest

from kap_cli.promises import addresses, declarations, documents, exceptions, glossary, imports, names, sizes
from kap_cli.promises import sentences as sentences_of

LONG_FILE = "x = 1\n" * 301
LONG_FUNCTION = "def long() -> None:\n" + "    print()\n" * 30
EXCEPTION = "import json  # " + "noqa"
UNTYPED = "x = 1  # type" + ": ignore"
A_PATH = "see /" + "work/here"
A_HOST = "https://py" + "pi.org/simple"
CARD = '"""A room.\n\nDecides: much.\nFor: many.\nMust not import: Django.\n"""\n'
DECISION = "# One\n\n## Context\n\n## Decision\n\n## Consequences\n"

BREAKS = [
    (sizes.files, {"src/kap/long.py": LONG_FILE}, "src/kap/long.py has 301 lines"),
    (sizes.functions, {"src/kap/long.py": LONG_FUNCTION}, "src/kap/long.py:1 long has 31 lines"),
    (names.empty_names, {"src/kap/utils.py": ""}, "src/kap/utils.py: utils says nothing"),
    (
        names.empty_names,
        {"src/kap/dose_helpers.py": ""},
        "src/kap/dose_helpers.py: dose_helpers says nothing",
    ),
    (names.empty_names, {"src/kap/dose.py": "class DoseMixin: ..."}, "src/kap/dose.py:1 class DoseMixin"),
    (
        names.room_cards,
        {"src/kap/dosing/__init__.py": '"""Doses."""'},
        "src/kap/dosing/__init__.py does not say what it decides, for whom, what it must not",
    ),
    (imports.outsiders, {"src/kap/a.py": "import django"}, "src/kap/a.py:1 imports django"),
    (imports.outsiders, {"src/kap/a.py": "from os import environ"}, "src/kap/a.py:1 imports os"),
    (imports.outsiders, {"src/kap/a.py": "import numpy"}, "src/kap/a.py:1 imports numpy"),
    (
        imports.outsiders,
        {"src/kap/planning/a.py": "import ortools"},
        "src/kap/planning/a.py:1 imports ortools",
    ),
    (
        imports.strangers,
        {"src/kap_clinic/audit/a.py": "from kap_clinic.accounts.models import Member"},
        "src/kap_clinic/audit/a.py:1 imports the tables of accounts",
    ),
    (
        imports.strangers,
        {"src/kap_clinic/audit/a.py": "from kap_clinic.accounts import models"},
        "src/kap_clinic/audit/a.py:1 imports the tables of accounts",
    ),
    (
        imports.layers,
        {"src/kap_clinic/audit/actions.py": "from .export_views import page"},
        "src/kap_clinic/audit/actions.py:1 looks up to export_views",
    ),
    (
        imports.layers,
        {"src/kap_clinic/audit/models.py": "from kap_clinic.audit.queries import entries"},
        "src/kap_clinic/audit/models.py:1 looks up to queries",
    ),
    (
        imports.layers,
        {"src/kap_clinic/audit/site_queries.py": "from . import forms"},
        "src/kap_clinic/audit/site_queries.py:1 looks up to forms",
    ),
    (
        imports.wings,
        {".importlinter": "root_packages =\n    kap\n", "src/kap/a.py": "", "src/other/a.py": ""},
        "src/other: the house has no such wing",
    ),
    (
        imports.wings,
        {".importlinter": "root_packages =\n    kap\n", "src/kap/a.py": "", "src/kap_fhir/a.py": ""},
        ".importlinter does not name kap_fhir",
    ),
    (
        declarations.thresholds,
        {"src/kap/screening/a.py": "def high(systolic):\n    return systolic >= 160\n"},
        "src/kap/screening/a.py:2 compares with 160",
    ),
    (
        declarations.thresholds,
        {"src/kap/screening/a.py": 'LIMIT = Decimal("160")\n'},
        "src/kap/screening/a.py:1 declares Decimal('160')",
    ),
    (
        sentences_of.sentences,
        {"src/kap/a.py": 'sentence(f"{name} is late")'},
        "src/kap/a.py:1 is an f-string: a translator never sees its words",
    ),
    (
        sentences_of.sentences,
        {"src/kap/a.py": 'sentence("{name} is late", nane="Ana")'},
        "src/kap/a.py:1 asks for ['name'] and is given ['nane']",
    ),
    (exceptions.reasons, {"src/kap/a.py": EXCEPTION}, "src/kap/a.py:1 gives the reason 'none'"),
    (
        exceptions.reasons,
        {"src/kap/a.py": EXCEPTION + ": F401 -- in a hurry"},
        "src/kap/a.py:1 gives the reason 'in a hurry'",
    ),
    (exceptions.reasons, {"src/kap/a.py": UNTYPED}, "src/kap/a.py:1 gives the reason 'none'"),
    (
        exceptions.counts,
        {"src/kap/a.py": EXCEPTION + ": F401 -- slow import"},
        "slow import: 1 times, 0 agreed; the number only falls",
    ),
    (
        exceptions.counts,
        {".ci/exceptions.txt": "slow import: 1\n"},
        "slow import: only 0 left; write that into .ci/exceptions.txt",
    ),
    (addresses.machines, {"docs/a.md": A_PATH}, "docs/a.md:1 holds /" + "work/"),
    (addresses.machines, {"a.lock": A_HOST}, "a.lock:1 holds py" + "pi.org"),
    (addresses.locks, {"a.lock": "--find-links https://here\n"}, "a.lock:1 holds an address"),
    (addresses.locks, {"a.lock": "django==5.2\n"}, "a.lock:1 django==5.2 has no hash"),
    (documents.links, {"a.md": "[b](b.md)"}, "a.md: b.md leads nowhere"),
    (documents.links, {"a.md": "see `src/kap/b.py` and `src/<app>`"}, "a.md: src/kap/b.py is not there"),
    (documents.links, {"a.md": "[b](b.md#two)", "b.md": "# One"}, "a.md: b.md#two names no heading there"),
    (
        documents.decisions,
        {"docs/decisions/0000-one.md": DECISION.replace("## Consequences", "")},
        "docs/decisions/0000-one.md has no Consequences",
    ),
    (documents.decisions, {"docs/decisions/0001-one.md": DECISION}, "docs/decisions is numbered [1]"),
    (
        glossary.unknown_words,
        {
            "GLOSSARY.md": "**dose**: how much.",
            ".ci/plain-words.txt": "given",
            "src/kap/a.py": "class DoseBlob: ...",
        },
        "src/kap/a.py:1 DoseBlob: blob",
    ),
    (
        glossary.unused_terms,
        {"GLOSSARY.md": "**booster session**: a later session.", "src/kap/a.py": "class Session: ..."},
        "booster session",
    ),
    (
        glossary.unused_terms,
        {"GLOSSARY.md": "**mass** / **volume**: how much.", "src/kap/a.py": "class Mass: ..."},
        "volume",
    ),
]

KEEPS = [
    (sizes.files, {"src/kap/a.py": LONG_FILE.removeprefix("x = 1\n")}),
    (sizes.functions, {"src/kap/a.py": LONG_FUNCTION.removesuffix("    print()\n")}),
    (sizes.functions, {"src/kap/a.py": LONG_FUNCTION.replace("    print()\n", '    """Says much."""\n', 1)}),
    (sizes.files, {"src/kap_clinic/app/migrations/0001_initial.py": LONG_FILE}),
    (names.empty_names, {"src/kap/database.py": "class Baseline: ..."}),
    (names.room_cards, {"src/kap/dosing/__init__.py": CARD}),
    (imports.outsiders, {"src/kap/scheduling/solver.py": "from ortools.sat.python import cp_model"}),
    (
        imports.outsiders,
        {"src/kap/dosing/pharmacokinetics/a.py": "import numpy", "src/kap/a.py": "import json"},
    ),
    (imports.strangers, {"src/kap_clinic/audit/a.py": "from kap_clinic.accounts.queries import member"}),
    (imports.strangers, {"src/kap_clinic/audit/a.py": "from kap_clinic.database.models import TenantModel"}),
    (
        imports.layers,
        {"src/kap_clinic/audit/site_views.py": "from .views import tabs\nfrom .actions import seal"},
    ),
    (imports.layers, {"src/kap_clinic/audit/actions.py": "from kap_clinic.accounts.views import page"}),
    (declarations.thresholds, {"src/kap/screening/a.py": "def none(found):\n    return len(found) == 2\n"}),
    (declarations.thresholds, {"src/kap/vocabulary/a.py": "def long(text):\n    return len(text) > 5\n"}),
    (sentences_of.sentences, {"src/kap/a.py": 'sentence("{name} is late", name=who)'}),
    (sentences_of.sentences, {"src/kap/a.py": "sentence(template, **values)"}),
    (exceptions.reasons, {"src/kap/a.py": EXCEPTION + ": PLC0415 -- slow import"}),
    (exceptions.reasons, {"src/kap/a.py": UNTYPED + "[override]"}),
    (
        exceptions.counts,
        {
            "src/kap/a.py": EXCEPTION + ": F401 -- slow import",
            ".ci/exceptions.txt": "# agreed\nslow import: 1\n",
        },
    ),
    (addresses.machines, {"docs/a.md": "see docs/how-to/work/here and src/work/"}),
    (addresses.locks, {"a.lock": "django==5.2 \\\n    --hash=sha256:00\n"}),
    (
        documents.links,
        {"a.md": "# A\n[b](b.md#two-words) [c](#a)\n```\n[d](no.md)\n```\n", "b.md": "## Two words"},
    ),
    (documents.decisions, {"docs/decisions/0000-one.md": DECISION}),
    (
        glossary.unknown_words,
        {
            "GLOSSARY.md": "**dose**: how much.",
            ".ci/plain-words.txt": "given",
            "src/kap/a.py": "class GivenDoses: ...",
        },
    ),
    (
        glossary.unused_terms,
        {"GLOSSARY.md": "**booster session**: later.", "src/kap/a.py": "class BoosterSession: ..."},
    ),
]


@pytest.mark.parametrize(("promise", "files", "place"), BREAKS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_promise_names_the_place_that_breaks_it(checkout, promise, files, place) -> None:
    assert promise(checkout(files)) == [place]


@pytest.mark.parametrize(("promise", "files"), KEEPS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_promise_is_silent_where_it_is_kept(checkout, promise, files) -> None:
    assert promise(checkout(files)) == []
