"""A document of dose limits is refused with its line, never at the bedside."""

from importlib.resources import files

import pytest

from kap.dosing.loading import limits_from, packaged_limits
from kap.vocabulary.errors import DeclarationError, InputError
from kap.vocabulary.routes import Drug, Route

TEXT = files("kap.dosing").joinpath("library", "limits.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("ketamine iv:", "ketamine nasal:", "expected a drug and a route"),
        ("at: 1 mg/kg", "at: 1 mL", "expected a DosePerWeight, found a Volume"),
        ("at: 1 mg/kg", "at: 1", "is not a number, a space and a unit"),
        ("at: 100 mg, source: default", "at: 100 mg, source: nobody", "'nobody' is not among the sources"),
        ("at: 10, source: default", "at: ten, source: default", "is not a plain number"),
        ("  adjusted_share: {at: 0.4, source: ideal}\n", "", "adjusted_share must be given"),
        ("    step: {at: 28 mg, source: spravato}\n", "", "step must be given"),
    ],
)
def test_a_mistake_is_said_with_file_and_line(written: str, instead: str, complaint: str) -> None:
    assert written in TEXT
    with pytest.raises(DeclarationError, match=complaint) as told:
        limits_from("own.yaml", TEXT.replace(written, instead, 1))
    assert str(told.value).startswith("own.yaml, line ")


def test_what_has_no_limits_is_not_given() -> None:
    limits = packaged_limits()
    assert limits.key == "dose-limits@1"
    with pytest.raises(InputError, match="There are no dose limits for esketamine iv"):
        limits.of(Drug.ESKETAMINE, Route.IV)
