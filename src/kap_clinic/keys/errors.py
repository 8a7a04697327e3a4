"""What goes wrong with keys, each in a sentence that says what is lost and what is not."""

from kap.vocabulary.errors import KapError


class KeyringError(KapError):
    """The keyring cannot be used as it lies there: unreadable, open to others, lost, or another's."""


class SealError(KapError):
    """A sealed text is not what was sealed, or was carried to another place."""


class ErasedError(KapError):
    """A sealed text whose key was destroyed on purpose; nobody can read it any more."""
