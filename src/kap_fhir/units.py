"""Brings a measured number to the unit its concept is kept in; a unit nobody listed is not understood.

Units: UCUM codes, and the spellings of them seen in records. A number of molecules becomes a mass only for
the substances whose molar mass is written here.
Source: The Unified Code for Units of Measure, https://ucum.org/ucum: [lb_av] = 0.45359237 kg, [oz_av] = 1/16
[lb_av], [in_i] = 2.54 cm, [ft_i] = 12 [in_i]. NIST SP 811: 1 mm[Hg] = 0.1333224 kPa. Molar masses, PubChem:
bilirubin 584.7 (CID 5280352), creatinine 113.12 (CID 588), glucose 180.16 (CID 5793), thyroxine 776.87 g/mol
(CID 5819).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from kap.vocabulary.decimals import exact, exact_product, exact_sum
from kap.vocabulary.errors import InputError

_SPELLED: Final[Mapping[str, str]] = {
    "kgs": "kg", "lb": "[lb_av]", "lbs": "[lb_av]", "pound": "[lb_av]", "pounds": "[lb_av]",
    "oz": "[oz_av]", "in": "[in_i]", "inch": "[in_i]", "inches": "[in_i]", "ft": "[ft_i]", "feet": "[ft_i]",
    "mmHg": "mm[Hg]", "mm Hg": "mm[Hg]", "mm[hg]": "mm[Hg]", "C": "Cel", "°C": "Cel", "degC": "Cel",
    "F": "[degF]", "°F": "[degF]", "degF": "[degF]",
    "beats/min": "/min", "{beats}/min": "/min", "{Beats}/min": "/min", "beats/minute": "/min", "bpm": "/min",
    "{breaths}/min": "/min", "breaths/min": "/min", "breaths/minute": "/min", "1/min": "/min",
    "insp/min": "/min", "{counts}/min": "/min", "percent": "%", "kg/m^2": "kg/m2", "kg/m²": "kg/m2",
    "IU/L": "U/L", "[iU]/L": "U/L", "u/L": "U/L", "units/L": "U/L", "U/l": "U/L", "[IU]/L": "U/L",
    "IU/l": "U/L", "iU/L": "U/L", "UNITS/L": "U/L", "Units/L": "U/L", "unit/L": "U/L", "unit/l": "U/L",
    "µkat/L": "ukat/L",
    "mg/dl": "mg/dL", "g/dl": "g/dL", "µmol/L": "umol/L", "μmol/L": "umol/L", "umol/l": "umol/L",
    "mmol/l": "mmol/L", "mEq/L": "meq/L", "MG/DL": "mg/dL", "MMHG": "mm[Hg]", "mmhg": "mm[Hg]",
    "mm/Hg": "mm[Hg]", "ng/dl": "ng/dL",
    "mIU/L": "m[iU]/L", "mU/L": "m[iU]/L", "uIU/mL": "u[iU]/mL", "µIU/mL": "u[iU]/mL", "uU/mL": "u[iU]/mL",
    "u[IU]/mL": "u[iU]/mL", "mIU/mL": "m[iU]/mL", "mU/mL": "m[iU]/mL", "m[IU]/mL": "m[iU]/mL",
    "m[IU]/L": "m[iU]/L",
    "10^3/uL": "10*3/uL", "10^9/L": "10*9/L", "x10^9/L": "10*9/L", "K/uL": "10*3/uL", "10*3/µL": "10*3/uL",
    "10*3/mm3": "10*3/uL", "mL/min/1.73m2": "mL/min/{1.73_m2}", "mL/min/1.73 m2": "mL/min/{1.73_m2}",
    "mL/min/1.73m^2": "mL/min/{1.73_m2}", "mL/min/1.73.m2": "mL/min/{1.73_m2}",
    "mL/min/{1.73m2}": "mL/min/{1.73_m2}", "msec": "ms",
    "{INR}": "1", "{ratio}": "1", "INR": "1", "ratio": "1",
    "score": "{score}", "(score)": "{score}",
}  # fmt: skip

# What one of the given unit is in the wanted one.
_FACTORS: Final[Mapping[str, Mapping[str, str]]] = {
    "kg": {"g": "0.001", "[lb_av]": "0.45359237", "[oz_av]": "0.028349523125"},
    "cm": {"m": "100", "mm": "0.1", "[in_i]": "2.54", "[ft_i]": "30.48"},
    "mm[Hg]": {"kPa": "7.50062"},
    "U/L": {"ukat/L": "60", "nkat/L": "0.06", "U/mL": "1000"},
    "g/dL": {"g/L": "0.1", "mg/dL": "0.001"},
    "mg/dL": {"g/L": "100", "mg/L": "0.1"},
    "ng/dL": {"ng/L": "0.1", "pg/mL": "0.1", "ng/mL": "100"},
    "m[iU]/L": {"u[iU]/mL": "1"},
    "m[iU]/mL": {"U/L": "1", "m[iU]/L": "0.001"},
    "10*3/uL": {"10*9/L": "1", "/uL": "0.001"},
    "mmol/L": {"meq/L": "1"},
    # The codes kept in this unit name the body surface themselves; many laboratories then leave it out.
    "mL/min/{1.73_m2}": {"mL/min": "1"},
    "ms": {"s": "1000"},
    "{score}": {"1": "1", "": "1", "{nominal}": "1"},
    "1": {"": "1"},
}  # fmt: skip
_FACTORS_OF: Final[Mapping[str, Mapping[str, str]]] = {
    "lab:bilirubin": {"umol/L": "0.05847", "mmol/L": "58.47"},
    "lab:bilirubin-direct": {"umol/L": "0.05847", "mmol/L": "58.47"},
    "lab:creatinine": {"umol/L": "0.011312", "mmol/L": "11.312"},
    "lab:glucose": {"mmol/L": "18.016"},
    "lab:free-t4": {"pmol/L": "0.077687"},
}


def in_unit(number: Decimal, given: str, wanted: str, concept: str) -> Decimal | None:
    """The same amount in another unit.

    Missing: None where the unit is not known, or is not one this concept can be measured in.
    """
    unit = _SPELLED.get(given, given)
    try:
        if unit == wanted:
            return exact(number)
        if (unit, wanted) == ("[degF]", "Cel"):
            return _celsius(number)
        factor = _FACTORS_OF.get(concept, {}).get(unit) or _FACTORS.get(wanted, {}).get(unit)
        return exact_product(exact(number), Decimal(factor)) if factor else None
    except InputError:
        return None


def _celsius(fahrenheit: Decimal) -> Decimal:
    ninths = exact_product(exact_sum(fahrenheit, Decimal(-32)), Decimal(5))
    # Thermometers show tenths; a hundredth more keeps what they show.
    return (ninths / 9).quantize(Decimal("0.01"))
