"""What is drawn up for a dose, whether it is that dose, and how fast it runs.

Two people read label and syringe, each for themselves; a slip of ten, which a syringe of 10, 50 and 100 mg/mL
invites, is said as what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kap.dosing.answers import caution, not_today, proceed, read_again, unanswered
from kap.dosing.limits import LiquidLimits
from kap.vocabulary.decimals import Rounding
from kap.vocabulary.errors import InputError
from kap.vocabulary.findings import Finding
from kap.vocabulary.quantities import Concentration, Mass, Volume, VolumeRate
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Route
from kap.vocabulary.sentences import Sentence, placeholders_of, sentence
from kap.vocabulary.spans import Span

CONCENTRATION, DRAWN_VOLUME = "concentration", "drawn-volume"
_TEN = 10

_NAME_IT = sentence("Nobody has read the concentration off the label.")
_READ_LABEL = sentence("Read the concentration off the label, and write it down.")
_UNUSUAL = "{read} is not a concentration this drug comes in: {known}."
_MISMATCH = "The label reads {read}, and the container was received as {logged}."
_MISMATCH_TEN = "The label reads {read}, and the container was received as {logged}: a slip of ten."
_UNDILUTED = "{read} is not given undiluted into a vein."
_DILUTE = sentence("Say what volume it is made up to, or draw from a weaker container.")
_AGREES = "The label reads {read}."
_OTHER_LABEL = sentence("Another reading of the label.")
_NOT_THE_DOSE = "{drawn} was drawn; {dose} at {concentration} is {right}."
_NOT_THE_DOSE_TEN = "{drawn} was drawn; {dose} at {concentration} is {right}: a slip of ten."
_DRAW_AGAIN = sentence("Look at the syringe again. If it holds another volume, waste it and draw again.")
_TINY = "{drawn} is less than {smallest}, the least a syringe measures well."
_WEAKER = sentence("A weaker container.")
_IS_THE_DOSE = "{drawn} at {concentration} is {dose}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What is drawn from a container, what it is made up to, and how fast that runs.

    Missing: `made_up_to` is None where it is given undiluted, `rate` where nothing is infused.
    """

    drawn: Volume
    concentration: Concentration
    made_up_to: Volume | None
    rate: VolumeRate | None

    @property
    def dose(self) -> Mass:
        """What the syringe holds, exactly."""
        return self.concentration * self.drawn


def prepare(
    dose: Mass, concentration: Concentration, limits: LiquidLimits, *, made_up_to: Volume | None = None,
    over: Span | None = None,
) -> Preparation:  # fmt: skip
    """Turns a dose into a volume and a rate; the volume is rounded down to what a syringe shows.

    Raises: InputError when the dose is too little to measure, or more than it is to be made up to.
    """
    drawn = (dose / concentration).rounded(limits.drawn_step.at, Rounding.DOWN)
    if not drawn.amount:
        raise InputError(f"{dose} at {concentration} is too little to draw: use a weaker container.")
    if made_up_to is not None and made_up_to < drawn:
        raise InputError(f"{drawn} does not fit into {made_up_to}: make it up to more.")
    rate = None
    if over is not None:
        rate = ((made_up_to or drawn) / over).rounded(limits.rate_step.at, Rounding.HALF_EVEN)
    return Preparation(drawn=drawn, concentration=concentration, made_up_to=made_up_to, rate=rate)


def is_drawn_up(ordered: Mass, drawn: Mass, limits: LiquidLimits) -> bool:
    """Whether an order is drawn, but for less than one mark of the strongest container holds."""
    mark = max(limits.concentrations.at) * limits.drawn_step.at
    return drawn >= ordered or (drawn.amount > 0 and ordered - drawn < mark)


def concentration_guard(
    read: Concentration | None, logged: Concentration, route: Route, limits: LiquidLimits,
    *, made_up_to: Volume | None = None,
) -> Finding:  # fmt: skip
    """Compares what is read off the label with what the container was received as.

    Missing: a label nobody has read is not known to agree.
    """
    known = limits.concentrations
    if read is None:
        return unanswered(CONCENTRATION, _NAME_IT, known.source, _READ_LABEL)
    said = {"read": read, "logged": logged, "known": ", ".join(str(one) for one in known.at)}
    if read != logged:
        template = _MISMATCH_TEN if _is_slip_of_ten(read, logged) else _MISMATCH
        return read_again(CONCENTRATION, _filled(template, said), known.source, _OTHER_LABEL)
    if read not in known.at:
        return read_again(CONCENTRATION, _filled(_UNUSUAL, said), known.source, _OTHER_LABEL)
    strong = limits.diluted_from
    if route is Route.IV and read >= strong.at and made_up_to is None:
        return not_today(CONCENTRATION, _filled(_UNDILUTED, said), strong.source, _DILUTE)
    return proceed(CONCENTRATION, _filled(_AGREES, said), known.source, _OTHER_LABEL)


def drawn_volume_guard(drawn: Volume, right: Preparation, limits: LiquidLimits) -> Finding:
    """Compares what a person reads off the syringe with what the dose comes to."""
    said = {
        "drawn": drawn,
        "right": right.drawn,
        "dose": right.dose,
        "concentration": right.concentration,
        "smallest": limits.smallest_drawn.at,
    }
    source = limits.drawn_step.source
    if drawn != right.drawn:
        is_ten = _is_slip_of_ten(drawn, right.drawn)
        template = _NOT_THE_DOSE_TEN if is_ten else _NOT_THE_DOSE
        return read_again(DRAWN_VOLUME, _filled(template, said), source, _DRAW_AGAIN)
    if drawn < limits.smallest_drawn.at:
        return caution(DRAWN_VOLUME, _filled(_TINY, said), limits.smallest_drawn.source, _WEAKER)
    return proceed(DRAWN_VOLUME, _filled(_IS_THE_DOSE, said), source, _DRAW_AGAIN)


def _is_slip_of_ten(one: Quantity, other: Quantity) -> bool:
    return one.times(_TEN).amount == other.amount or other.times(_TEN).amount == one.amount


def _filled(template: str, said: Mapping[str, object]) -> Sentence:
    return Sentence(template, {name: said[name] for name in placeholders_of(template)})
