"""Questions that ordinary form fields ask badly: a day written by hand, a number on a keypad."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PARTS = (("month", _("Month"), 2), ("day", _("Day"), 2), ("year", _("Year"), 4))


class DayWidget(forms.MultiWidget):
    """Three short boxes, month first: nobody scrolls a calendar back to a year of birth."""

    template_name = "website/forms/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, autocomplete: str = "") -> None:
        """Hold one box for each part; `autocomplete` is "bday" where the browser may know the answer."""
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {}
        for name, _label, length in PARTS:
            known = {"autocomplete": f"{autocomplete}-{name}"} if autocomplete else {}
            boxes[name] = forms.TextInput({"inputmode": "numeric", "maxlength": length, **known})
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[str]:
        """Write a day into the three boxes."""
        return [str(value.month), str(value.day), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each box its label."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for box, (_name, label, _length) in zip(context["widget"]["subwidgets"], PARTS, strict=True):
            box["label"] = label
        return context


class DayField(forms.MultiValueField):
    """A calendar day asked in three parts."""

    widget = DayWidget
    default_error_messages = {
        "required": _("Enter the day as month, day and year."),
        "incomplete": _("The day needs a month, a day and a year. For example 3 27 1984."),
        "impossible": _("There is no such day. Check the month, the day and the year."),
    }

    def __init__(self, **options: Any) -> None:
        """Ask for three whole numbers."""
        fields = [forms.IntegerField(min_value=1, max_value=most) for most in (12, 31, 9999)]
        super().__init__(fields, require_all_fields=True, **options)

    def clean(self, value: Any) -> Any:
        """Read the three boxes as one answer: a wrong part is a wrong day."""
        parts = [str(part or "").strip() for part in value or []]
        if any(parts) and not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if any(part and not part.isdecimal() for part in parts):
            raise ValidationError(self.error_messages["impossible"], code="impossible")
        try:
            return super().clean(value)
        except ValidationError as wrong:
            if any(parts) and getattr(wrong, "code", "") != "incomplete":
                raise ValidationError(self.error_messages["impossible"], code="impossible") from wrong
            raise

    def compress(self, data_list: list[int]) -> date | None:
        """Make the day.

        Raises: ValidationError for a day that does not exist.
        """
        if not data_list:
            return None
        month, day, year = data_list
        if year < 1000:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            return date(year, month, day)
        except ValueError as wrong:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from wrong


class KeypadInput(forms.TextInput):
    """A number typed on the device's own keypad, with its unit beside it; no wheel or arrow can change it."""

    template_name = "website/forms/widgets/keypad.html"

    def __init__(self, unit: str = "", is_whole: bool = True, attrs: dict[str, Any] | None = None) -> None:
        """Hold the unit a person reads."""
        self.unit = unit
        super().__init__(
            {"inputmode": "numeric" if is_whole else "decimal", "autocomplete": "off", **(attrs or {})}
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the unit."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context
