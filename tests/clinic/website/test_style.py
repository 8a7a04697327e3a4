"""The style sheets keep to the tokens: six sizes, two weights, no color of their own, nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEBSITE = Path(__file__).parents[3] / "src/kap_clinic/website"
SHEETS = sorted((WEBSITE / "static/kap").glob("*.css"))
TEMPLATES = sorted((WEBSITE.parent).rglob("templates/**/*.html"))
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!\])")
# Texture dots and the text marker: fills behind words, in no token's role.
OWN_COLORS = {"#C4C8C8", "#4A545A", "#CFE0F3", "#27476B"}


def without_comments(sheet: Path) -> str:
    """The rules of a sheet."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_words_come_in_six_sizes_and_two_weights(sheet):
    rules = without_comments(sheet)
    sizes = re.findall(r"font-size:\s*([^;}]+)", rules)
    assert [size for size in sizes if not size.startswith("var(--size-") and size != "10.5pt"] == []
    assert set(re.findall(r"font-weight:\s*([^;}]+)", rules)) <= {"400", "600"}


@pytest.mark.parametrize(
    "sheet",
    [sheet for sheet in SHEETS if sheet.name not in ("tokens.css", "print.css")],
    ids=lambda sheet: sheet.name,
)
def test_colors_come_from_the_tokens(sheet):
    assert set(COLOR.findall(without_comments(sheet))) <= OWN_COLORS


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_used_is_defined(sheet):
    defined = set(re.findall(r"(--[\w-]+):", "".join(one.read_text() for one in SHEETS)))
    assert set(re.findall(r"var\((--[\w-]+)\)", sheet.read_text())) <= defined


def test_every_sheet_lies_in_a_layer_and_is_linked():
    linked = (WEBSITE / "templates/website/parts/styles.html").read_text()
    for sheet in SHEETS:
        assert sheet.read_text().count("@layer") >= 1, sheet.name
        assert sheet.name == "design.css" or f"kap/{sheet.name}" in linked


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_inline_style_or_script(template):
    text = template.read_text()
    assert re.search(r"<[^>]*\sstyle=|<style|\son\w+=\"|javascript:", text) is None
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or "nonce=" in script or 'type="application/json"' in script
