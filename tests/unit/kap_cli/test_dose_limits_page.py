"""The page of dose limits says of every number where it comes from, and counts what nobody verified."""

from pathlib import Path

from kap.dosing.loading import packaged_limits
from kap_cli.documents import MARK
from kap_cli.reference.doses import doses_page

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"


def test_the_page_is_what_the_code_says_today() -> None:
    assert (REFERENCE / "dose-limits.md").read_text(encoding="utf-8") == MARK + doses_page()


def test_every_limit_stands_there_with_its_source() -> None:
    page = doses_page()
    assert "| per weight | 1 mg/kg | Unverified: openkap-default/dose-caps" in page
    assert "| per weight | 0.9 mg/kg | [Loo C et al." in page
    assert "| only | 56 mg, 84 mg |" in page
    assert "| may change percent | 10 |" in page
    rows = [
        line for line in page.splitlines() if line.startswith("| ") and line.endswith((" yes |", " no |"))
    ]
    unverified = sum(line.endswith(" no |") for line in rows)
    assert f"{len(rows)} numbers, {unverified} of them verified by nobody yet." in page
    assert page.count("\n## ") == len(packaged_limits().treatments) + 3
