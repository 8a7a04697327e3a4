"""The house's own licensed words and tables: the empty file, its check, the signature, taking them back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kap.instruments.definition import Instrument
from kap.instruments.shelf import library
from kap.instruments.skeleton import tables_skeleton, wording_skeleton
from kap.people.permissions import Permission
from kap.vocabulary.errors import InputError
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.website.asking import Asking, do_or_ask

from . import answered, supplying
from .forms import BackForm, CopyForm, SignForm
from .shelf import HeldLicense
from .words import TABLES, WORDS

KINDS = (WORDS, TABLES)


@page("measures.take_skeleton", needs=Permission.SEE_MEASURES)
def skeleton(request: HttpRequest, act: Acting, instrument: str, kind: str) -> HttpResponse:
    """Give the empty file of an instrument's words in one language, or of its tables."""
    definition = _definition(instrument, kind)
    language = request.GET.get("language", "en")
    written = tables_skeleton(definition) if kind == TABLES else wording_skeleton(definition, language)
    name = f"{definition.key}-{kind}.yaml" if kind == TABLES else f"{definition.key}-{language}.yaml"
    return HttpResponse(
        written,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page("measures.supply_page", needs=Permission.KEEP_LICENSED_WORDS)
def supply(request: HttpRequest, act: Acting, instrument: str, kind: str) -> HttpResponse:
    """Ask for a file and its license; show every mistake in it, or what it says, to be signed."""
    definition = _definition(instrument, kind)
    form = CopyForm(request.POST or None, request.FILES or None)
    mistakes: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            text = form.text()
        except InputError as wrong:
            form.add_error("file", str(wrong))
        else:
            checked = supplying.check(definition, kind, text)
            if not checked.mistakes:
                return _preview(request, definition, kind, checked, _sign_form(form, text))
            mistakes = checked.mistakes
            form.add_error(
                "file", _("The file holds {n} mistakes. None of it was taken in.").format(n=len(mistakes))
            )
    told = {
        **_around(definition, kind), "form": form, "mistakes": mistakes, "kind": kind,
        "skeleton_url": reverse("measures:skeleton", args=[instrument, kind]),
        "submit_label": _("Check this file"), "cancel_url": reverse("measures:instrument", args=[instrument]),
    }  # fmt: skip
    return render(request, "measures/supply.html", told)


@page("measures.supply_page", needs=Permission.KEEP_LICENSED_WORDS)
@require_POST
def sign(request: HttpRequest, act: Acting, instrument: str, kind: str) -> HttpResponse:
    """Sign what was checked: from now on forms are asked in these words."""
    definition = _definition(instrument, kind)
    form = SignForm(request.POST)

    def do() -> None:
        said = form.cleaned_data
        supplying.supply(
            organization=act.organization, by=act.actor, id=said["id"], instrument=instrument, kind=kind,
            text=said["text"], held=HeldLicense(
                holder=said["holder"], reference=said["reference"], valid_until=said["valid_until"],
                is_for_profit_allowed=said["for_profit"] == "yes",
            ),
        )  # fmt: skip

    if is_accepted(form, do):
        return redirect("measures:instrument", instrument)
    checked = supplying.check(definition, kind, request.POST.get("text", ""))
    return _preview(request, definition, kind, checked, form)


@page("measures.withdraw_copy_page", needs=Permission.KEEP_LICENSED_WORDS)
def withdraw(request: HttpRequest, act: Acting, instrument: str, copy: UUID) -> HttpResponse:
    """Ask why a licensed copy is taken back, and take it back."""
    form = BackForm(request.POST or None)

    def do() -> None:
        supplying.withdraw_copy(
            organization=act.organization, by=act.actor, id=copy, why=form.cleaned_data["why"]
        )

    asking = Asking(
        title=_("Take this copy back?"), submit=_("Take the copy back"), tone="must",
        text=_("From now on nobody is shown its words, or scored with its tables. What was answered stays."),
        back=reverse("measures:instrument", args=[instrument]), back_words=_("The instrument"),
    )  # fmt: skip
    return do_or_ask(request, form, do, asking)


def _preview(
    request: HttpRequest, definition: Instrument, kind: str, checked: supplying.Checked, form: SignForm
) -> HttpResponse:
    told = {
        **_around(definition, kind), "form": form, "worded": checked.worded, "kind": kind,
        "lines": answered.boxes_of(checked.worded) if kind == WORDS else [], "text": form["text"].value(),
        "reads": checked.reads() if kind == TABLES else [],
        "action": reverse("measures:sign_copy", args=[definition.id, kind]),
        "submit_label": _("Sign and use this copy"),
        "cancel_url": reverse("measures:supply", args=[definition.id, kind]),
    }  # fmt: skip
    return render(request, "measures/preview.html", told)


def _sign_form(form: CopyForm, text: str) -> SignForm:
    said = form.cleaned_data
    names = ("holder", "reference", "valid_until", "for_profit")
    return SignForm(initial={"text": text, **{name: said[name] for name in names}})


def _around(definition: Instrument, kind: str) -> dict[str, object]:
    titles = {WORDS: _("Supply licensed words"), TABLES: _("Supply T-score tables")}
    return {"page_title": titles[kind], "definition": definition}


def _definition(instrument: str, kind: str) -> Instrument:
    """The instrument a copy is for.

    Raises: Http404 where there is none, or it takes no copy of this kind.
    """
    if instrument not in library() or kind not in supplying.kinds_of(library()[instrument]):
        raise Http404
    return library()[instrument]
