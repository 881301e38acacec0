"""How the line at the foot of the window says whether the work is safe."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.gui.document import SaveState

FAILED_TIP = "Your work is in this window only. Save it elsewhere before you close."


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state in words; `icon` and `tone` name an icon and a colour of the theme."""

    text: str
    icon: str
    tone: str
    tip: str


def state_words(state: SaveState, saved_at: str, reason: str = "") -> StateWords:
    """Word a state; `saved_at` is the clock time of the last save or empty.

    `reason` is why the disk refused or why the session is read-only, or empty.
    """
    match state:
        case SaveState.SAVED:
            text = f"Saved {saved_at}".strip()
            return StateWords(text, "check", "success", "Everything is in the session file.")
        case SaveState.JOURNALLED:
            tip = "Every change is on disk; the session file is written in a moment."
            return StateWords("Every tag is on disk", "disk", "text_muted", tip)
        case SaveState.WRITING:
            return StateWords("Saving…", "disk", "text_muted", "Being written to disk.")
        case SaveState.FAILED:
            text = f"NOT SAVED — {reason}" if reason else "NOT SAVED"
            tip = f"{reason}\n{FAILED_TIP}".strip()
            return StateWords(text, "danger", "danger", tip)
        case SaveState.READ_ONLY:
            tip = reason or "This session can be looked at and not changed."
            return StateWords("Read-only", "lock", "warning", tip)
