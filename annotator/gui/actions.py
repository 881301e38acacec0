"""The one table of actions, from which menus, buttons, keys and the page of keys are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, Flag, auto

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QWidget

from annotator.gui.icons import icon
from annotator.gui.theme import Theme
from annotator.model.codebook import Code, Codebook, CodeKind


class Menu(Enum):
    """The menus, left to right."""

    FILE = "&File"
    EDIT = "&Edit"
    PLAY = "&Play"
    TAGS = "&Tags"
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


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: what it is called, where it stands, its keys and when it is possible.

    `repeats` says whether a key held down goes on doing it; `opens_section` draws a line above
    it in its menu; `checkable` has it show whether it is on. One that `goes_first` takes its
    keys from codes and other actions as long as it is possible.
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


_FILE = (
    ActionSpec("open", "Open a film or session…", Menu.FILE, ("Ctrl+O",), tip="Open a film"),
    ActionSpec("open_sample", "Open the sample session", Menu.FILE),
    ActionSpec("add_recording", "Add a recording…", Menu.FILE, (), Need.SESSION),
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
    ActionSpec("note", "Write a note on the selected tag", Menu.EDIT, ("F2",), Need.TAG),
)
_PLAY = (
    ActionSpec("play", "Play or pause", Menu.PLAY, ("Space",), Need.FILM),
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
        ("J", "Ctrl+J"),
        Need.FILM,
        opens_section=True,
    ),
    ActionSpec("shuttle_stop", "Stop running", Menu.PLAY, ("K", "Ctrl+K"), Need.FILM),
    ActionSpec(
        "shuttle_forward", "Run forward, faster each time", Menu.PLAY, ("L", "Ctrl+L"), Need.FILM
    ),
    ActionSpec(
        "replay",
        "Play the last seconds again",
        Menu.PLAY,
        ("F3",),
        Need.FILM,
        opens_section=True,
    ),
    ActionSpec(
        "play_around", "Play around the selected tag", Menu.PLAY, ("F4",), Need.FILM | Need.SELECTED
    ),
    ActionSpec("loop", "Loop the selected tag", Menu.PLAY, ("F5",), Need.FILM, checkable=True),
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
    ActionSpec("coder", "Who is coding…", Menu.TAGS, (), opens_section=True),
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
)
_HELP = (
    ActionSpec("first_steps", "First steps", Menu.HELP, ("F1",)),
    ActionSpec("keys", "Keys", Menu.HELP, ("Shift+F1",)),
    ActionSpec("glossary", "Glossary", Menu.HELP),
    ActionSpec("file_format", "The session file", Menu.HELP),
    ActionSpec("about", "About annotator", Menu.HELP, opens_section=True),
)

_ICONS = {
    "open": "open",
    "save": "save",
    "undo": "undo",
    "redo": "redo",
    "delete": "delete",
    "note": "note",
    "coder": "person",
    "first_steps": "help",
}

ACTIONS: tuple[ActionSpec, ...] = (*_FILE, *_EDIT, *_PLAY, *_TAGS, *_VIEW, *_HELP)


class Actions(QObject):
    """The actions of one window."""

    code_pressed = pyqtSignal(str)  # code id

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions = {spec.id: self._made(spec) for spec in ACTIONS}
        self._code_actions: dict[str, QAction] = {}
        self._book: Codebook | None = None
        self._lent: frozenset[str] = frozenset()

    @property
    def by_id(self) -> Mapping[str, QAction]:
        """Every action of the table by its id."""
        return self._actions

    @property
    def by_code(self) -> Mapping[str, QAction]:
        """An action for each code of the open session's codebook, by code id."""
        return self._code_actions

    def bind(self, action_id: str, slot: Callable[[], object]) -> None:
        """Have an action do something."""
        self._actions[action_id].triggered.connect(lambda _checked=False: slot())

    def allow(self, have: Need) -> None:
        """Enable what is possible now, disable the rest, and give what goes first its keys."""
        possible = {spec.id: spec.needs & ~have == Need.NOTHING for spec in ACTIONS}
        first = [spec for spec in ACTIONS if spec.goes_first and possible[spec.id]]
        lent = _written([key for spec in first for key in spec.keys])
        if lent != self._lent:
            self._lent = lent
            self._share_keys()
        for action_id, is_possible in possible.items():
            self._actions[action_id].setEnabled(is_possible)

    def say_what(self, action_id: str, what: str = "") -> None:
        """Let an action's text say what it would act on, as in "Undo add Reflection"."""
        action = self._actions[action_id]
        spec = next(one for one in ACTIONS if one.id == action_id)
        text = f"{spec.text} {what}".strip()
        action.setText(text.replace("&", "&&"))
        action.setToolTip(tip_with_key(text, action))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons of the menus' actions."""
        for action_id, name in _ICONS.items():
            self._actions[action_id].setIcon(icon(name, theme))

    def set_codebook(self, book: Codebook | None) -> None:
        """Make an action for each code, each with its key.

        Where the table has a key that a code uses, the code has it while its book is open.
        """
        self._book = book
        for action in self._code_actions.values():
            self._window.removeAction(action)
            action.deleteLater()
        codes = book.codes if book else ()
        self._code_actions = {code.id: self._made_for_code(code) for code in codes}
        self._share_keys()

    def _share_keys(self) -> None:
        """Give keys to what goes first now, then to the codes, then to the rest."""
        taken = code_keys(self._book) | self._lent
        for spec in ACTIONS:
            self._give_keys(self._actions[spec.id], free_keys(spec, taken))
        for code in self._book.codes if self._book else ():
            keys = [QKeySequence(code.key)] if code.key else []
            free = [key for key in keys if key.toString() not in self._lent]
            self._code_actions[code.id].setShortcuts(free)

    def _give_keys(self, action: QAction, keys: Sequence[str]) -> None:
        wanted = [QKeySequence(key) for key in keys]
        if wanted != action.shortcuts():
            text = action.toolTip().removesuffix(tip_with_key("", action))
            action.setShortcuts(wanted)
            action.setToolTip(tip_with_key(text, action))

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self._window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setAutoRepeat(spec.repeats)
        action.setCheckable(spec.checkable)
        action.setToolTip(tip_with_key(spec.tip or spec.text, action))
        self._window.addAction(action)
        return action

    def _made_for_code(self, code: Code) -> QAction:
        action = QAction(code.name, self._window)
        action.setObjectName(f"code:{code.id}")
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(False)
        action.setCheckable(code.kind is CodeKind.SPAN)
        action.triggered.connect(lambda _checked=False: self.code_pressed.emit(code.id))
        self._window.addAction(action)
        return action


def code_keys(book: Codebook | None) -> frozenset[str]:
    """Give the keys that a codebook's codes use, as Qt writes them."""
    codes = book.codes if book is not None else ()
    return _written([code.key for code in codes if code.key])


def free_keys(spec: ActionSpec, taken: frozenset[str]) -> tuple[str, ...]:
    """Give the keys of an action that are not taken, in the table's order.

    One that goes first keeps all of its own.
    """
    if spec.goes_first:
        return spec.keys
    return tuple(key for key in spec.keys if QKeySequence(key).toString() not in taken)


def _written(keys: Sequence[str]) -> frozenset[str]:
    """Write keys as Qt does, so that they can be compared."""
    return frozenset(QKeySequence(key).toString() for key in keys)


def tip_with_key(text: str, action: QAction) -> str:
    """Write a tooltip that names the action's key in brackets."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({key})" if key else text
