"""Which keys do what: what was chosen, then the preset, then the table; no key twice of a kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtGui import QKeySequence

from annotator.gui.actions import ACTIONS, resolved
from annotator.gui.actions.keymap import with_code_keys, with_keys, without_changes
from annotator.gui.actions.presets import PRESETS
from annotator.model import Code, Codebook
from annotator.storage.settings import KeyChoices, KeyPreset

BOOK = Codebook(
    "b", "1", "Own", codes=(Code("x", "X", key="x"), Code("y", "Y", key="y"), Code("z", "Z"))
)
KEYS = st.sampled_from(["Space", "F13", "Num+1", "1", "Ctrl+K", "A", "Media Play", "Left", "X"])
IDS = st.sampled_from([spec.id for spec in ACTIONS])
CHOICES = st.builds(
    KeyChoices,
    st.sampled_from(KeyPreset),
    st.dictionaries(IDS, st.lists(KEYS, max_size=3, unique=True).map(tuple), max_size=5),
    st.dictionaries(
        st.just("b"),
        st.dictionaries(
            st.sampled_from(["x", "y", "z"]), st.lists(KEYS, max_size=2, unique=True).map(tuple)
        ),
    ),
)
FIRST = {spec.id: spec.goes_first for spec in ACTIONS}


@given(CHOICES)
def test_no_key_stands_with_two_of_a_kind(choices: KeyChoices) -> None:
    keys = resolved(choices, BOOK)
    for goes_first in (True, False):
        alike = [some for one, some in keys.actions.items() if FIRST[one] is goes_first]
        own = [key for some in alike for key in some]
        assert len(own) == len(set(own))
    codes = [key for some in keys.codes.values() for key in some]
    assert len(codes) == len(set(codes))


@given(CHOICES, IDS, KEYS)
def test_a_key_that_is_given_is_had(choices: KeyChoices, action: str, key: str) -> None:
    before = resolved(choices, BOOK).of_action(action)
    wanted = (*(one for one in before if one != key), key)
    after = resolved(with_keys(choices, BOOK, action, wanted), BOOK)
    assert after.of_action(action) == wanted


@given(CHOICES)
def test_without_changes_the_preset_and_the_book_are_back(choices: KeyChoices) -> None:
    plain = without_changes(choices, BOOK)
    assert resolved(plain, BOOK) == resolved(KeyChoices(choices.preset), BOOK)


def test_what_is_chosen_comes_before_what_others_have_by_themselves() -> None:
    choices = with_keys(KeyChoices(), None, "mute", ("Ctrl+M", "Space"))
    keys = resolved(choices, None)
    assert keys.of_action("mute") == ("Ctrl+M", "Space")
    assert keys.of_action("play") == ("Ctrl+Space",)
    assert choices.actions == {"mute": ("Ctrl+M", "Space")}
    again = with_keys(choices, None, "mute", ("Ctrl+M",))
    assert again == KeyChoices()
    assert resolved(again, None).of_action("play") == ("Space", "Ctrl+Space")


def test_a_key_chosen_twice_goes_to_the_later() -> None:
    choices = with_keys(KeyChoices(), None, "mute", ("F13",))
    choices = with_keys(choices, None, "loop", ("F5", "F13"))
    assert resolved(choices, None).of_action("mute") == ()
    assert resolved(choices, None).of_action("loop") == ("F5", "F13")


def test_codes_have_keys_of_their_own_book_only() -> None:
    choices = with_code_keys(KeyChoices(), BOOK, "z", ("X", "Num+1"))
    keys = resolved(choices, BOOK)
    assert (keys.of_code("z"), keys.of_code("x")) == (("X", "Num+1"), ())
    other = Codebook("other", "1", "Other", codes=BOOK.codes)
    assert resolved(choices, other).of_code("x") == ("X",)
    assert with_code_keys(choices, BOOK, "z", ()).codes == {}


def test_the_pad_is_told_from_the_main_row() -> None:
    choices = with_keys(KeyChoices(), None, "play", ("1", "Num+1"))
    assert resolved(choices, None).of_action("play") == ("1", "Num+1")


@pytest.mark.parametrize("preset", list(KeyPreset))
def test_presets_name_actions_that_exist_and_keys_that_qt_knows(preset: KeyPreset) -> None:
    keys = PRESETS[preset].keys
    assert keys.keys() <= {spec.id for spec in ACTIONS}
    given_keys = [key for some in keys.values() for key in some]
    assert len(given_keys) == len(set(given_keys))
    assert all(QKeySequence(key).toString() == key for key in given_keys)
    found = resolved(KeyChoices(preset), None)
    for action, some in keys.items():
        assert found.of_action(action)[: len(some)] == some


@pytest.mark.parametrize(
    ("preset", "action", "key"),
    [
        (KeyPreset.ELAN, "play", "Ctrl+Space"),
        (KeyPreset.ELAN, "next_tag", "Alt+Right"),
        (KeyPreset.DATAVYU, "start_here", "Num+7"),
        (KeyPreset.DATAVYU, "step_back", "Num+1"),
        (KeyPreset.CACTI, "forward_5s", "Shift+Right"),
        (KeyPreset.ANNOTATOR, "palette", "Ctrl+K"),
    ],
)
def test_presets_do_what_their_programs_do(preset: KeyPreset, action: str, key: str) -> None:
    assert key in resolved(KeyChoices(preset), None).of_action(action)


def test_keys_that_a_preset_does_not_want_stay() -> None:
    keys = resolved(KeyChoices(KeyPreset.ELAN), None)
    assert keys.of_action("play") == ("Ctrl+Space", "Space")
    assert keys.of_action("back_5s") == ()
    assert keys.of_action("palette") == ("Ctrl+K",)
