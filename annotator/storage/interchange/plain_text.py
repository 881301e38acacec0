"""A transcript as plain text for reading: a paragraph a cue, with its time and speaker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotator.model.time import to_clock
from annotator.model.transcript import Cue, Transcript


def plain_text(transcript: Transcript) -> str:
    """Write the cues in order, each as "0:01.000 Speaker: text" with an empty line after it."""
    return "\n".join(_paragraph(cue) for cue in transcript.cues)


def called(transcript: Transcript, names: Mapping[str, str]) -> Transcript:
    """Give the transcript with speakers called as `names` has it, by participant's id.

    A cue whose participant is not among them, or not known, keeps its label.
    """
    cues = (
        replace(cue, speaker=names.get(cue.participant, cue.speaker)) for cue in transcript.cues
    )
    return replace(transcript, cues=tuple(cues))


def _paragraph(cue: Cue) -> str:
    who = f" {cue.speaker}:" if cue.speaker else ""
    return f"{to_clock(cue.start)}{who} {' '.join(cue.text.split())}\n"
