"""How a form learns that its action was refused: the sentence stands where errors stand."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext

from kap.vocabulary.errors import Refused


def is_accepted(form: forms.Form, action: Callable[[], object]) -> bool:
    """Do what a valid form asks; a refusal becomes its error and has left its row in the trail."""
    if not form.is_valid():
        return False
    try:
        action()
    except Refused as refusal:
        form.add_error(None, refusal.sentence.rendered(gettext))
        return False
    return True
