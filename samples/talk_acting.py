"""Turns the sound of the talk into a pose of each person for each frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from talk_people import Pose
from talk_script import SILENCES, Role
from talk_voices import RATE

if TYPE_CHECKING:
    from talk_voices import Samples, Talk

FPS = 25
_SPEECH = 0.13
"""The loudness at which a mouth is wide open."""


@dataclass(frozen=True, slots=True)
class Curves:
    """One person's movement, one number a frame, each from 0 to 1."""

    mouth: Samples
    wide: Samples
    talking: Samples
    down: Samples
    grave: Samples
    nod: Samples


def act(talk: Talk) -> dict[Role, list[Pose]]:
    """Give each person's pose for every frame of the film."""
    curves = {role: _curves(talk, role) for role in Role}
    frames = talk.duration * FPS // 1000
    return {role: [_pose(role, curves[role], at) for at in range(frames)] for role in Role}


def _curves(talk: Talk, role: Role) -> Curves:
    loudness, bright = _heard(talk.voices[role])
    talking = _softened((loudness > _SPEECH / 12).astype(float), 9)
    grave = _lowered(talk, len(loudness))
    return Curves(
        mouth=np.clip(loudness / _SPEECH, 0, 1) ** 0.75,
        wide=_softened(bright, 0.8),
        talking=talking,
        down=grave if role is Role.CLIENT else 0 * grave,
        grave=_softened(grave, 25),
        nod=_nods(talk, role, len(loudness)),
    )


def _heard(voice: Samples) -> tuple[Samples, Samples]:
    """Measure each frame's loudness, and how bright its sound is (round to spread lips)."""
    framed = voice.reshape(-1, RATE // FPS)
    loudness = np.sqrt((framed**2).mean(axis=1))
    crossings = (np.diff(np.signbit(framed), axis=1) != 0).mean(axis=1)
    return loudness, np.clip(crossings / 0.12, 0, 1)


def _softened(curve: Samples, frames: float) -> Samples:
    return cv2.GaussianBlur(curve.reshape(-1, 1), (1, 0), sigmaX=frames, sigmaY=frames).ravel()


def _lowered(talk: Talk, frames: int) -> Samples:
    """Let the client's eyes sink in the two long silences and come up again in speaking."""
    curve = np.zeros(frames)
    for one, before in zip(talk.spoken[1:], talk.spoken, strict=False):
        if one.line.pause in SILENCES[:2]:
            deep = 1.0 if one.line.pause == max(SILENCES) else 0.8
            first = (before.end + 500) * FPS // 1000
            last = (one.start + round(450 * one.line.pause / 3)) * FPS // 1000
            curve[first:last] = deep
    return _softened(curve, 7)


def _nods(talk: Talk, role: Role, frames: int) -> Samples:
    """Let the listener nod where the other ends a sentence, and the speaker a little at onsets."""
    curve = np.zeros(frames)
    for one in talk.spoken:
        if one.line.role is role:
            for onset in one.sentences:
                curve[onset * FPS // 1000] += 3.0
        elif role is Role.THERAPIST:
            for begin in (one.end - 250, one.end + 200):
                curve[min(begin * FPS // 1000, frames - 1)] += 7.0
    return _softened(curve, 3.2)


def _pose(role: Role, curves: Curves, at: int) -> Pose:
    time = at / FPS
    late = 0.0 if role is Role.CLIENT else 1.7
    talking = float(curves.talking[at])
    sway = math.sin(0.53 * time + late) + 0.6 * math.sin(1.31 * time + 2.1 * late)
    wave = 0.5 + 0.5 * math.sin(1.1 * time + late) * math.sin(2.3 * time)
    return Pose(
        mouth=float(curves.mouth[at]),
        wide=float(curves.wide[at]),
        blink=_blink(time, late),
        down=float(curves.down[at]),
        hand=talking * wave * (0.75 if role is Role.CLIENT else 0.4),
        breath=1.1 * math.sin(math.tau * time / (4.1 + 0.3 * late)),
        nod=2.6 * float(curves.nod[at]) + 0.9 * talking * math.sin(5.1 * time + late),
        turn=1.1 * sway + 1.3 * talking * math.sin(2.7 * time),
        smile=(0.25 if role is Role.CLIENT else 0.75) * (1 - float(curves.grave[at])),
        gaze=0.75 + 0.25 * math.sin(0.37 * time + late) - 0.9 * talking * _glance(time + late),
    )


def _blink(time: float, late: float) -> float:
    """Close the lids for about a fifth of a second every few seconds, never quite evenly."""
    moment = late
    count = 0
    while moment < time - 0.3:
        count += 1
        moment += 2.3 + 2.2 * math.modf(abs(math.sin(12.9898 * (count + late))) * 437.585)[0]
    return max(0.0, 1 - abs(time - moment) / 0.1)


def _glance(time: float) -> float:
    """Look past the other now and then, as speakers do when they search for words."""
    return max(0.0, math.sin(0.9 * time) * math.sin(0.41 * time)) ** 2
