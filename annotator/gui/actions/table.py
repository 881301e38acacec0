"""The one table of actions, from which menus, buttons, the palette and the keys are made."""

from __future__ import annotations

from annotator.gui.actions.clip_actions import CLIP_ACTIONS
from annotator.gui.actions.spec import ActionSpec, Menu, Need

_FILE = (
    ActionSpec("open", "Open a film or session…", Menu.FILE, ("Ctrl+O",), tip="Open a film"),
    ActionSpec("open_sample", "Open the sample session", Menu.FILE),
    ActionSpec("add_recording", "Add a recording…", Menu.FILE, (), Need.SESSION),
    ActionSpec("import_transcript", "Import transcript…", Menu.FILE, (), Need.SESSION),
    ActionSpec("export_transcript", "Export transcript…", Menu.FILE, (), Need.SESSION),
    ActionSpec(
        "export_transcript_codes",
        "Export transcript with participants' ids…",
        Menu.FILE,
        (),
        Need.SESSION,
    ),
    ActionSpec(
        "import",
        "Import…",
        Menu.FILE,
        tip="Take over work from ELAN, BORIS, Praat, subtitles, tables and other tools",
        opens_section=True,
    ),
    ActionSpec(
        "export",
        "Export…",
        Menu.FILE,
        (),
        Need.SESSION,
        tip="Write the session for another tool, and see beforehand what it cannot hold",
    ),
    ActionSpec(
        "make_clips",
        "Make clips…",
        Menu.FILE,
        (),
        Need.SESSION,
        tip="Cut moments out of the film to show them, as far as consent allows",
    ),
    ActionSpec(
        "consent",
        "Consent and exports…",
        Menu.FILE,
        (),
        Need.SESSION,
        tip="Who allows what, what may be shown to whom now, and what is to be called back",
    ),
    ActionSpec("import_report", "Show the import report", Menu.FILE, (), Need.SESSION),
    ActionSpec("save", "Save now", Menu.FILE, ("Ctrl+S",), Need.SESSION, opens_section=True),
    ActionSpec("save_as", "Save elsewhere…", Menu.FILE, ("Ctrl+Shift+S",), Need.SESSION),
    ActionSpec("close", "Close session", Menu.FILE, ("Ctrl+W",), Need.SESSION),
    ActionSpec("forget_sound", "Delete kept drawings of sound…", Menu.FILE, opens_section=True),
    ActionSpec("quit", "Quit", Menu.FILE, ("Ctrl+Q",), opens_section=True),
)
_EDIT = (
    ActionSpec("undo", "Undo", Menu.EDIT, ("Ctrl+Z",), Need.UNDO, repeats=True),
    ActionSpec("redo", "Redo", Menu.EDIT, ("Ctrl+Y", "Ctrl+Shift+Z"), Need.REDO, repeats=True),
    ActionSpec("delete", "Delete selected tags", Menu.EDIT, ("Del",), Need.TAG, opens_section=True),
    ActionSpec("find_tags", "Search the tags", Menu.EDIT, ("Ctrl+F",), Need.SESSION),
    ActionSpec("note", "Write a note on the selected tag", Menu.EDIT, ("F2",), Need.TAG),
    ActionSpec(
        "palette",
        "Find a command, code or tag…",
        Menu.EDIT,
        ("Ctrl+K",),
        opens_section=True,
    ),
    ActionSpec("codebook", "Codebook…", Menu.EDIT, ("F12",), Need.SESSION, opens_section=True),
    ActionSpec("move_codebook", "Move to another codebook…", Menu.EDIT, (), Need.SESSION),
    ActionSpec(
        "find_in_transcript", "Find in transcript", Menu.EDIT, ("Ctrl+Shift+F",), Need.SESSION
    ),
    ActionSpec("settings", "Settings…", Menu.EDIT, ("Ctrl+,",), opens_section=True),
    ActionSpec("key_settings", "Change keys…", Menu.EDIT),
    ActionSpec(
        "select_in_view",
        "Select all tags in view",
        Menu.EDIT,
        ("Ctrl+Shift+A",),
        Need.SESSION,
        opens_section=True,
    ),
    ActionSpec("stretch_start", "Select time from here", Menu.EDIT, ("Ctrl+[",), Need.SESSION),
    ActionSpec("stretch_end", "Select time up to here", Menu.EDIT, ("Ctrl+]",), Need.SESSION),
    ActionSpec("set_region", "Code only the selected time", Menu.EDIT, (), Need.SESSION),
    ActionSpec("exclude", "Exclude the selected time", Menu.EDIT, (), Need.SESSION),
    ActionSpec(
        "include_again", "Let the excluded time here count again", Menu.EDIT, (), Need.SESSION
    ),
)
_PLAY = (
    ActionSpec("play", "Play or pause", Menu.PLAY, ("Space", "Ctrl+Space"), Need.FILM),
    ActionSpec(
        "step_back",
        "One frame back",
        Menu.PLAY,
        ("Left", ","),
        Need.FILM,
        repeats=True,
        opens_section=True,
    ),
    ActionSpec(
        "step_forward", "One frame forward", Menu.PLAY, ("Right", "."), Need.FILM, repeats=True
    ),
    ActionSpec("back_1s", "1 second back", Menu.PLAY, ("Shift+Left",), Need.FILM, repeats=True),
    ActionSpec(
        "forward_1s", "1 second forward", Menu.PLAY, ("Shift+Right",), Need.FILM, repeats=True
    ),
    ActionSpec("back_5s", "5 seconds back", Menu.PLAY, ("Ctrl+Left",), Need.FILM, repeats=True),
    ActionSpec(
        "forward_5s", "5 seconds forward", Menu.PLAY, ("Ctrl+Right",), Need.FILM, repeats=True
    ),
    ActionSpec("to_start", "To the start", Menu.PLAY, ("Home",), Need.FILM),
    ActionSpec("to_end", "To the end", Menu.PLAY, ("End",), Need.FILM),
    ActionSpec("go_to", "Go to a time or frame…", Menu.PLAY, ("Ctrl+G",), Need.FILM),
    ActionSpec(
        "shuttle_back",
        "Run back, faster each time",
        Menu.PLAY,
        ("J", "Ctrl+Shift+J"),
        Need.FILM,
        opens_section=True,
    ),
    ActionSpec("shuttle_stop", "Stop running", Menu.PLAY, ("K", "Ctrl+Shift+K"), Need.FILM),
    ActionSpec(
        "shuttle_forward",
        "Run forward, faster each time",
        Menu.PLAY,
        ("L", "Ctrl+Shift+L"),
        Need.FILM,
    ),
    ActionSpec(
        "replay",
        "Play the last seconds again",
        Menu.PLAY,
        ("F3",),
        Need.FILM,
        opens_section=True,
    ),
    ActionSpec("step_repeat", "Play the next few seconds and pause", Menu.PLAY, ("F9",), Need.FILM),
    ActionSpec("step_again", "Play these few seconds again", Menu.PLAY, ("Shift+F9",), Need.FILM),
    ActionSpec(
        "play_around", "Play around the selected tag", Menu.PLAY, ("F4",), Need.FILM | Need.SELECTED
    ),
    ActionSpec("loop", "Loop the selected tag", Menu.PLAY, ("F5",), Need.FILM, checkable=True),
    ActionSpec(
        "previous_cue",
        "Previous cue of the transcript",
        Menu.PLAY,
        ("Alt+Up",),
        Need.SESSION | Need.FILM,
        repeats=True,
    ),
    ActionSpec(
        "next_cue",
        "Next cue of the transcript",
        Menu.PLAY,
        ("Alt+Down",),
        Need.SESSION | Need.FILM,
        repeats=True,
    ),
    ActionSpec("slower", "Slower", Menu.PLAY, ("[",), Need.FILM, opens_section=True),
    ActionSpec("faster", "Faster", Menu.PLAY, ("]",), Need.FILM),
    ActionSpec("louder", "Louder", Menu.PLAY, ("Ctrl+Up",), Need.FILM, repeats=True),
    ActionSpec("softer", "Softer", Menu.PLAY, ("Ctrl+Down",), Need.FILM, repeats=True),
    ActionSpec("mute", "Sound off or on", Menu.PLAY, ("Ctrl+M",), Need.FILM),
    ActionSpec("playing_choices", "Sound and playing…", Menu.PLAY, opens_section=True),
)
_TAGS = (
    ActionSpec("previous_tag", "Previous tag", Menu.TAGS, ("PgUp",), Need.SESSION, repeats=True),
    ActionSpec("next_tag", "Next tag", Menu.TAGS, ("PgDown",), Need.SESSION, repeats=True),
    ActionSpec(
        "start_here",
        "Selected tag starts here",
        Menu.TAGS,
        ("Alt+[",),
        Need.TAG,
        opens_section=True,
    ),
    ActionSpec("end_here", "Selected tag ends here", Menu.TAGS, ("Alt+]",), Need.TAG),
    ActionSpec("give_up", "Give up the running tag", Menu.TAGS, ("Esc",), Need.RUNNING),
    ActionSpec(
        "take_back",
        "Take back the last tag and rewind",
        Menu.TAGS,
        ("Backspace",),
        Need.SESSION,
        opens_section=True,
    ),
    ActionSpec(
        "replay_tag",
        "Play the last tag again",
        Menu.TAGS,
        ("Shift+F3",),
        Need.SESSION | Need.FILM,
    ),
    ActionSpec(
        "interval_coding",
        "Interval coding",
        Menu.TAGS,
        ("Ctrl+Shift+G",),
        Need.SESSION,
        checkable=True,
    ),
    ActionSpec(
        "next_bin", "Next bin without an answer", Menu.TAGS, ("Ctrl+Shift+Down",), Need.SESSION
    ),
    ActionSpec("rate", "Rate the session", Menu.TAGS, ("F11",), Need.SESSION),
    ActionSpec(
        "link_evidence",
        "Selected tags are evidence for the rating",
        Menu.TAGS,
        ("Shift+F11",),
        Need.SESSION | Need.SELECTED,
    ),
    ActionSpec("definition", "Show what a code means", Menu.TAGS, ("F8",), Need.SESSION),
    ActionSpec(
        "pause_on_tag", "Pause with each tag", Menu.TAGS, checkable=True, opens_section=True
    ),
    ActionSpec("measure_reaction", "Measure your reaction time…", Menu.TAGS),
    ActionSpec(
        "segmenting",
        "Space bar marks, names come later",
        Menu.TAGS,
        ("Ctrl+Shift+M",),
        Need.SESSION,
        checkable=True,
    ),
    ActionSpec("mark_unnamed", "Mark now, name later", Menu.TAGS, ("Shift+Space",), Need.SESSION),
    ActionSpec(
        "segment",
        "Mark the next segment",
        Menu.TAGS,
        ("Space",),
        Need.SESSION | Need.SEGMENTING,
        goes_first=True,
    ),
    ActionSpec(
        "find_silences",
        "Find silences…",
        Menu.TAGS,
        ("F7",),
        Need.SESSION | Need.FILM,
        opens_section=True,
    ),
    *(
        ActionSpec(
            action_id, text, Menu.TAGS, keys, Need.PROPOSING, repeats=repeats, goes_first=True
        )
        for action_id, text, keys, repeats in (
            ("accept_proposal", "Accept the proposal", ("A",), False),
            ("reject_proposal", "Reject the proposal", ("D",), False),
            ("previous_proposal", "Previous proposal", ("PgUp",), True),
            ("next_proposal", "Next proposal", ("PgDown",), True),
            ("play_proposal", "Play around the proposal", ("F4",), False),
            ("accept_all", "Accept all remaining proposals…", (), False),
            ("end_proposals", "Close the proposals", ("Esc",), False),
        )
    ),
    ActionSpec(
        "split_here",
        "Split the selected tags here",
        Menu.TAGS,
        ("Ctrl+B",),
        Need.TAG,
        opens_section=True,
    ),
    ActionSpec("merge", "Merge the selected tags", Menu.TAGS, ("Ctrl+Shift+B",), Need.TAG),
    *(
        ActionSpec(action_id, text, Menu.TAGS, keys, Need.TAG, repeats=True)
        for action_id, text, keys in (
            ("nudge_back", "Selected tags one frame back", ("Alt+Left",)),
            ("nudge_forward", "Selected tags one frame on", ("Alt+Right",)),
            ("start_earlier", "Start one frame earlier", ("Alt+N",)),
            ("start_later", "Start one frame later", ("Alt+M",)),
            ("end_earlier", "End one frame earlier", ("Alt+,",)),
            ("end_later", "End one frame later", ("Alt+.",)),
        )
    ),
)
_PASSES = (
    ActionSpec("coder", "Who is coding…", Menu.PASSES),
    ActionSpec("passes", "Coding passes", Menu.PASSES, ("F10",), Need.SESSION, opens_section=True),
    ActionSpec("begin_training", "Begin a training pass", Menu.PASSES, (), Need.SESSION),
    ActionSpec("begin_primary", "Begin the primary pass", Menu.PASSES, (), Need.SESSION),
    ActionSpec("begin_double", "Begin a pass of double coding", Menu.PASSES, (), Need.SESSION),
    ActionSpec("finish_pass", "Finish this coding pass", Menu.PASSES, (), Need.SESSION),
    ActionSpec("reopen_pass", "Reopen this coding pass", Menu.PASSES, (), Need.SESSION),
    ActionSpec("hide_others", "Hide the passes of others", Menu.PASSES, checkable=True),
    ActionSpec(
        "compare",
        "Compare two passes",
        Menu.PASSES,
        ("Ctrl+F10",),
        Need.SESSION,
        opens_section=True,
    ),
    *(
        ActionSpec(action_id, text, Menu.PASSES, keys, Need.SESSION, repeats=True)
        for action_id, text, keys in (
            ("next_difference", "Next difference", ("Ctrl+PgDown",)),
            ("previous_difference", "Previous difference", ("Ctrl+PgUp",)),
        )
    ),
    ActionSpec("begin_consensus", "Begin a consensus", Menu.PASSES, (), Need.SESSION),
    ActionSpec("results", "Results", Menu.PASSES, ("Ctrl+F11",), Need.SESSION, opens_section=True),
    ActionSpec("save_results", "Save results…", Menu.PASSES, (), Need.SESSION),
)
_VIEW = (
    ActionSpec(
        "zoom_in", "Zoom timeline in", Menu.VIEW, ("Ctrl+=", "Ctrl++"), Need.SESSION, repeats=True
    ),
    ActionSpec("zoom_out", "Zoom timeline out", Menu.VIEW, ("Ctrl+-",), Need.SESSION, repeats=True),
    ActionSpec("zoom_all", "Show the whole session", Menu.VIEW, ("Ctrl+0",), Need.SESSION),
    ActionSpec(
        "show_sound",
        "Show sound on the timeline",
        Menu.VIEW,
        opens_section=True,
        checkable=True,
    ),
    ActionSpec("show_strip", "Show pictures in the overview", Menu.VIEW, checkable=True),
    ActionSpec(
        "recordings",
        "Recordings and picture…",
        Menu.VIEW,
        ("Ctrl+R",),
        Need.SESSION,
        opens_section=True,
    ),
    ActionSpec("next_lead", "Next recording large", Menu.VIEW, ("F6",), Need.SEVERAL),
    ActionSpec("wall_large", "One large, others small", Menu.VIEW, (), Need.SEVERAL),
    ActionSpec("wall_side", "Side by side", Menu.VIEW, (), Need.SEVERAL),
    ActionSpec("wall_one", "Only one", Menu.VIEW, (), Need.SEVERAL),
    ActionSpec("snapshot", "Save this frame as a picture", Menu.VIEW, ("Ctrl+Shift+P",), Need.FILM),
    ActionSpec("reset_layout", "Reset layout", Menu.VIEW, opens_section=True),
    ActionSpec(
        "lanes_by_group", "Lanes by code group", Menu.VIEW, checkable=True, opens_section=True
    ),
    ActionSpec("lanes_by_participant", "Lanes by participant", Menu.VIEW, checkable=True),
    ActionSpec("lanes_by_pass", "Lanes by coding pass", Menu.VIEW, checkable=True),
)
_HELP = (
    ActionSpec("help_here", "Help for where you are", Menu.HELP, ("F1",), everywhere=True),
    ActionSpec("first_steps", "First steps", Menu.HELP, opens_section=True),
    ActionSpec("keys", "Keys", Menu.HELP, ("Shift+F1",), everywhere=True),
    ActionSpec("print_keys", "Print the keys…", Menu.HELP),
    ActionSpec("glossary", "Glossary", Menu.HELP),
    ActionSpec("file_format", "The session file", Menu.HELP),
    ActionSpec("about", "About annotator", Menu.HELP, opens_section=True),
)

ACTIONS: tuple[ActionSpec, ...] = (
    *(*_FILE, *_EDIT, *_PLAY, *_TAGS),
    *(*_PASSES, *CLIP_ACTIONS, *_VIEW, *_HELP),
)
