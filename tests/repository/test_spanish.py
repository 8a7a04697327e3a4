"""What clients read in Spanish: compiled as it is written, complete, and with the same facts in it."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "kap_clinic"
FOLDER = SOURCE / "locale" / "es" / "LC_MESSAGES"
CLIENT = "client\x04"
HOLES = re.compile(r"%\(\w+\)s|\{\w+\}")

ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$|^(".*")$')
TRANSLATED = re.compile(r'{%\s*translate "([^"]+)" context "client"')
BLOCK = re.compile(
    r'{%\s*blocktranslate trimmed context "client"\s*%}(.*?){%\s*endblocktranslate\s*%}', re.DOTALL
)


def catalog_in(text: str) -> dict[str, str]:
    """Read the singular entries of a catalog as it is written."""
    found: dict[str, str] = {}
    for paragraph in text.split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in paragraph.splitlines():
            if read := ENTRY.match(line):
                name = read[1] or name
                parts[name] = parts.get(name, "") + ast.literal_eval(read[2] or read[3])
        if "msgid" in parts and "msgid_plural" not in parts:
            context = f"{parts['msgctxt']}\x04" if "msgctxt" in parts else ""
            found[context + parts["msgid"]] = parts["msgstr"]
    return found


def said_to_clients() -> set[str]:
    """Find every sentence marked as one that clients read."""
    found: set[str] = set()
    for page in SOURCE.rglob("templates/**/*.html"):
        text = page.read_text()
        found |= set(TRANSLATED.findall(text))
        found |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", block) for block in BLOCK.findall(text)}
    for file in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("pgettext", "pgettext_lazy"):
                context, words = call.args
                is_client = ast.unparse(context) in ("CLIENT", "'client'")
                if is_client and isinstance(words, ast.Constant):
                    found.add(words.value)
    return found


WRITTEN = catalog_in((FOLDER / "django.po").read_text())


def test_the_compiled_catalog_says_what_the_written_one_says():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = {
            id: words for id, words in gettext.GNUTranslations(file)._catalog.items() if isinstance(id, str)
        }
    assert compiled == WRITTEN, "Compile it: msgfmt -o django.mo django.po"


def test_every_sentence_for_clients_is_said_in_spanish():
    missing = sorted(words for words in said_to_clients() if not WRITTEN.get(CLIENT + words))
    assert missing == []


def test_sentences_for_clients_are_found_at_all():
    assert {"Your name", "Thank you", "Ask %(house)s for help"} <= said_to_clients()


@pytest.mark.parametrize("id", sorted(id for id in WRITTEN if id))
def test_a_translation_holds_the_facts_of_the_original(id):
    assert sorted(HOLES.findall(WRITTEN[id])) == sorted(HOLES.findall(id))
