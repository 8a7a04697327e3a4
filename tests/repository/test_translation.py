"""Every sentence a person reads can be translated: none stands bare in a template."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "src" / "kap_clinic").rglob("templates/**/*.html"))

# Names of our own, and invented people on the design page.
NOT_SENTENCES = {"OpenKAP", "Cedar House", "Ana K.", "Ben T.", "Rosa Mendes, RN"}
READ_ALOUD = ("alt", "title", "placeholder", "aria-label", "aria-description", "content", "value")

WRAPPED = re.compile(
    r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}"
    r"|\{%\s*verbatim\s*%\}.*?\{%\s*endverbatim\s*%\}"
    # Blocks that fill a class attribute.
    r"|\{%\s*block (?:kind|width)\s*%\}.*?\{%\s*endblock\s*%\}"
    r"|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")
NUMBERS_AND_UNITS = re.compile(r"[\d\s.,:/%·|–-]*(mg|mL|mmHg|min|Jan)?[\d\s.,:/%·–-]*")


class Reader(HTMLParser):
    """Collects the words of a page that a person would read or hear, with their lines."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes that are read aloud; step into what nobody reads."""
        self.silent += tag in ("script", "style")
        named = dict(attrs)
        for name in READ_ALOUD:
            is_code = tag in ("meta", "input", "button", "option") and name in ("content", "value")
            if not is_code or (tag == "input" and named.get("type") == "submit"):
                self.note(named.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        """Step out of what nobody reads."""
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        """Take what stands between tags."""
        if not self.silent:
            self.note(data)

    def note(self, text: str) -> None:
        """Keep text that holds a word of a language."""
        line = self.getpos()[0]
        for piece in text.split(HOLE):
            part = piece.strip(" \n\t·")
            if WORD.search(part) and part not in NOT_SENTENCES and not NUMBERS_AND_UNITS.fullmatch(part):
                before = piece[: piece.index(part)].count("\n")
                self.found.append((line + before, " ".join(part.split())))
            line += piece.count("\n")


HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


def bare_sentences(template: str) -> list[tuple[int, str]]:
    """Words outside every translation tag, with the line they stand on."""
    # Template tags become holes of as many lines, so that positions stay true and sentences stay apart.
    reader = Reader()
    reader.feed(WRAPPED.sub(lambda hole: HOLE + "\n" * hole[0].count("\n"), template))
    reader.close()
    return reader.found


def test_no_sentence_stands_bare_in_a_template():
    bare = [
        f"{path.relative_to(ROOT)}:{line}: {words}"
        for path in TEMPLATES
        for line, words in bare_sentences(path.read_text())
    ]
    assert bare == [], "Wrap these in {% translate %} or {% blocktranslate %}:\n" + "\n".join(bare)


def test_templates_are_found_at_all():
    assert any(path.name == "page.html" for path in TEMPLATES)


@pytest.mark.parametrize(
    ("template", "bare"),
    [
        ("<p>Sign in</p>", [(1, "Sign in")]),
        ("<p>{% translate 'Sign in' %}</p>", []),
        ("<p>\n{{ name }} may sign in</p>", [(2, "may sign in")]),
        ("<p>{% blocktranslate %}{{ name }} may sign in{% endblocktranslate %}</p>", []),
        ('<a aria-label="Close this">×</a>', [(1, "Close this")]),
        ('<a aria-label="{% translate "Close" %}">×</a>', []),
        ("{# Sign in #}<p>{{ words }}</p>", []),
        ("<p>14:05 · 35 mg</p>", []),
        ("<script>const word = 'Sign in';</script>", []),
        ("{% if a %}Signed{% else %}Locked{% endif %}", [(1, "Signed"), (1, "Locked")]),
        ('<button name="theme" value="light">{% translate "light" %}</button>', []),
    ],
)
def test_a_bare_sentence_is_found_and_a_wrapped_one_is_not(template, bare):
    assert bare_sentences(template) == bare
