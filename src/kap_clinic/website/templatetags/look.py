"""The frame around a page, and the few filters the parts need."""

from collections.abc import Callable

from django import template
from django.forms import BoundField
from django.template.context import RequestContext
from django.utils.translation import gettext

from kap_clinic.website.frame import Frame, frame_for

register = template.Library()

NO_FRAME = Frame(theme="", links=(), person="", lock={}, stream={})


@register.simple_tag(takes_context=True)
def frame(context: RequestContext) -> Frame:
    """What stands around the page; bare when there is no request (an error before one was read)."""
    request = context.get("request")
    return frame_for(request) if request else NO_FRAME


@register.filter
def said(sentence: object) -> str:
    """A Sentence of the core in the reader's language; plain text passes."""
    rendered: Callable[..., str] | None = getattr(sentence, "rendered", None)
    return rendered(gettext) if rendered else str(sentence)


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control an error message leads to: the first of a group, else the field's own."""
    group = getattr(field.field.widget, "use_fieldset", False)
    return f"{field.auto_id}_0" if group else str(field.id_for_label)
