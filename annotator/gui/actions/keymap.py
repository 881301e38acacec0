"""Which keys do what, from what was chosen, the preset and the table, and how that is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.gui.actions.keys import written
from annotator.gui.actions.presets import PRESETS
from annotator.gui.actions.spec import ActionSpec
from annotator.gui.actions.table import ACTIONS
from annotator.model.codebook import Codebook
from annotator.storage.settings import KeyChoices

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyMap:
    """The keys of each action and code, as `written`; no key stands with two of a kind.

    Those that go first, the codes and the other actions are three kinds: where kinds share a
    key, the first of them that can act has it.
    """

    actions: Mapping[str, Keys]
    codes: Mapping[str, Keys]

    def of_action(self, action_id: str) -> Keys:
        """Give the keys of an action, first choice first."""
        return self.actions.get(action_id, ())

    def of_code(self, code_id: str) -> Keys:
        """Give the keys of a code, first choice first."""
        return self.codes.get(code_id, ())

    @property
    def code_keys(self) -> frozenset[str]:
        """All keys that codes have."""
        return frozenset(key for keys in self.codes.values() for key in keys)

    def free(self, spec: ActionSpec) -> Keys:
        """Give the keys of an action that no code takes from it."""
        keys = self.of_action(spec.id)
        return keys if spec.goes_first else tuple(key for key in keys if key not in self.code_keys)


def resolved(
    choices: KeyChoices, book: Codebook | None, specs: Sequence[ActionSpec] = ACTIONS
) -> KeyMap:
    """Find out which keys do what.

    What was chosen comes before the preset, and that before the table; what comes later does
    without a key that is taken.
    """
    actions: dict[str, Keys] = {}
    for goes_first in (True, False):
        actions |= _actions(choices, [one for one in specs if one.goes_first is goes_first])
    return KeyMap(actions, _codes(choices, book) if book is not None else {})


def with_keys(choices: KeyChoices, book: Codebook | None, target: str, keys: Keys) -> KeyChoices:
    """Choose the keys of an action, taking them from others of its kind that chose them."""
    first = {spec.id: spec.goes_first for spec in ACTIONS}
    others = {
        other: taken
        if first.get(other) is not first.get(target)
        else tuple(key for key in taken if key not in keys)
        for other, taken in choices.actions.items()
        if other != target
    }
    usual = replace(choices, actions=others)
    if resolved(usual, book).of_action(target) == keys:
        return usual
    return replace(choices, actions={**others, target: keys})


def with_code_keys(choices: KeyChoices, book: Codebook, target: str, keys: Keys) -> KeyChoices:
    """Choose the keys of a code of a book, taking them from other codes that chose them."""
    own = choices.codes.get(book.id, {})
    others = {
        other: tuple(key for key in taken if key not in keys)
        for other, taken in own.items()
        if other != target
    }
    usual = _with_book(choices, book.id, others)
    if resolved(usual, book).of_code(target) == keys:
        return usual
    return _with_book(choices, book.id, {**others, target: keys})


def without_changes(choices: KeyChoices, book: Codebook | None) -> KeyChoices:
    """Give every action, and every code of this book, the keys of the preset and the book."""
    cleared = replace(choices, actions={})
    return _with_book(cleared, book.id, {}) if book is not None else cleared


def _with_book(choices: KeyChoices, book_id: str, keys: Mapping[str, Keys]) -> KeyChoices:
    others = {one: chosen for one, chosen in choices.codes.items() if one != book_id}
    return replace(choices, codes={**others, book_id: keys} if keys else others)


def _actions(choices: KeyChoices, specs: Sequence[ActionSpec]) -> dict[str, Keys]:
    preset = PRESETS[choices.preset].keys
    usual = [spec for spec in specs if spec.id not in choices.actions]
    claims = [
        *((spec.id, choices.actions[spec.id]) for spec in specs if spec.id in choices.actions),
        *((spec.id, preset.get(spec.id, ())) for spec in usual),
        *((spec.id, spec.keys) for spec in usual),
    ]
    return _shared_out([spec.id for spec in specs], claims)


def _codes(choices: KeyChoices, book: Codebook) -> dict[str, Keys]:
    own = choices.codes.get(book.id, {})
    codes = [code for code in book.codes if not code.retired]
    claims = [
        *((code.id, own[code.id]) for code in codes if code.id in own),
        *((code.id, (code.key,)) for code in codes if code.key and code.id not in own),
    ]
    return _shared_out([code.id for code in codes], claims)


def _shared_out(ids: Iterable[str], claims: Iterable[tuple[str, Keys]]) -> dict[str, Keys]:
    """Give each key to the first that claims it; the ids keep their order."""
    found: dict[str, list[str]] = {one: [] for one in ids}
    taken: set[str] = set()
    for one, keys in claims:
        for key in map(written, keys):
            if key and key not in taken:
                taken.add(key)
                found[one].append(key)
    return {one: tuple(keys) for one, keys in found.items()}
