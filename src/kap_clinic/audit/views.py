"""The inspector's pages: the trail, its proof, a copy of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kap.people.permissions import Permission
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.organizations.queries import sites

from . import actions, export, queries
from .forms import TrailForm
from .shown import backup_sentence, problem_lines, proof_facts, sealed_sentence, trail_table

KINDS = {
    "csv": ("text/csv; charset=utf-8", export.as_csv),
    "jsonl": ("application/jsonl; charset=utf-8", export.as_json_lines),
}


@require_GET
@page("audit.see", needs=Permission.SEE_AUDIT)
def trail(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show who did what, whose and when, newest first."""
    form = _form(request, act)
    is_narrowed = _is_narrowed(request.GET)
    found = queries.TrailPage(lines=[])
    if form.is_valid():
        before, after = _id(request.GET.get("before")), _id(request.GET.get("after"))
        found = queries.trail(act, form.asked(), before=before, after=after)
    return render(
        request,
        "audit/trail.html",
        {
            "page_title": _("Audit"),
            "form": form,
            "is_narrowed": is_narrowed,
            "table": trail_table(found.lines, form.clock_shown, is_narrowed=is_narrowed),
            "newer_url": found.newer and _address(request.GET, after=str(found.newer)),
            "older_url": found.older and _address(request.GET, before=str(found.older)),
            "sealed": sealed_sentence(queries.sealed(act), form.clock_shown),
            "backups": _backups(act, form.clock_shown),
            "may_verify": act.standing.permits(Permission.VERIFY_AUDIT),
            "copies": _copies(request.GET) if act.standing.permits(Permission.EXPORT_AUDIT) else [],
        },
    )


@page("audit.verify_page", needs=Permission.VERIFY_AUDIT)
def verify(request: HttpRequest, act: Acting) -> HttpResponse:
    """Prove the trail now and show what was found."""
    if request.method != "POST":
        return redirect("audit:list")
    proof = actions.verify(organization=act.organization, by=act.actor)
    clock = _clocks()[0][0]
    shown = {
        "page_title": _("The audit, verified"),
        "proof": proof,
        "problems": problem_lines(proof, clock),
        "facts": proof_facts(proof, clock),
        "clock": clock,
    }
    return render(request, "audit/proof.html", shown)


@require_GET
@page("audit.export", needs=Permission.EXPORT_AUDIT)
def copy(request: HttpRequest, act: Acting, kind: str) -> Any:
    """Hand out what is shown as a file; the trail has its row before the first line leaves."""
    form = _form(request, act)
    if not form.is_valid():
        return redirect(f"{reverse('audit:list')}?{request.GET.urlencode()}")
    actions.begin_export(organization=act.organization, by=act.actor)
    lines = actions.exported(organization=act.organization, by=act.actor, asked=form.asked())
    content_type, write = KINDS[kind]
    name = f"audit-{datetime.now().astimezone():%Y-%m-%d}.{kind}"
    response = StreamingHttpResponse(write(lines), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(request: HttpRequest, act: Acting) -> TrailForm:
    return TrailForm(request.GET, clocks=_clocks(), people=queries.people_to_choose(act))


def _backups(act: Acting, clock: str) -> str:
    if not act.standing.permits(Permission.SEE_BACKUPS):
        return ""
    return backup_sentence(queries.backup_standing(act), clock)


def _clocks() -> list[tuple[str, str]]:
    zones = {site.time_zone: site.name for site in reversed(sites(with_closed=True, with_shared=False))}
    named = [(zone, f"{name} ({zone})") for zone, name in reversed(zones.items())]
    return [*named, ("UTC", "UTC")]


def _is_narrowed(asked: QueryDict) -> bool:
    return any(asked.get(name) for name in asked if name not in ("before", "after", "clock"))


def _address(asked: QueryDict, **place: str) -> str:
    kept = asked.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    kept.update(place)
    return f"{reverse('audit:list')}?{kept.urlencode()}"


def _copies(asked: QueryDict) -> list[dict[str, Any]]:
    kept = asked.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    words = {"csv": _("Take a copy as CSV"), "jsonl": _("Take a copy as JSON Lines")}
    return [
        {"words": words[kind], "url": f"{reverse('audit:copy', args=[kind])}?{kept.urlencode()}"}
        for kind in KINDS
    ]


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
