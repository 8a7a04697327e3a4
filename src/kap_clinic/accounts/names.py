"""How a name is sorted and found: folded, family name first, so that a prefix can use the index."""

from __future__ import annotations

import unicodedata

# Letters that no decomposition reaches, as an English-speaking front desk would type them.
_AS_TYPED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
LAST = "\U0010ffff"


def fold(text: str) -> str:
    """Return the text as it is compared: no accents, no case, single spaces.

    >>> fold("  Núñez  García ")
    'nunez garcia'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in decomposed if not unicodedata.combining(one)).translate(_AS_TYPED)
    return " ".join(plain.split())


def sort_name_of(name: str) -> str:
    """Return the text a name is sorted under: the last word first.

    >>> sort_name_of("Ana María Keller")
    'keller ana maria'
    """
    words = fold(name).split()
    return " ".join([*words[-1:], *words[:-1]])[:120]


def name_words(name: str) -> list[str]:
    """Return the words somebody may be found by: each word, and each part of one that is joined.

    >>> name_words("Anna-María O'Neil")
    ['anna-maria', 'maria', "o'neil", 'neil']
    """
    words = fold(name).split()
    parts = [
        part for word in words for part in (word, *word.replace("'", "-").replace("’", "-").split("-")[1:])
    ]
    return [part[:120] for part in dict.fromkeys(parts) if part]
