"""How far each clip of a reel is follows from how far the reel is, and never goes back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.jobs.reel_parts import ClipLayout, Leg
from annotator.jobs.reel_progress import ClipsTold, clips_done
from annotator.model import ZERO, Interval, Micros
from annotator.model.clipping import Stretch
from annotator.model.time import SECOND


def laid(*seconds: int) -> list[ClipLayout]:
    """Lay out clips of these lengths, one after another, without cards."""
    found, at = [], ZERO
    for length in seconds:
        span = Interval(ZERO, Micros(length * SECOND))
        found.append(ClipLayout(Stretch(span), at, (), (Leg(span),), ()))
        at = Micros(at + span.length)
    return found


@dataclass
class Hearer:
    """Hears of parts, and stops the work where it is told to."""

    stops: bool = False
    heard: list[tuple[str, float]] = field(default_factory=list)

    def progress(self, fraction: float, text: str) -> None:
        self.heard.append((text, fraction))

    def part(self, name: str, fraction: float) -> None:
        self.heard.append((name, fraction))

    def cancelled(self) -> bool:
        return self.stops


@pytest.mark.parametrize(
    ("fraction", "looking", "found"),
    [
        (0.0, 0.0, [0.0, 0.0]),
        (0.25, 0.0, [1.0, 0.0]),
        (0.625, 0.0, [1.0, 0.5]),
        (0.125, 0.5, [0.25, 0.0]),
        (0.5, 0.5, [0.5, 0.5]),
        (0.625, 0.5, [1.0, 0.5]),
        (1.0, 0.5, [1.0, 1.0]),
    ],
)
def test_clips_are_looked_through_and_then_written_one_after_another(
    fraction: float, looking: float, found: list[float]
) -> None:
    assert clips_done(laid(1, 3), fraction, looking) == pytest.approx(found)


@given(
    st.lists(st.integers(1, 900), min_size=1, max_size=9),
    st.lists(st.floats(0, 1), min_size=2, max_size=9),
    st.sampled_from([0.0, 0.5]),
)
def test_no_clip_ever_goes_back_and_all_are_done_in_the_end(
    seconds: list[int], fractions: list[float], looking: float
) -> None:
    layouts = laid(*seconds)
    rows = [clips_done(layouts, one, looking) for one in sorted(fractions)]
    for column in zip(*rows, strict=True):
        assert list(column) == sorted(column)
        assert all(0 <= one <= 1 for one in column)
    assert clips_done(layouts, 1.0, looking) == [1.0] * len(layouts)
    assert all(one < 1 for one in clips_done(layouts, 0.0, looking))


def test_a_clip_is_told_only_where_it_came_further() -> None:
    hearer = Hearer()
    watcher = ClipsTold(hearer, ("a.mp4", "b.mp4"), laid(1, 3), 0.0)
    watcher.progress(0.1, "reel.mp4")
    assert hearer.heard == [("reel.mp4", 0.1)]
    hearer.heard.clear()
    watcher.part("reel.mp4", 0.25)
    assert hearer.heard == [("reel.mp4", 0.25), ("a.mp4", 1.0)]
    hearer.heard.clear()
    watcher.part("reel.mp4", 0.625)
    assert hearer.heard == [("reel.mp4", 0.625), ("b.mp4", 0.5)]
    assert not watcher.cancelled()
    hearer.stops = True
    assert watcher.cancelled()
