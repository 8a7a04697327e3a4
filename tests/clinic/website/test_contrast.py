"""Ink can be read on its paper in every theme: 4.5:1 for words, 3:1 for shapes.

Source: WCAG 2.2, criteria 1.4.3 and 1.4.11.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[3] / "src/kap_clinic/website/static/kap/tokens.css"
THEMES = ("light", "dark", "dim")
PAPERS = ("paper", "surface", "wash")

WORDS = [
    *(
        (ink, paper)
        for ink in ("ink", "quiet", "act", "act-press", "look", "must", "done")
        for paper in PAPERS
    ),
    ("ink", "look-wash"),
    ("look", "look-wash"),
    ("ink", "must-wash"),
    ("must", "must-wash"),
    ("on-act", "act"),
    ("on-act", "act-press"),
    ("on-must", "must"),
    ("on-must", "must-press"),
    ("on-solid", "solid"),
    ("paper", "ink"),
]
SHAPES = [("edge", "paper"), ("edge", "surface"), ("solid", "paper"), ("act", "line"), ("act", "paper")]


def colors_of(theme: str) -> dict[str, str]:
    """The color of every token in one theme."""
    text = TOKENS.read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", text)
    colors = {name: day if theme == "light" else night for name, day, night in pairs}
    if theme == "dim":
        block = re.search(r'data-theme="dim"\] \{(.*?)\}', text, re.DOTALL)
        assert block is not None
        colors |= dict(re.findall(r"--([\w-]+): (#\w{6})", block[1]))
    return colors


def luminance(color: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How many times lighter the lighter color is."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "paper"), WORDS)
def test_words_can_be_read_on_their_paper(theme, ink, paper):
    colors = colors_of(theme)
    assert contrast(colors[ink], colors[paper]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "paper"), SHAPES)
def test_shapes_can_be_seen_on_their_paper(theme, shape, paper):
    colors = colors_of(theme)
    assert contrast(colors[shape], colors[paper]) >= 3


def test_the_dimmer_theme_gives_less_light_than_the_dark_one():
    dark, dim = colors_of("dark"), colors_of("dim")
    for name in ("paper", "ink", "act", "look", "must", "done"):
        assert luminance(dim[name]) < luminance(dark[name])
