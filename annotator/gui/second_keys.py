"""Keys that say more of what was marked last: its attributes and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtGui import QAction

from annotator.editing.marking import RunningSpan
from annotator.gui.actions.keys import written
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED, Tag
from annotator.model.session import Session

NOBODY_KEY = "Alt+0"
MOST_PEOPLE = 9


@dataclass(frozen=True, slots=True)
class SecondKey:
    """What a key, or a click, can say of the last mark; `is_chosen` where that is said already.

    `pick` has the ids of an attribute and a choice; where it is None, `participant` is meant.
    """

    key: str
    text: str
    pick: tuple[str, str] | None = None
    participant: str = ""
    is_chosen: bool = False


class SecondKeys(QObject):
    """Offers them as long as there is a mark that they can be about."""

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._player = player
        self._desk: Desk | None = None
        self._actions: list[QAction] = []
        self._name = ""
        self._shown: tuple[SecondKey, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)
        window.parts.codes.second.picked.connect(self._act)

    @property
    def shown(self) -> tuple[SecondKey, ...]:
        """What is offered now."""
        return self._shown

    def follow(self, desk: Desk | None) -> None:
        """Be about this session from now on; about none where None."""
        self._desk = desk
        if desk is not None:
            desk.tagging.target_changed.connect(self._show)
            desk.document.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        name, keys = self._offered()
        if keys == self._shown:
            return
        written_keys = [one.key for one in keys]
        if written_keys != [one.key for one in self._shown] or self._actions == []:
            self._bind(keys)
        self._name, self._shown = name, keys
        self._soon.start()  # they act at once, and are drawn after the mark itself

    def _draw(self) -> None:
        self._window.parts.codes.second.show_keys(self._name, self._shown)

    def _bind(self, keys: tuple[SecondKey, ...]) -> None:
        table = self._window.actions_table
        for action in self._actions:
            table.drop(action)
        table.lend(frozenset(written(one.key) for one in keys if one.key))
        self._actions = [
            table.made_for(one.text, one.key, partial(self._act_at, place))
            for place, one in enumerate(keys)
            if one.key
        ]

    def _act_at(self, place: int) -> None:
        self._act(self._shown[place])

    def _act(self, one: SecondKey) -> None:
        if self._desk is None:
            return
        tagging, moment = self._desk.tagging, self._player.position
        if one.pick is not None:
            tagging.choose(*one.pick, moment)
        else:
            tagging.assign(one.participant, moment)

    def _offered(self) -> tuple[str, tuple[SecondKey, ...]]:
        desk = self._desk
        target = desk.tagging.target if desk is not None else None
        if desk is None or target is None:
            return "", ()
        code_id = target.code if isinstance(target, Tag) else target.code_id
        code = desk.tagging.code(code_id)
        if code is None or code_id == UNNAMED:
            return "", ()
        session = desk.document.session
        return code.name, (*_choices(code, target), *_people(session, target))


def _choices(code: Code, target: RunningSpan | Tag) -> Iterator[SecondKey]:
    for attribute in code.attributes:
        for choice in attribute.choices:
            yield SecondKey(
                choice.key,
                f"{attribute.name}: {choice.name}",
                (attribute.id, choice.id),
                is_chosen=target.attributes.get(attribute.id) == choice.id,
            )


def _people(session: Session, target: RunningSpan | Tag) -> Iterator[SecondKey]:
    people = session.participants[:MOST_PEOPLE]
    for number, one in enumerate(people, 1):
        is_chosen = target.participant == one.id
        yield SecondKey(f"Alt+{number}", one.label or one.id, None, one.id, is_chosen=is_chosen)
    if people:
        yield SecondKey(NOBODY_KEY, "nobody", is_chosen=not target.participant)
