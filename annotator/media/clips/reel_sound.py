"""The sound of a reel in one piece: each clip's begins at its sample, with silence between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from annotator.media.clips.reel_plan import ReelPlan
from annotator.media.clips.reel_wishes import ReelWish, Scene
from annotator.media.clips.resampling import resampled
from annotator.media.clips.source import open_source
from annotator.media.clips.wishes import Form
from annotator.media.sound_frames import Planes
from annotator.media.survey import Survey
from annotator.media.timebase import samples_at
from annotator.model import Micros

Known = Callable[[Scene], Survey | None]
"""Gives what is known of a clip's recording, so that it is read through but once."""

_PIECE_SECONDS = 1


def reel_sound(wish: ReelWish, plan: ReelPlan, heard: list[bool], known: Known) -> Iterator[Planes]:
    """Yield the sound of a reel; `heard` tells of each clip whether it has any.

    No part begins later for what was before it: each is counted from the reel's start.
    Raises MediaError where a recording cannot be read any more.
    """
    rate, channels = plan.sound_rate, plan.channels
    coming = iter(heard)
    for start, part in wish.placed():
        end = Micros(start + part.length)
        if not isinstance(part, Scene) or not next(coming):
            yield from _silence(samples_at(end, rate) - samples_at(start, rate), rate, channels)
            continue
        moving = samples_at(Micros(start + part.stands), rate)
        yield from _silence(moving - samples_at(start, rate), rate, channels)
        for piece in _scene_sound(part, rate, samples_at(end, rate) - moving, known(part)):
            yield piece if len(piece) == channels else np.repeat(piece, channels, axis=0)


def sample_count(wish: ReelWish, plan: ReelPlan) -> int:
    """Count the samples that the reel is to have."""
    return samples_at(wish.length, plan.sound_rate) if plan.channels else 0


def _scene_sound(scene: Scene, rate: int, samples: int, known: Survey | None) -> Iterator[Planes]:
    alone = replace(scene.wish, form=Form.WAV, target=Path())  # so that no picture is opened
    with open_source(alone, known) as source:
        if source.sound is not None:
            yield from resampled(source.sound, rate, samples)
        source.require_unchanged()


def _silence(samples: int, rate: int, channels: int) -> Iterator[Planes]:
    while samples > 0:
        count = min(samples, rate * _PIECE_SECONDS)
        samples -= count
        yield np.zeros((channels, count), np.float32)
