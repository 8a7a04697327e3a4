"""What the core raises: an exception is a mistake or a refusal, never a clinical "no".

Every message says what was wrong, what was expected and what to do, and holds no personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kap.vocabulary.sentences import Sentence


class KapError(Exception):
    """Something in OpenKAP could not be done as asked."""


class InputError(KapError):
    """A fact was given that cannot be true, such as a negative mass or a time without a zone."""


class DeclarationError(KapError):
    """We or a site wrote a rule wrongly; found when it is loaded, never at the bedside."""


class Refused(KapError):
    """The request was understood and is not allowed; its sentence says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence
