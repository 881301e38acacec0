"""The figures there are, and the views in which results are looked at, by name alone.

Nothing heavy is imported here, so that the window can list them as it starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FigureKind(StrEnum):
    """The figures there are."""

    BARCODE = "barcode"
    RATES = "rates"
    COUNTS = "counts"
    STATES = "states"
    CUMULATIVE = "cumulative"
    TRANSITIONS = "transitions"
    GRAPH = "graph"
    TALK = "talk"
    SILENCES = "silences"
    MATRIX = "matrix"
    BLAND_ALTMAN = "bland-altman"


ABOUT = {
    FigureKind.BARCODE: "Tags over time",
    FigureKind.STATES: "Stretches as bands",
    FigureKind.CUMULATIVE: "Counts growing over time",
    FigureKind.RATES: "Rates per 10 minutes",
    FigureKind.COUNTS: "Counts",
    FigureKind.TRANSITIONS: "What follows what, a map",
    FigureKind.GRAPH: "What follows what, arrows",
    FigureKind.TALK: "Shares of talk over time",
    FigureKind.SILENCES: "Lengths of silences",
    FigureKind.MATRIX: "Agreement matrix",
    FigureKind.BLAND_ALTMAN: "Counts of two coders",
}


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a session's results; `figure` where it is drawn."""

    id: str
    name: str
    figure: FigureKind | None = None


VIEWS: tuple[View, ...] = (
    View("summary", "Counts, rates and durations"),
    View("thirds", "The same for each third"),
    View("scores", "Ratings and scores"),
    View("talk", "Who speaks how much"),
    View("quiet", "Silences"),
    View("transitions", "Which code follows which"),
    View("agreement", "Agreement"),
    View("by-code", "Agreement on each code"),
    *(View(f"figure-{kind.value}", words, kind) for kind, words in ABOUT.items()),
)
