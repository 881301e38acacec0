"""What the palette can find, and in which order it offers what it found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from annotator.gui.palette.ranking import Rank, folded, rank_of


class Kind(IntEnum):
    """What an item is, in the order in which equals are offered."""

    ACTION = 0
    CODE = 1
    SETTING = 2
    HELP = 3
    TAG = 4

    @property
    def word(self) -> str:
        """What it is called."""
        return ("Command", "Code", "Setting", "Help", "Tag")[self]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be found.

    `beside` is said after the title in a lower voice and is searched as well; `keys` are shown
    as they are printed; `why_not` says why it is not possible now, empty where it is; `colour`
    is that of a code, `#rrggbb`, else empty.
    """

    kind: Kind
    id: str
    title: str
    beside: str = ""
    keys: str = ""
    why_not: str = ""
    colour: str = ""

    @property
    def name(self) -> str:
        """What the item is remembered by."""
        return f"{self.kind.name.lower()}:{self.id}"

    @property
    def spoken(self) -> str:
        """The item in one sentence, for those who hear it."""
        parts = [self.title, self.kind.word, self.beside, self.keys]
        if self.why_not:
            parts.append(f"not possible now: {self.why_not}")
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its texts made ready for searching."""

    item: Item
    title: str
    beside: str

    @classmethod
    def of(cls, item: Item) -> Entry:
        """Make an item ready."""
        return cls(item, folded(item.title), folded(f"{item.kind.word} {item.beside} {item.keys}"))


def found(entries: Sequence[Entry], query: str, recent: Sequence[str]) -> list[Item]:
    """Give the items that answer a folded query, best first.

    Equals stand in the order: possible now, lately chosen, by kind, as given. Nothing typed
    gives what was chosen lately, then all of them.
    """
    ranked: list[tuple[tuple[int, bool, int, int, int], Item]] = []
    for place, entry in enumerate(entries):
        rank = rank_of(query, entry.title, entry.beside) if query else Rank.EXACT
        if rank is not None:
            item = entry.item
            order = (rank, bool(item.why_not), _place(recent, item.name), int(item.kind), place)
            ranked.append((order, item))
    return [item for _order, item in sorted(ranked, key=lambda one: one[0])]


def entries_of(items: Iterable[Item]) -> tuple[Entry, ...]:
    """Make items ready for searching."""
    return tuple(map(Entry.of, items))


def _place(recent: Sequence[str], name: str) -> int:
    return recent.index(name) if name in recent else len(recent)
