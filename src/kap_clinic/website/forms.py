"""Draws every form of the clinic the same way: label, hint, error beside the field, summary on top."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist


class PaperRenderer(DjangoTemplates):
    """The clinic's form: set as FORM_RENDERER, so that our forms and those of libraries look alike.

    A widget template of our own lies under `website/forms/widgets/`; any other falls back to Django's.
    """

    form_template_name = "website/forms/fields.html"
    field_template_name = "website/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Our drawing of a widget where there is one, else the framework's."""
        ours = template_name.replace("django/forms/", "website/forms/", 1)
        if ours != template_name:
            try:
                return self.engine.get_template(ours)
            except TemplateDoesNotExist:
                pass
        return self.engine.get_template(template_name)
