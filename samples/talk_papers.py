"""Writes down what is said and what is true of the talk: the transcript and the truth."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from talk_script import SILENCES, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talk_voices import Spoken, Talk

    Stretch = tuple[int, int]


def transcript(talk: Talk) -> str:
    """Write the talk as WebVTT: one cue an utterance, each with its speaker."""
    blocks = ["WEBVTT", "NOTE Invented talk, spoken by synthetic voices; nobody in it exists."]
    for number, one in enumerate(talk.spoken, start=1):
        name = one.line.role.value.capitalize()
        words = html.escape(one.line.text, quote=False)
        times = f"{_vtt_time(one.start)} --> {_vtt_time(one.end)}"
        blocks.append(f"{number}\n{times}\n<v {name}>{words}")
    return "\n\n".join(blocks) + "\n"


def _vtt_time(millis: int) -> str:
    seconds, millis = divmod(millis, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{millis:03d}"


def truth(talk: Talk, film: str) -> str:
    """Write what is known of the film because the script placed it; times in seconds."""
    told = {
        "film": film,
        "duration": talk.duration / 1000,
        "voices": {role.value: _rows(voice_stretches(talk, role)) for role in Role},
        "silences": [_stretch(one) for one in silences(talk)],
        "overlaps": [_stretch(one) for one in overlaps(talk)],
        "utterances": [_utterance(one) for one in talk.spoken],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def voice_stretches(talk: Talk, role: Role) -> list[Stretch]:
    """List the stretches in which one voice sounds, in order, in milliseconds."""
    return [stretch for one in talk.spoken if one.line.role is role for stretch in one.sounding]


def silences(talk: Talk) -> list[Stretch]:
    """List the silences that the script asks for: from a voice's end to the next onset."""
    found = []
    for before, after in zip(talk.spoken, talk.spoken[1:], strict=False):
        if after.line.pause in SILENCES:
            found.append((before.end, after.start))
    return found


def overlaps(talk: Talk) -> list[Stretch]:
    """List the stretches in which both voices sound."""
    mine, yours = (voice_stretches(talk, role) for role in Role)
    shared = ((max(a, c), min(b, d)) for a, b in mine for c, d in yours)
    return sorted((start, end) for start, end in shared if start < end)


def _rows(stretches: Iterable[Stretch]) -> list[list[float]]:
    return [[start / 1000, end / 1000] for start, end in stretches]


def _stretch(stretch: Stretch) -> dict[str, float]:
    start, end = stretch
    return {"start": start / 1000, "end": end / 1000, "length": (end - start) / 1000}


def _utterance(one: Spoken) -> dict[str, object]:
    return {
        "speaker": one.line.role.value,
        "start": one.start / 1000,
        "end": one.end / 1000,
        "text": one.line.text,
        "codes": [
            {"code": code, "at": one.sentences[index] / 1000} for index, code in one.line.codes
        ],
    }
