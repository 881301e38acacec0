"""Keys that coders know from other programs, as far as these have what we have.

Looked up in their own sources: ELAN 6 (annotation mode), Datavyu 1.5 (numeric pad of its
controller), CACTI 1.0. Where theirs is only like ours, the remark says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.storage.settings import KeyPreset

Keys = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Preset:
    """Keys by action id that come before those of the table; `remark` tells what differs."""

    name: str
    remark: str
    keys: Keys = field(default_factory=dict)


PRESETS: Mapping[KeyPreset, Preset] = {
    KeyPreset.ANNOTATOR: Preset("Annotator", "The program's own keys."),
    KeyPreset.ELAN: Preset(
        "ELAN",
        "The keys of ELAN's annotation mode. Tags take the place of annotations; those of a "
        "code are pressed as ever.",
        {
            "play": ("Ctrl+Space",),
            "play_around": ("Ctrl+Shift+Space",),
            "step_back": ("Ctrl+Left",),
            "step_forward": ("Ctrl+Right",),
            "back_1s": ("Shift+Left",),
            "forward_1s": ("Shift+Right",),
            "to_start": ("Ctrl+B",),
            "to_end": ("Ctrl+E",),
            "go_to": ("Ctrl+G",),
            "loop": ("Ctrl+L",),
            "previous_tag": ("Alt+Left",),
            "next_tag": ("Alt+Right",),
            "delete": ("Ctrl+Alt+D",),
            "note": ("Ctrl+Alt+M",),
            "start_earlier": ("Ctrl+J",),
            "start_later": ("Ctrl+U",),
            "end_earlier": ("Ctrl+Shift+J",),
            "end_later": ("Ctrl+Shift+U",),
            "zoom_in": ("Ctrl+=",),
            "zoom_out": ("Ctrl+-",),
            "first_steps": ("Ctrl+H",),
            "step_repeat": ("Ctrl+Alt+Space",),
        },
    ),
    KeyPreset.DATAVYU: Preset(
        "Datavyu",
        "The numeric pad of Datavyu's controller: 1 and 3 step, 2 pauses, 4 5 6 are the shuttle, "
        "7 and 9 set where a tag starts and ends. A code's key takes the place of a new cell.",
        {
            "play": ("Num+8", "Num+2"),
            "shuttle_back": ("Num+4",),
            "shuttle_stop": ("Num+5",),
            "shuttle_forward": ("Num+6",),
            "step_back": ("Num+1",),
            "step_forward": ("Num+3",),
            "start_here": ("Num+7",),
            "end_here": ("Num+9", "Num+."),
            "back_5s": ("Num+-",),
            "forward_5s": ("Shift+Num+-",),
            "delete": ("Ctrl+\\",),
        },
    ),
    KeyPreset.CACTI: Preset(
        "CACTI",
        "CACTI's keys for playing. The arrows go by 1 second, where CACTI goes by half of one; "
        "up and down change the volume, so that a list is walked by Page up and Page down.",
        {
            "play": ("Space",),
            "back_1s": ("Left",),
            "forward_1s": ("Right",),
            "back_5s": ("Shift+Left",),
            "forward_5s": ("Shift+Right",),
            "louder": ("Up",),
            "softer": ("Down",),
            "open": ("Ctrl+F",),
            "take_back": ("Shift+U", "Backspace"),
            "replay_tag": ("Shift+I",),
            "replay": ("Shift+Y", "F3"),
        },
    ),
}
