"""How the library's forms are made to look like ours."""

from __future__ import annotations

from django import forms, template

register = template.Library()


@register.filter
def plain(form: forms.Form) -> forms.Form:
    """Take away what stands inside the boxes and links between label and box: the label says it, once."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        if "<a " in str(field.help_text):
            field.help_text = ""
    return form
