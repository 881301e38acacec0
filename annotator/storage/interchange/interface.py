"""The small interface behind which every format of transcripts stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.report import Notes


@dataclass(frozen=True, slots=True)
class ReadCues:
    """What a format found in a file: its cues in order, and how many stood there.

    `extra` is what belongs to no cue and the format wants back when it writes.
    """

    cues: tuple[Cue, ...]
    counted_in: int
    language: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TranscriptFormat:
    """A format in which transcripts are exchanged.

    `suffixes` are those of its files, with their dot. `claims` tells of a file's lines whether
    they are of this format. `read` takes lines, and `write` gives the text of a file. `loses` says
    in words what the format has no place for.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    claims: Callable[[Sequence[str]], bool]
    read: Callable[[Sequence[str], Notes], ReadCues]
    write: Callable[[Transcript, Notes], str]
    loses: tuple[str, ...]
