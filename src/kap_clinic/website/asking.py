"""One question on a page of its own: asked, done once it is answered, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kap_clinic.accounts.answers import is_accepted


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What stands around the question: its title, whom it is about, what to know first, and the way back.

    Missing: ``submit`` is empty where the button says what the title says; ``who`` where it is about nobody.
    """

    title: str
    back: str
    back_words: str
    submit: str = ""
    text: str = ""
    who: str = ""
    tone: str = ""


def ask(
    request: HttpRequest, form: forms.Form, asking: Asking, template: str = "website/ask.html",
    **more: object,
) -> HttpResponse:  # fmt: skip
    """Show the question; a template of its own may show more between the text and the form."""
    told = {
        "page_title": asking.title, "form": form, "submit_label": asking.submit or asking.title,
        "cancel_url": asking.back, "back_words": asking.back_words, "text": asking.text, "who": asking.who,
        "tone": asking.tone,
    }  # fmt: skip
    return render(request, template, {**told, **more})


def do_or_ask(
    request: HttpRequest, form: forms.Form, do: Callable[[], object], asking: Asking, *, done: str = "",
    template: str = "website/ask.html",
) -> HttpResponse:  # fmt: skip
    """Do what an accepted answer asks, say so and go back; else show the question."""
    if request.method == "POST" and is_accepted(form, do):
        if done:
            messages.success(request, done)
        return redirect(asking.back)
    return ask(request, form, asking, template)
