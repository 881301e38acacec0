"""A study: which sessions belong together, and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from annotator.model.session import Session


@dataclass(frozen=True, slots=True)
class StudySession:
    """One session of a study: its file, and who sat with whom, as codes and never as names.

    `loaded` is the session itself where it is open already; else it is read from its file.
    """

    path: PurePath
    name: str = ""
    therapist: str = ""
    client: str = ""
    approach: str = ""
    loaded: Session | None = field(default=None, compare=False, repr=False)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Study:
    """Sessions that are counted together.

    `coders` are those whose passes count, in the order in which one is chosen where a session has
    several; empty for all. `codebook` is the id of the book that all are coded with, empty where
    that was not said.
    """

    title: str = ""
    sessions: tuple[StudySession, ...] = ()
    coders: tuple[str, ...] = ()
    codebook: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
