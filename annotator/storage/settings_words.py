"""The settings in the words of those who change them, with what each can be."""

from __future__ import annotations

from enum import StrEnum

from annotator.model.way import ShortHold, Way
from annotator.storage.settings_shown import Page, Shown


class ThemeChoice(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class KeyPreset(StrEnum):
    """Which program's keys are used."""

    ANNOTATOR = "annotator"
    ELAN = "elan"
    DATAVYU = "datavyu"
    CACTI = "cacti"


CODER = Shown(
    Page.CODING,
    "Who is coding",
    "The short name that stands with your tags, such as your initials. It changes who codes the "
    "open session as well.",
)
BY_KIND = "kind"
"""The usual way of marking where none was chosen: moments for moments, stretches for stretches."""

USUAL_WAY = Shown(
    Page.CODING,
    "What the key of a code does",
    "A single code can do otherwise: right-click it, or press the menu key on it.",
    choices=(
        (BY_KIND, "As the codebook says"),
        (Way.INSTANT, "Marks a moment"),
        (Way.PRESSES, "Begins a stretch, and ends it when pressed again"),
        (Way.HOLD, "Marks a stretch as long as it is held"),
        (Way.SEQUENCE, "Ends the stretch before and begins the next"),
    ),
)
SHORT_HOLD = Shown(
    Page.CODING,
    "A key to be held that was only tapped",
    "For keys that mark as long as they are held.",
    choices=(
        (ShortHold.PRESSES, "Runs on until it is pressed again"),
        (ShortHold.INSTANT, "Marks a moment where the code may"),
        (ShortHold.REFUSE, "Is taken for a slip"),
    ),
)
REACTION = Shown(
    Page.CODING,
    "Your reaction time",
    "Starts that you mark while the film plays are moved back by it. An exercise in the Tags menu "
    "measures it.",
    most=2.0,
    step=0.05,
    decimals=2,
    unit="s",
)
PAUSE_ON_TAG = Shown(
    Page.CODING, "Pause with each tag", "The film pauses when a tag is made while it plays."
)
BLIND = Shown(
    Page.CODING,
    "Hide the passes of others",
    "You do not see what others coded until you ask for it; the session keeps that you did.",
)
REWIND = Shown(
    Page.CODING,
    "Rewind when a tag is taken back",
    "How far before the tag the film goes on.",
    most=30.0,
    step=0.5,
    decimals=1,
    unit="s",
)
CYCLE = Shown(
    Page.CODING,
    "Step and repeat plays",
    "So much is played at each press, then the film pauses.",
    least=0.5,
    most=600.0,
    step=0.5,
    decimals=1,
    unit="s",
)
OVERLAP = Shown(
    Page.CODING,
    "Step and repeat goes back",
    "Each stretch begins so much before the last one ended. It is always less than what is played.",
    most=60.0,
    step=0.5,
    decimals=1,
    unit="s",
)
THEME = Shown(
    Page.LOOK,
    "Colours",
    "“As the system” follows the computer between day and night.",
    choices=(
        (ThemeChoice.SYSTEM, "As the system"),
        (ThemeChoice.LIGHT, "Light"),
        (ThemeChoice.DARK, "Dark"),
    ),
)
SCALE = Shown(
    Page.LOOK,
    "Size of the interface",
    "Writing, buttons and spaces; the film keeps its own size.",
    least=0.8,
    most=2.0,
    step=0.1,
    times=100,
    unit="%",
)
SPEED = Shown(
    Page.PLAYING,
    "Speed",
    "1 is as it was filmed. The keys for slower and faster go in steps.",
    least=0.25,
    most=4.0,
    step=0.25,
    decimals=2,
    unit="×",
)
VOLUME = Shown(Page.PLAYING, "Volume", most=1.0, step=0.05, times=100, unit="%")
MUTED = Shown(Page.PLAYING, "Sound off")
SCRUB = Shown(
    Page.PLAYING,
    "Sound with each step",
    "A moment of sound is heard when you step from frame to frame.",
)
REPLAY = Shown(
    Page.PLAYING,
    "Play the last … again",
    "How far one press goes back.",
    least=0.5,
    most=60.0,
    step=0.5,
    decimals=1,
    unit="s",
)
AROUND = Shown(
    Page.PLAYING,
    "Before and after a tag",
    "How much is played around the selected tag.",
    most=30.0,
    step=0.5,
    decimals=1,
    unit="s",
)
OUTPUT = Shown(
    Page.PLAYING,
    "Sound output",
    "Where the sound goes. One that is not connected is taken up again when it is.",
    asks_machine=True,
)
SHOW_SOUND = Shown(Page.TIMELINE, "Show sound on the timeline")
SHOW_STRIP = Shown(Page.TIMELINE, "Show pictures in the overview")
FRAME_MEMORY = Shown(
    Page.MACHINE,
    "Memory for pictures",
    "How many decoded pictures are kept at hand: more makes going back and forth smoother. "
    "It counts from the next start of the program.",
    least=32,
    most=65536,
    step=64,
    unit="MB",
)
