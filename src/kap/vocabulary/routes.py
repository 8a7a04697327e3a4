"""What is given and how: one list of drugs and one of routes, the same in every room."""

from enum import Enum


class Drug(Enum):
    """What is given."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"


class Route(Enum):
    """How it is given."""

    IV = "iv"
    IM = "im"
    SC = "sc"
    SL = "sl"
    IN = "in"
    PO = "po"
