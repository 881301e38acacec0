"""The pictures of several recordings as one: each shows the frame on screen at that moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from annotator.media.clips.moments import Running, moments_of
from annotator.media.clips.painting import BLACK, black, draw, fill
from annotator.media.clips.panes import Board
from annotator.media.clips.shaping import Colours, labelled
from annotator.media.clips.stretch import Stretch
from annotator.media.clips.taken import Film, Showing
from annotator.media.encoder_picture import copied
from annotator.media.frame import Frame
from annotator.model import Interval, Micros

_MICRO = Fraction(1, 1_000_000)
_NOT_RUNNING = 40
"""How light a field is whose recording does not run."""


@dataclass(slots=True)
class ComposedFrames:
    """The pictures of a clip whose films stand side by side or one in the other.

    `start` and `end` are on the session's clock. `lost` fills with the moments, on that clock,
    of frames that are damaged.
    """

    films: tuple[Film, ...]
    board: Board
    start: Micros
    end: Micros
    stretch: Stretch = field(init=False)
    lost: list[Micros] = field(default_factory=list)
    _first: Frame | None = None

    def __post_init__(self) -> None:
        running = [Running(film.rate, film.span, film.times) for film in self.films]
        moments = moments_of(running, Interval(self.start, self.end))
        ticks = tuple(moment - self.start for moment in moments)
        self.stretch = Stretch(0, len(ticks) - 1, ticks, self.end - self.start, _MICRO)

    @property
    def pixel_aspect(self) -> Fraction:
        """The width of a pixel by its height: films whose pixels are not square are fitted."""
        return Fraction(1)

    @property
    def last_time(self) -> Micros:
        """When the last picture comes, on the session's clock."""
        return Micros(self.start + self.stretch.ticks[-1])

    @property
    def first(self) -> Frame:
        """The picture with which the clip begins.

        Raises MediaError where a frame in it is damaged.
        """
        if self._first is None:
            self._first = self._composed(0, self._showings(), None)
        return self._first

    def pairs(self) -> Iterator[tuple[int, Frame]]:
        """Yield each picture with its place in the clip, counted from 0.

        Raises MediaError where so many frames are damaged that something would be missed.
        """
        showings, before = self._showings(), None
        for place in range(len(self.stretch.ticks)):
            before = self._composed(place, showings, before)
            yield place, before
        self.lost.clear()
        for showing, film in zip(showings, self.films, strict=True):
            showing.finish()
            lost = film.frames.lost if film.frames is not None else []
            self.lost.extend(Micros(time + film.take.offset) for time in lost)

    @property
    def _colours(self) -> Colours:
        return self.films[0].colours

    def _showings(self) -> list[Showing]:
        matrix = self._colours.matrix
        panes = self.board.panes
        return [
            Showing(film, (pane.width, pane.height), matrix)
            for film, pane in zip(self.films, panes, strict=True)
        ]

    def _composed(self, place: int, showings: Sequence[Showing], before: Frame | None) -> Frame:
        """Draw the picture of a place in a new one, over what stays of the one before."""
        time = Micros(self.start + self.stretch.ticks[place])
        board = self.board
        picture = black(board.width, board.height) if before is None else copied(before.picture)
        for number, (showing, pane) in enumerate(zip(showings, board.panes, strict=True)):
            if number:
                fill(picture, pane.grown(board.line), BLACK)
            shown = showing.at(time)
            if shown is None:
                fill(picture, pane, _NOT_RUNNING)
            else:
                draw(picture, pane, shown)
        return Frame(place, time, labelled(picture, self._colours))
