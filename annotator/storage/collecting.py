"""Reading many values at once without Python looking for garbage among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage among many new values that are all kept.

    What was made meanwhile counts as old from then on, and is looked at when all is.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on and not gc.get_freeze_count():  # what others have frozen stays frozen
            gc.freeze()
            gc.unfreeze()  # which puts all there is among the old, without a look at it
        if was_on:
            gc.enable()
