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
    FigureKind.BARCODE: "Every tag over time, a lane a code",
    FigureKind.RATES: "Rates per 10 minutes, a bar a session or coder",
    FigureKind.COUNTS: "Counts, a bar a session or coder",
    FigureKind.STATES: "Which stretch was when, a band a group",
    FigureKind.CUMULATIVE: "How the counts grow over time",
    FigureKind.TRANSITIONS: "Which code follows which, as a map",
    FigureKind.GRAPH: "Which code follows which, as arrows",
    FigureKind.TALK: "Shares of talk over time",
    FigureKind.SILENCES: "How long the silences are",
    FigureKind.MATRIX: "Where two coders agree and differ",
    FigureKind.BLAND_ALTMAN: "How far two coders' counts lie apart",
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
