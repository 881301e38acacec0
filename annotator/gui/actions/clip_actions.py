"""The actions of the clip tray, which are part of the one table."""

from __future__ import annotations

from annotator.gui.actions.spec import ActionSpec, Menu, Need

_CHANGES = Need.CLIP | Need.CLIP_CHANGES
CLIP_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("tray", "Clip tray", Menu.CLIPS, ("Ctrl+T",), Need.SESSION),
    ActionSpec(
        "clip_add",
        "Add the selection to the tray",
        Menu.CLIPS,
        ("Ctrl+Shift+C",),
        Need.SESSION | Need.CLIP_CHANGES,
        tip="Keep the selected tags, or the selected time, as clips to teach from",
    ),
    ActionSpec(
        "clip_add_list",
        "Add clips from a list…",
        Menu.CLIPS,
        (),
        Need.SESSION | Need.CLIP_CHANGES,
        tip="Keep the stretches of a table with the columns start and end as clips",
    ),
    ActionSpec(
        "clip_play",
        "Play the clip",
        Menu.CLIPS,
        ("Shift+F4",),
        Need.CLIP | Need.FILM,
        tip="Play the clip from its first frame to its last",
        opens_section=True,
    ),
    ActionSpec("clip_first", "To the clip's first frame", Menu.CLIPS, ("Alt+Home",), Need.CLIP),
    ActionSpec("clip_last", "To the clip's last frame", Menu.CLIPS, ("Alt+End",), Need.CLIP),
    ActionSpec(
        "clip_start_here",
        "Clip starts with this frame",
        Menu.CLIPS,
        ("Alt+I",),
        _CHANGES,
        opens_section=True,
    ),
    ActionSpec("clip_end_here", "Clip ends with this frame", Menu.CLIPS, ("Alt+O",), _CHANGES),
    *(
        ActionSpec(action_id, text, Menu.CLIPS, keys, _CHANGES, repeats=True)
        for action_id, text, keys in (
            ("clip_start_earlier", "Clip starts one frame earlier", ("Alt+Shift+N",)),
            ("clip_start_later", "Clip starts one frame later", ("Alt+Shift+M",)),
            ("clip_end_earlier", "Clip ends one frame earlier", ("Alt+Shift+K",)),
            ("clip_end_later", "Clip ends one frame later", ("Alt+Shift+L",)),
            ("clip_back", "Clip one frame back", ("Alt+Shift+Left",)),
            ("clip_on", "Clip one frame on", ("Alt+Shift+Right",)),
        )
    ),
    ActionSpec("clip_pause", "Pause for a question here", Menu.CLIPS, ("Alt+Q",), _CHANGES),
    ActionSpec(
        "clip_title",
        "Write the clip's title",
        Menu.CLIPS,
        ("Shift+F2",),
        _CHANGES,
        opens_section=True,
    ),
    ActionSpec("clip_up", "Show the clip earlier", Menu.CLIPS, ("Alt+Shift+Up",), _CHANGES),
    ActionSpec("clip_down", "Show the clip later", Menu.CLIPS, ("Alt+Shift+Down",), _CHANGES),
    ActionSpec("clip_remove", "Remove from the tray", Menu.CLIPS, ("Shift+Del",), _CHANGES),
    ActionSpec(
        "make_kept_clips",
        "Make these clips…",
        Menu.CLIPS,
        ("Ctrl+Shift+T",),
        Need.SESSION | Need.CLIPS,
        tip="Cut the clips of the tray out of the film, as far as consent allows",
        opens_section=True,
    ),
)
