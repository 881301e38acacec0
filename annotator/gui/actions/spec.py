"""What an action is: its names, where it stands, its keys and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, Flag, auto


class Menu(Enum):
    """The menus, left to right."""

    FILE = "&File"
    EDIT = "&Edit"
    PLAY = "&Play"
    TAGS = "&Tags"
    PASSES = "P&asses"
    CLIPS = "&Clips"
    VIEW = "&View"
    HELP = "&Help"


class Need(Flag):
    """What must be there for an action to make sense."""

    NOTHING = 0
    SESSION = auto()
    FILM = auto()
    TAG = auto()
    UNDO = auto()
    REDO = auto()
    RUNNING = auto()
    SEVERAL = auto()  # recordings with a picture
    SELECTED = auto()  # a tag to look at, though it may not be changed
    PROPOSING = auto()  # proposals are laid before the coder
    SEGMENTING = auto()  # the space bar marks, and names come later
    CLIP = auto()  # a clip is chosen in the tray
    CLIP_CHANGES = auto()  # and it may be changed
    CLIPS = auto()  # there are clips in the tray


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: what it is called, where it stands, its keys and when it is possible.

    `repeats` says whether a key held down goes on doing it; `opens_section` draws a line above
    it in its menu; `checkable` has it show whether it is on. One that `goes_first` takes its
    keys from codes and other actions as long as it is possible; one that acts `everywhere` has
    them in the program's other windows as well.
    """

    id: str
    text: str
    menu: Menu
    keys: tuple[str, ...] = ()
    needs: Need = Need.NOTHING
    tip: str = ""
    repeats: bool = False
    opens_section: bool = False
    checkable: bool = False
    goes_first: bool = False
    everywhere: bool = False

    @property
    def plain_text(self) -> str:
        """The name without the dots that promise a question."""
        return self.text.rstrip("…")


_LACKS: Mapping[Need, str] = {
    Need.SESSION: "Open a session first.",
    Need.FILM: "No film is open.",
    Need.SEVERAL: "This session has one picture only.",
    Need.PROPOSING: "No proposals are laid before you.",
    Need.SEGMENTING: "Choose “Space bar marks, names come later” first.",
    Need.RUNNING: "No tag is running.",
    Need.CLIPS: "Put a clip into the tray first.",
    Need.CLIP: "Choose a clip in the tray first.",
    Need.CLIP_CHANGES: "The session cannot be changed.",
    Need.SELECTED: "Select a tag first.",
    Need.TAG: "Select a tag that you may change first.",
    Need.UNDO: "There is nothing to undo.",
    Need.REDO: "There is nothing to redo.",
}
"""Why an action is not possible, the weightiest lack first."""


def lack_words(lacking: Need) -> str:
    """Say in a sentence why an action is not possible; empty where nothing is lacking."""
    return next((words for need, words in _LACKS.items() if need & lacking), "")
