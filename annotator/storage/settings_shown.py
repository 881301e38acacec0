"""How a setting is shown to people: what their dialog is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_SHOWN = "shown"


class Page(Enum):
    """The pages of the settings, in order; the value is what they are called."""

    CODING = "Coding"
    LOOK = "Look"
    PLAYING = "Playing"
    TIMELINE = "Timeline"
    MACHINE = "This computer"


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as people see it.

    `least`, `most` and `step` bound a number, which is shown `times` as large, with so many
    `decimals` and a `unit`. `choices` pairs each value that can be chosen with a word; where
    `asks_machine`, they are what this computer has at the moment.
    """

    page: Page
    label: str
    help: str = ""
    least: float = 0
    most: float = 0
    step: float = 1
    times: float = 1
    decimals: int = 0
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    asks_machine: bool = False

    @property
    def metadata(self) -> Mapping[str, Shown]:
        """What a field of the settings that is shown so carries with it."""
        return {_SHOWN: self}

    def within(self, number: float) -> float:
        """Bring a number within the bounds."""
        return min(max(number, self.least), self.most)


def shown_settings(record: DataclassInstance) -> dict[str, Shown]:
    """Give the settings that people can change by the names of their fields, in order."""
    return {one.name: one.metadata[_SHOWN] for one in fields(record) if _SHOWN in one.metadata}
