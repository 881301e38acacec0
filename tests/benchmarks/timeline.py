"""Measures the timeline with many tags: `python -m tests.benchmarks.timeline` prints a table."""

from __future__ import annotations

import gc
import os
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

import numpy as np
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from annotator.gui.app import make_application
from annotator.gui.theme import apply_theme, light
from annotator.gui.timeline.geometry import clamped, panned, zoomed
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.selecting import Selection, in_view
from annotator.gui.timeline.sound_lane import SOUND_HEIGHT, SoundLane, SoundState
from annotator.gui.timeline.strip import FilmStrip, StripPicture
from annotator.gui.timeline.view import TimelineView
from annotator.gui.timeline.wave import SoundWave
from annotator.media.levels import Levels
from annotator.media.peaks import Peaks
from annotator.media.sound_shape import SoundShape
from annotator.model import (
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    Group,
    Interval,
    Micros,
    Purpose,
    Recording,
    RecordingRole,
    Session,
    Tag,
    TagChange,
    tag_order,
)

FRAME = 40_000
FRAMES = 90_000  # an hour at 25 frames a second
HOUR = Micros(FRAMES * FRAME)
LANES, CODES = 6, 24
TIMES = 25
MUST = 16.0  # milliseconds: what a repaint may take while the film plays
SIZE = (1440, 300)


def session_of(count: int) -> Session:
    """Make an hour with so many tags, a third of them stretches, in six lanes."""
    dice = random.Random(7)
    codes = tuple(_code(number) for number in range(CODES))
    tags = [_tag(dice, number, codes) for number in range(count)]
    tags.sort(key=tag_order)
    film = Recording("r1", "film.mp4", RecordingRole.ROOM, Micros(0), HOUR, "f")
    groups = tuple(Group(f"g{number}", f"Group {number}") for number in range(LANES))
    return Session(
        "s",
        "An hour",
        Codebook("b", "1", "Book", groups=groups, codes=codes),
        Interval(Micros(0), HOUR),
        (film,),
        passes=(CodingPass("p", "A", Purpose.PRIMARY, "", tuple(tags)),),
    )


def _code(number: int) -> Code:
    kind = CodeKind.SPAN if number % 3 == 0 else CodeKind.POINT
    colour = f"#{(number * 40503 * 97) % 0xFFFFFF:06x}"
    group = f"g{number % LANES}"
    return Code(f"c{number}", f"Code number {number}", f"C{number}", group, colour, kind=kind)


def _tag(dice: random.Random, number: int, codes: tuple[Code, ...]) -> Tag:
    code = dice.choice(codes)
    start = dice.randrange(FRAMES - 200) * FRAME
    length = dice.randrange(1, 200) * FRAME if code.kind is CodeKind.SPAN else 0
    return Tag(f"t{number}", code.id, Micros(start), Micros(start + length))


def viewport_of(view: TimelineView) -> QWidget:
    """Give the widget that is painted."""
    found = view.viewport()
    if found is None:
        raise RuntimeError("the timeline has no viewport")
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """How long an act took over several goes, in milliseconds."""

    middle: float
    worst: float


def milliseconds(act: Callable[[int], object]) -> Taken:
    """Time an act; its first go, which may load a font, does not count."""
    taken = []
    for go in range(TIMES):
        before = perf_counter()
        act(go)
        taken.append((perf_counter() - before) * 1000)
    return Taken(median(taken[1:]), max(taken[1:]))


def painted(view: TimelineView, act: Callable[[int], object]) -> Callable[[int], object]:
    """Make an act that ends when its repaint has ended."""

    def both(go: int) -> None:
        act(go)
        viewport_of(view).repaint()

    return both


def measure(count: int) -> dict[str, Taken]:
    """Measure everything with so many tags."""
    session = session_of(count)
    view = TimelineView(light())
    view.resize(*SIZE)
    view.show()
    QApplication.processEvents()  # nothing is painted before the window is on screen
    gc.freeze()  # as the program does when a session is open
    found = {"open": milliseconds(lambda _go: view.show_session(session, "p"))}
    view.set_frame_times([Micros(index * FRAME) for index in range(FRAMES)])
    for name, length in (("whole", HOUR), ("1 min", 60_000_000), ("1 s", 1_000_000)):
        _show(view, length)
        found |= {f"{name}: {key}": value for key, value in _gestures(view).items()}
        _show(view, length)
        found |= {f"{name}: {key}": value for key, value in _dragging(view).items()}
    view.zoom_to_all()
    found |= _tagging(view, session)
    found |= _sounding(view)
    view.close()
    gc.unfreeze()
    return found


def _show(view: TimelineView, length: int) -> None:
    """Show so much time about the middle of the hour; all of it where it is the hour."""
    view.zoom_to_all()
    if length < HOUR:
        start = Micros(HOUR // 2 - length // 2)
        scale = replace(view.scale, start=start, length=Micros(length))
        view.pull(clamped(scale, view.scene.whole))


def _gestures(view: TimelineView) -> dict[str, Taken]:
    near = [Micros(HOUR // 2 + go * FRAME) for go in range(TIMES)]
    theme, scene, ways = light(), view.scene, (0.8, 1.25)

    def pan(go: int) -> None:
        view.pull(panned(view.scale, scene.whole, 90 if go % 2 else -90))

    def zoom(go: int) -> None:
        view.pull(zoomed(view.scale, scene.whole, scene.frame, ways[go % 2], SIZE[0] // 2))

    tags = scene.session.passes[0].tags if scene.session is not None else ()
    one = [Selection(frozenset({tags[go * len(tags) // TIMES].id})) for go in range(TIMES)]
    return {
        "playhead": milliseconds(painted(view, lambda go: view.set_position(near[go]))),
        "repaint all": milliseconds(painted(view, lambda _go: view.set_theme(theme))),
        "pan": milliseconds(painted(view, pan)),
        "zoom": milliseconds(painted(view, zoom)),
        "select one": milliseconds(painted(view, lambda go: view.set_selection(one[go]))),
        "find all in view": milliseconds(lambda _go: in_view(scene)),
    }


def _dragging(view: TimelineView) -> dict[str, Taken]:
    """Measure each move of the mouse: with one tag in the hand, and with all in view."""
    found = {}
    for name, selection in (
        ("drag one tag", Selection()),
        ("drag all in view", Selection(in_view(view.scene))),
    ):
        view.set_selection(selection)
        grip = _grip(view)
        if grip is None:
            continue
        port = viewport_of(view)
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=grip)
        QTest.mouseMove(port, grip + QPoint(9, 0))
        if selection.tags:  # the press of a view by itself selects nothing
            view.set_selection(selection)

        def move(go: int, grip: QPoint = grip, port: QWidget = port) -> None:
            QTest.mouseMove(port, grip + QPoint(10 + 2 * go, 0))

        found[name] = milliseconds(painted(view, move))
        QTest.keyClick(view, Qt.Key.Key_Escape)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=grip)
    view.set_selection(Selection())
    return found


def _grip(view: TimelineView) -> QPoint | None:
    """Find a pixel on the body of a tag; None where there is none in view."""
    for y in range(view.scene.top, view.scene.foot, 3):
        for x in range(SIZE[0] // 3, SIZE[0], 5):
            if view.hit_at(QPoint(x, y)).part is Part.BODY:
                return QPoint(x, y)
    return None


def _tagging(view: TimelineView, session: Session) -> dict[str, Taken]:
    code = session.codebook.codes[1].id
    new = [Micros(go * 41 * FRAME) for go in range(TIMES)]
    changes = [TagChange("p", None, Tag(f"n{go}", code, new[go], new[go])) for go in range(TIMES)]
    apply = milliseconds(lambda go: view.apply_changes(session, (changes[go],)))
    more = [replace(change, after=_later(change.after)) for change in changes]
    both = painted(view, lambda go: view.apply_changes(session, (more[go],)))
    return {"apply one tag": apply, "apply one tag and repaint": milliseconds(both)}


def _sounding(view: TimelineView) -> dict[str, Taken]:
    """Measure the same with an hour of sound drawn and pictures in the overview."""
    view.show_sound(SoundLane(SoundState.DRAWN, wave=SoundWave(_shape())))
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    times = range(0, HOUR, HOUR // 20)
    pictures = tuple(StripPicture(Micros(time), image) for time in times)
    view.show_strip(FilmStrip(Interval(Micros(0), HOUR), 16 / 9, pictures, is_whole=True))
    theme, found = light(), {}
    for name, notches in (("hour", 0), ("minutes", 6), ("seconds", 12), ("frames", 40)):
        view.zoom_to_all()
        for _ in range(notches):
            view.zoom_in()
        repaint = milliseconds(painted(view, lambda _go: view.set_theme(theme)))
        found[f"{name}, with sound: repaint all"] = repaint
        found[f"{name}, with sound: the wave alone"] = milliseconds(lambda _go: _draw(view))
    return found


def _draw(view: TimelineView) -> None:
    wave = view.sound.wave
    if wave is None:
        raise ValueError("the sound was to be drawn")
    scale = view.scale
    wave.image(scale.start, scale.end, (scale.width, SOUND_HEIGHT), light().line_strong, 1)


def _shape() -> SoundShape:
    dice = np.random.default_rng(7)
    highs = dice.integers(0, 32767, HOUR // 5000, np.int16)
    power = dice.random((HOUR // 10_000, 1), np.float32)
    peaks = Peaks(Micros(5000), np.stack([-highs, highs]))
    return SoundShape(peaks, Levels(power, Micros(10_000)))


def _later(tag: Tag | None) -> Tag:
    if tag is None:
        raise ValueError("a change that adds has a tag")
    moment = Micros(tag.start + 7 * FRAME)
    return replace(tag, id=f"{tag.id}-later", start=moment, end=moment)


def main(counts: tuple[int, ...] = (10_000, 100_000)) -> None:
    """Print the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    apply_theme(app, light())
    columns = [measure(count) for count in counts]
    out = sys.stdout
    out.write(f"\n{'Timeline (milliseconds, median and worst of ' + str(TIMES - 1) + ')':48}")
    out.write("".join(f"{count:>15,}" for count in counts) + " tags\n")
    for name in columns[0]:
        taken = [column[name] for column in columns if name in column]
        figures = "".join(f"{one.middle:8.2f}{one.worst:7.1f}" for one in taken)
        late = " over" if name != "open" and any(one.middle > MUST for one in taken) else ""
        out.write(f"{name:48}{figures}{late}\n")


if __name__ == "__main__":
    main()
