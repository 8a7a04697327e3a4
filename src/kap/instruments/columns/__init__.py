"""The same scores for millions of rows at once, from the same definitions and with the same answers.

Decides: nothing of its own; whatever a row scores in `kap.instruments.scoring`, it scores here.
For: outcomes, registries, benchmarks.
Must not import: any room but vocabulary and this one. numpy is allowed here and nowhere else in the room.
"""

from kap.instruments.columns.result import ColumnScores
from kap.instruments.columns.scoring import BLANK, score_columns

__all__ = ["BLANK", "ColumnScores", "score_columns"]
