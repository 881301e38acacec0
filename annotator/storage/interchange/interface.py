"""The small interface behind which every foreign format stands: it reads, it writes, it loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.session import Session
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.columns import TableColumns
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source


class TierUse(StrEnum):
    """What a tier (or column, or track) of a foreign file is taken for.

    `CODE`: it is one code, and what stands in it are notes. `VALUES`: what stands in it are codes,
    each annotation a tag of its value, and the tier itself is a coding pass. `TRANSCRIPT`: what
    stands in it was said by its participant. `LEAVE`: it is not taken, which is told.
    """

    CODE = "code"
    VALUES = "values"
    TRANSCRIPT = "transcript"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class TierFacts:
    """What a person must know of a tier to say what it is, and what it was taken for.

    `values` are the first few different things that stand in it.
    """

    name: str
    count: int
    values: tuple[str, ...]
    use: TierUse


@dataclass(frozen=True, slots=True)
class TablePreview:
    """The first rows of a table as they stand, and which column was taken for what.

    `sheets` are the sheets of its workbook that hold anything, in order; empty for a text.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: TableColumns
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person wants a foreign file read or written; what is empty is found out or guessed.

    `coder` is who coded where the file does not tell; `tiers` says for all tiers what they are,
    `tier_uses` for single ones by name; `columns` is which column of a table is what; `rate` is
    frames a second where times are counted in frames; `now` is ISO 8601 in UTC, for what is made;
    `only` is the id or title of the one session wanted of several; `as_tags` takes subtitles for
    tags rather than for what was said.
    """

    coder: str = ""
    encoding: str = ""
    tiers: TierUse | None = None
    tier_uses: Mapping[str, TierUse] = field(default_factory=dict)
    columns: TableColumns | None = None
    rate: str = ""
    now: str = ""
    only: str = ""
    as_tags: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a format found in a file.

    `counted_in` things that mean something stand in it, called `unit` ("annotations"), of which
    `carried` are in the sessions, as tags, cues, ratings or parts of them; each of the others is
    noted as not carried. `tiers` and `table` let a person correct what was guessed.
    """

    sessions: tuple[Session, ...]
    counted_in: int
    carried: int
    unit: str
    tiers: tuple[TierFacts, ...] = ()
    table: TablePreview | None = None


Reader = Callable[[Source, Wishes, Notes], Found]
Writer = Callable[[Sequence[Session], Wishes, Notes], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which coded sessions are exchanged.

    `suffixes` are those of its files, with their dot, the usual one first. `claims` tells from a
    file's beginning whether it is of this format, whatever it is called. `read` and `write` are
    None where the format is not read or not written; a format that `holds_several` is given all
    sessions at once. `loses` says in words what the format has no place for, whatever stands in
    the session.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    claims: Callable[[Source], bool]
    read: Reader | None = None
    write: Writer | None = None
    loses: tuple[str, ...] = ()
    holds_several: bool = False


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
