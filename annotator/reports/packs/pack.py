"""What a pack is made of; nothing but what stands here is ever written into one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.model.clip import Clip
from annotator.model.time import Micros


@dataclass(frozen=True, slots=True)
class Row:
    """What one person says, with times of the session; `speaker` is a code or role, no name.

    A row is written whole where it overlaps its clip, so it must hold no word from outside it.
    """

    start: Micros
    end: Micros
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag inside a clip: when it starts, in times of the session, and its code's name."""

    time: Micros
    label: str


@dataclass(frozen=True, slots=True)
class PackClip:
    """A clip that was cut, with what is shown beside it.

    `media` is the file to copy, whose first moment is the clip's start; neither its name nor its
    place is written anywhere. `poster` is a PNG or JPEG, shown before the film plays. `captions`
    lie over the film and `transcript` is read beside it. `session_code` and `therapist` are codes,
    which tell clips apart where two are compared; `therapist_name` stands for the latter elsewhere,
    and is there only within the team. `level`, `expiry` and `masked` are words for people, such as
    “learners”, “2027-03-31” and “faces, voice”. What is empty is not shown. Of `clip`, neither
    `id` nor `tags` is written: `marks` says what was tagged.
    """

    clip: Clip
    media: Path
    poster: bytes | None = None
    captions: tuple[Row, ...] = ()
    transcript: tuple[Row, ...] = ()
    marks: tuple[Mark, ...] = ()
    session_code: str = ""
    therapist: str = ""
    level: str = ""
    expiry: str = ""
    masked: str = ""
    therapist_name: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Clips to teach from, with what is said about all of them.

    `language` is the tag of the language that is spoken and written in them, such as “de-AT”.
    `made` and `delete_by` are dates as people read them, and `level` says for whom the pack is.
    What is empty is not shown.
    """

    title: str
    clips: tuple[PackClip, ...]
    language: str = ""
    made: str = ""
    level: str = ""
    delete_by: str = ""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack: its name inside, parted by “/”, and its bytes or the file to copy."""

    name: str
    data: bytes | Path
