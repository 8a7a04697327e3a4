"""Time, chance and the environment are given to the core: the linter refuses it to fetch them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCHING = [
    "from datetime import datetime\nat = datetime.now()\n",
    "import datetime as clock\nat = clock.datetime.now(clock.UTC)\n",
    "from datetime import datetime\nat = datetime.utcnow()\n",
    "from datetime import date\non = date.today()\n",
    "import time\n",
    "from time import monotonic\n",
    "import random\n",
    "from secrets import token_hex\n",
    "import uuid\nid = uuid.uuid4()\n",
    "import os\nhome = os.environ['HOME']\n",
    "from os import getenv\n",
    "from django.db import models\n",
]


def complaints_about(code: str, name: str) -> list[str]:
    ruff = [sys.executable, "-m", "ruff", "check", "-q", "--output-format=concise", "--select", "TID251"]
    ran = subprocess.run(
        [*ruff, "--stdin-filename", name, "-"],
        input=code,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [line for line in ran.stdout.splitlines() if "TID251" in line]


@pytest.mark.parametrize("code", FETCHING, ids=lambda code: code.splitlines()[-1])
def test_the_core_may_not_fetch(code: str) -> None:
    assert len(complaints_about(code, "src/kap/vocabulary/fetching.py")) == 1


@pytest.mark.parametrize("wing", ["kap_clinic/audit", "kap_cli"])
def test_the_clinic_and_the_commands_have_a_clock(wing: str) -> None:
    assert complaints_about(FETCHING[0], f"src/{wing}/clock.py") == []


def test_the_core_may_be_given_an_instant() -> None:
    code = "from datetime import UTC, datetime\nat = datetime(2026, 1, 14, tzinfo=UTC)\n"
    assert complaints_about(code, "src/kap/vocabulary/given.py") == []
