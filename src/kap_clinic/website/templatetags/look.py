"""The frame around a page, and the few filters the parts need."""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext, pgettext

from kap.vocabulary.sentences import Sentence
from kap_clinic.website.frame import NO_FRAME, Frame, frame_for
from kap_clinic.website.parts import ShownFinding

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: RequestContext) -> Frame:
    """What stands around the page; bare when there is no request (our error pages).

    The design page gives its own as `frame_shown`.
    """
    if "frame_shown" in context:
        return context["frame_shown"]
    request = context.get("request")
    return frame_for(request) if request else NO_FRAME


@register.filter
def said(words: object) -> str:
    """A Sentence of the core in the reader's language; text passes."""
    return words.rendered(gettext) if isinstance(words, Sentence) else str(words)


@register.filter
def drawn(cell: Any) -> str:
    """One cell of a table: a link, a status, or words. Drawn here, for a list has hundreds of them."""
    url, tone = getattr(cell, "url", ""), getattr(cell, "tone", "")
    if url:
        return format_html('<a href="{}">{}</a>', url, said(cell.words))
    if tone in ("ink", "quiet"):
        return format_html('<span class="status" data-tone="{}">{}</span>', tone, said(cell.words))
    if tone:
        return render_to_string("website/parts/status.html", {"status": cell})
    return conditional_escape(said(cell))


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control an error message leads to: the first of a group, else the field's own."""
    is_group = field.field.widget.use_fieldset
    return f"{field.auto_id}_0" if is_group else str(field.id_for_label)


@register.filter
def errors_said(field: BoundField) -> list[str]:
    """What is wrong with an answer; a missing one is named by its question, not as "this field"."""
    required = forms.Field.default_error_messages["required"]
    said_so = [str(message) for message in field.errors]
    missing = gettext("%(question)s: an answer is missing.") % {"question": field.label}
    return [missing if message == str(required) else message for message in said_so]


@register.filter
def verdict_name(verdict: object) -> str:
    """The name of a verdict as style sheets know it."""
    return str(getattr(verdict, "name", verdict)).lower()


@register.filter
def verdict_word(verdict: object) -> str:
    """The verdict in the reader's language, as it is stamped."""
    words = {
        "stop": pgettext("verdict", "STOP"),
        "hold": pgettext("verdict", "HOLD"),
        "unknown": pgettext("verdict", "UNKNOWN"),
        "caution": pgettext("verdict", "CAUTION"),
        "proceed": pgettext("verdict", "PROCEED"),
    }
    return words[verdict_name(verdict)]


@register.filter
def needing_someone(findings: Iterable[ShownFinding]) -> list[ShownFinding]:
    """The findings a person must read."""
    return [finding for finding in findings if verdict_name(finding.verdict) != "proceed"]


@register.filter
def proceeding(findings: Iterable[ShownFinding]) -> list[ShownFinding]:
    """The findings that stand in nobody's way."""
    return [finding for finding in findings if verdict_name(finding.verdict) == "proceed"]
