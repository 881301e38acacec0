"""Packs to teach from, with everything in them that a pack can have."""

from __future__ import annotations

from pathlib import Path

from annotator.model.clip import Clip, Pause
from annotator.model.time import Micros
from annotator.reports.packs.pack import Mark, Pack, PackClip, Row

START = Micros(83_480_000)
"""Where in its session the first clip of `sample_pack` starts."""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d76368"
    "606000000004000100f6173855000000004945 4e44ae426082".replace(" ", "")
)


def at(seconds: float, start: Micros = START) -> Micros:
    """Give a moment of the session, counted from where a clip starts."""
    return Micros(start + round(seconds * 1_000_000))


def first_clip(media: Path) -> PackClip:
    """Give a clip of three seconds that asks before, twice between and after, and warns."""
    clip = Clip(
        "clip-id-7f3a",
        START,
        at(3),
        title="Rolling with “resistance”",
        notes="Let them answer before you go on.\nSee chapter 4.",
        aim="Hear the difference between a simple and a complex reflection.",
        question_before="What does the client want,\nand what keeps her from it?",
        question_after="What would you have said next?",
        pauses=(
            Pause(at(1), "Is this a reflection or a question?"),
            Pause(at(2), "What does the silence do?"),
        ),
        warning="The client speaks of her late brother.",
        tags=("tag-id-91bc", "tag-id-92bc"),
    )
    rows = (
        Row(at(0.1), at(0.9), "Client", "I do not know. Everyone says I should stop."),
        Row(at(0.9), at(1.9), "T01", "You are tired of being told & <asked>."),
        Row(at(2.0), at(2.9), "", "[silence 6 s]"),
    )
    return PackClip(
        clip,
        media,
        PNG,
        rows,
        rows,
        (Mark(at(0.9), "Complex reflection"), Mark(at(2), "Silence")),
        "S014",
        "T01",
        "learners",
        "2027-03-31",
        "faces, voice",
    )


def second_clip(media: Path) -> PackClip:
    """Give a clip of three seconds with one question and little else."""
    start = Micros(600_000_000)
    clip = Clip(
        "clip-id-8b2c",
        start,
        at(3, start),
        title="Arguing for change",
        aim="See how a direct answer meets the same client.",
        pauses=(Pause(at(1.5, start), "What did her face do just now?"),),
    )
    rows = (
        Row(at(0.2, start), at(1.2, start), "T02", "But surely you see that it harms you?"),
        Row(at(1.3, start), at(2.6, start), "Client", "Yes, but …"),
    )
    return PackClip(
        clip, media, None, rows, rows, (Mark(at(0.2, start), "Confront"),), "S021", "T02"
    )


def sample_pack(first: Path, second: Path) -> Pack:
    """Give a pack of two clips by two therapists."""
    return Pack(
        "Meeting ambivalence",
        (first_clip(first), second_clip(second)),
        "en",
        "2026-12-01",
        "learners",
        "2027-01-31",
    )
