"""Measures the player beside mpv, OpenCV and ffmpeg: `python -m tests.benchmarks.player`.

Ours is measured from the wish to the picture as the window paints it, mpv's from the command to
its word that the frame is there (it paints none, but while it plays). `--quick` measures less.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import cv2

from annotator.gui.app import make_application
from annotator.gui.player import film_sound
from annotator.gui.player.picture import PictureView
from annotator.gui.player.player import Player
from annotator.gui.player.sound_output import SoundError
from annotator.gui.theme import light
from tests.benchmarks import mpv
from tests.benchmarks.player_driver import Driver
from tests.benchmarks.player_films import FPS, film_of
from tests.benchmarks.player_several import several
from tests.benchmarks.start import x_server
from tests.benchmarks.table import Row, print_table

PICTURES_MB, PROGRAM_MB = 512, 250
HELD = 300
KEY_MS = 40
LATELY = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured; `long` is how many minutes the longer film has."""

    long: int = 60
    places: int = 20
    openings: int = 5
    played: int = 60
    wandered: int = 60


QUICK = Plan(5, 6, 3, 20, 10)


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds that each kind of move took."""

    back: list[float] = field(default_factory=list)
    forward: list[float] = field(default_factory=list)
    jump: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    open: list[float] = field(default_factory=list)
    open_long: list[float] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    ready_long: list[float] = field(default_factory=list)


def measure(plan: Plan) -> None:
    """Measure and print."""
    film, long_film = film_of(60), film_of(plan.long * 60)
    dice = random.Random(11)
    places = [dice.randrange(310, 1490) for _ in range(plan.places)]
    with silent_driver() as driver:
        ours, theirs = _in_turns(driver, places, (film, long_film), plan.openings)
        print_table(f"Player, median of {plan.places}; beside it mpv", _rows(plan, ours, theirs))
        print_table("  the same by other means", _other_means(film, places))
        driver.open(film)
        late = [_late(driver, place) for place in sorted(places)[-2:]]
        title = f"Back-step held for {HELD} frames, {1000 // KEY_MS} a second"
        print_table(title, [Row("not shown in time", max(late), most=HELD * 0.05)], "frames")
        _print_dragging(driver)
        _print_playing(driver, film, plan)
        rows = several(driver, plan.played - 15)
        print_table("Four recordings of 720p25 at once", rows, "as said")
    _print_memory(plan)


@contextmanager
def silent_driver() -> Iterator[Driver]:
    """Make a player whose pictures are painted, on a machine that has no sound output."""

    def refuse(*_wanted: object) -> None:
        raise SoundError("There is no sound output here.")

    found, film_sound.open_sound_output = film_sound.open_sound_output, refuse
    player = Player(picture_memory=PICTURES_MB << 20)
    driver = Driver(player)
    view = PictureView(light())
    view.resize(1280, 720)
    view.show()
    player.frame_changed.connect(lambda frame: view.show_frame(frame.image))
    player.playing_changed.connect(lambda on: view.set_playing(playing=on))
    try:
        yield driver
    finally:
        player.shut_down()
        view.close()
        film_sound.open_sound_output = found


def _in_turns(
    driver: Driver, places: Sequence[int], films: tuple[Path, Path], openings: int
) -> tuple[Taken, Taken]:
    """Take all moves on both in turns, since a machine may be slower for a while."""
    ours, theirs = Taken(), Taken()
    with mpv.waiting_mpv() if mpv.is_installed() else nullcontext() as other:
        for _ in range(openings):
            _open(driver, other, films[1], (ours.open_long, ours.ready_long), theirs.open_long)
            _open(driver, other, films[0], (ours.open, ours.ready), theirs.open)
        for at, place in enumerate(places):
            _moves(driver, places[max(at - LATELY + 1, 0)], place, ours)
            if other is not None:
                _their_moves(other, place, theirs)
    return ours, theirs


def _open(
    driver: Driver,
    other: mpv.Mpv | None,
    film: Path,
    ours: tuple[list[float], list[float]],
    theirs: list[float],
) -> None:
    for column, taken in zip(ours, driver.open(film), strict=True):
        column.append(taken)
    driver.rest()
    if other is not None:
        theirs.append(other.open(film))


def _moves(driver: Driver, earlier: int, place: int, taken: Taken) -> None:
    taken.jump.append(driver.jump(place))
    driver.rest()
    taken.back.append(driver.step(-1))
    driver.rest()
    taken.forward.append(driver.step(1))
    if earlier != place:
        taken.again.append(driver.jump(earlier))


def _their_moves(other: mpv.Mpv, place: int, taken: Taken) -> None:
    taken.jump.append(other.jump(place / FPS))
    taken.back.append(other.step_back())
    taken.forward.append(other.step())


def _rows(plan: Plan, ours: Taken, theirs: Taken) -> list[Row]:
    back = _middle(theirs.back)
    return [
        Row("one step back, after a rest", median(ours.back), None, back, most_ratio=0.02),
        Row("  the worst of them", max(ours.back), None, back, most_ratio=0.1),
        _row("one step forward, after a rest", ours.forward, theirs.forward, 1),
        _row("jump to a random frame", ours.jump, theirs.jump, 1),
        Row("  again to a place seen lately", median(ours.again), max(ours.again), most=10),
        _row("open a minute to the first picture", ours.open, theirs.open, 1.5),
        Row("  until it can be stepped through", median(ours.ready), max(ours.ready)),
        _row(
            f"open {plan.long} minutes to the first picture", ours.open_long, theirs.open_long, 1.5
        ),
        Row("  until it can be stepped through", median(ours.ready_long), max(ours.ready_long)),
    ]


def _row(name: str, ours: list[float], theirs: list[float], most_ratio: float) -> Row:
    return Row(name, median(ours), max(ours), _middle(theirs), most_ratio=most_ratio)


def _middle(values: list[float]) -> float | None:
    return median(values) if values else None


def _other_means(film: Path, places: Sequence[int]) -> list[Row]:
    """Jump with OpenCV, in an open film, and with ffmpeg, which starts anew each time."""
    capture = cv2.VideoCapture(str(film))
    jumps = [_timed(lambda at=at: _captured(capture, at)) for at in places]
    backs = [_timed(lambda at=at: _captured(capture, at)) for at in range(900, 895, -1)]
    capture.release()
    rows = [
        Row("OpenCV: one step back", median(backs), max(backs)),
        Row("OpenCV: jump to a random frame", median(jumps), max(jumps)),
    ]
    if shutil.which("ffmpeg") is not None:
        cuts = [_timed(lambda at=at: _cut(film, at)) for at in places[:5]]
        rows.append(Row("ffmpeg: one random frame", median(cuts), max(cuts)))
    return rows


def _captured(capture: cv2.VideoCapture, index: int) -> None:
    capture.set(cv2.CAP_PROP_POS_FRAMES, index)
    if not capture.read()[0]:
        raise RuntimeError(f"OpenCV gave no frame {index}")


def _cut(film: Path, index: int) -> None:
    words = ["ffmpeg", "-v", "error", "-ss", str(index / FPS), "-i", str(film)]
    subprocess.run([*words, "-an", "-frames:v", "1", "-f", "null", "-"], check=True)


def _timed(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def _late(driver: Driver, place: int) -> int:
    driver.jump(place)
    driver.rest()
    return HELD - driver.hold(-1, HELD, KEY_MS)


def _print_dragging(driver: Driver) -> None:
    gaps, rest = driver.drag(1400, 4, 16)
    rows = [
        Row("between two pictures, median and worst", median(gaps), max(gaps)),
        Row("from the hand's rest to the frame itself", rest),
    ]
    print_table("Dragged through a minute in 4 s", rows)


def _print_playing(driver: Driver, film: Path, plan: Plan) -> None:
    driver.jump(0)
    driver.rest()
    seconds = plan.played - 1
    shown, ours = driver.play(seconds)
    expected = seconds * FPS
    print_table(
        f"Playing {seconds} s of 1080p25",
        [Row("not shown", max(expected - shown, 0), most=expected * 0.01)],
        "frames",
    )
    theirs, words = None, "nothing"
    if mpv.is_installed():
        with painting_place() as (output, environment):
            theirs = mpv.play_through(film, seconds, output, environment) * 1000
            words = f"mpv --vo={output}"
    row = Row("processor time", ours * 1000, floor=theirs, most_ratio=1.5)
    print_table(f"  the same, in a window of 1280 x 720; beside it {words}", [row])


@contextmanager
def painting_place() -> Iterator[tuple[str, dict[str, str]]]:
    """Give mpv's output for a screen in memory, or none where there is no X server to be had."""
    if shutil.which("Xvfb") is None:
        yield "null", {}
        return
    with x_server() as display:
        yield "x11", {"DISPLAY": display}


def _print_memory(plan: Plan) -> None:
    words = [sys.executable, "-m", "tests.benchmarks.player", "--wander", str(plan.wandered)]
    words += ["--long", str(plan.long)]
    child = subprocess.run(words, check=True, capture_output=True, text=True)
    megabytes = float(child.stdout.split()[-1])
    title = f"{plan.long} minutes open and stepped through for {plan.wandered} s"
    limit = PICTURES_MB + PROGRAM_MB
    print_table(title, [Row("most memory", megabytes, most=limit)], "megabytes")


def wander(seconds: int, minutes: int) -> None:
    """Step through a film so long, and print how many megabytes that took at most."""
    with silent_driver() as driver:
        driver.open(film_of(minutes * 60))
        driver.wander(seconds)
    sys.stdout.write(f"{_most_memory():.1f}\n")


def _most_memory() -> float:
    """Give the most megabytes this program had in memory at once.

    The usual count would begin with what the program that started this one had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / (1 << 20)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="measure less")
    parser.add_argument("--wander", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--long", type=int, default=60, help=argparse.SUPPRESS)
    words = parser.parse_args()
    application = make_application()
    if words.wander is not None:
        wander(words.wander, words.long)
    else:
        measure(QUICK if words.quick else Plan())
    del application
