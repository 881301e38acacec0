"""Reading many values without a search for garbage among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from annotator.storage.collecting import no_collecting


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    gc.unfreeze()
    if was_on:
        gc.enable()
    else:
        gc.disable()


@pytest.mark.parametrize("was_on", [True, False])
def test_collecting_is_off_meanwhile_and_as_before_afterwards(*, was_on: bool) -> None:
    if was_on:
        gc.enable()
    else:
        gc.disable()
    with no_collecting():
        assert not gc.isenabled()
    assert gc.isenabled() is was_on


def test_what_was_made_is_old_and_can_still_be_collected() -> None:
    gc.enable()
    gc.unfreeze()
    with no_collecting():
        ring: list[object] = []
        ring.append(ring)
    assert gc.get_freeze_count() == 0
    assert all(one is not ring for one in gc.get_objects(generation=0))
    del ring
    assert gc.collect() >= 1


def test_what_others_have_frozen_stays_frozen() -> None:
    gc.enable()
    gc.freeze()
    frozen = gc.get_freeze_count()
    with no_collecting():
        pass
    assert frozen
    assert gc.get_freeze_count() == frozen
