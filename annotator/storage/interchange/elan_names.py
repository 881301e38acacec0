"""Names of an ELAN document's parts, each of which may stand in it once."""

from __future__ import annotations

import re
from collections.abc import Iterable

CODE_TYPE = "annotator code"
MOMENT_TYPE = "annotator moment"
SPEECH_TYPE = "annotator transcript"
CHOICE_TYPE = "annotator choice"
OWN_TYPES = (CODE_TYPE, MOMENT_TYPE, SPEECH_TYPE, CHOICE_TYPE)
"""The linguistic types of tiers that we write; the last begins the names of several."""

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_SLOT = re.compile(r"ts[0-9]+")
_COUNTED = re.compile(r"a([0-9]{1,15})")


def is_own(linguistic_type: str) -> bool:
    """Tell whether tiers of that type are ours."""
    return linguistic_type in OWN_TYPES or linguistic_type.startswith(f"{CHOICE_TYPE}: ")


class Names:
    """Names that are taken, and free ones that are like those wanted."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._tried: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """Give the name wanted, or where it is taken one with a number: "talk (2)"."""
        made, number = wanted, self._tried.get(wanted, 1)
        while made in self._taken:
            number += 1
            made = f"{wanted} ({number})"
        self._tried[wanted] = number
        self._taken.add(made)
        return made


class AnnotationIds:
    """Ids of annotations: those wanted where XML allows them, else "a1", "a2" and so on."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._count = 0
        self.highest = 0

    def reserve(self, wanted: str) -> str:
        """Take the id wanted; empty where it is no id, or taken."""
        if wanted in self._taken or not _ID.fullmatch(wanted) or _SLOT.fullmatch(wanted):
            return ""
        self._taken.add(wanted)
        counted = _COUNTED.fullmatch(wanted)
        self.highest = max(self.highest, int(counted[1]) if counted else 0)
        return wanted

    def next(self) -> str:
        """Take the next free id that is counted."""
        made = ""
        while not made:
            self._count += 1
            made = self.reserve(f"a{self._count}")
        return made
