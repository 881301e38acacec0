"""Lets a command that the system asks to end, as at logout, end as by Ctrl+C: nothing half done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")  # each system has some of them


@contextmanager
def ended_as_by_hand() -> Iterator[None]:
    """Raise KeyboardInterrupt where the system asks to end meanwhile.

    What is not to be heard, as under `nohup`, or is listened to already stays so. For the main
    thread alone.
    """
    known = [signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__]
    taken = [one for one in known if signal.getsignal(one) is signal.SIG_DFL]

    def end(_number: int, _frame: object) -> NoReturn:
        for one in taken:  # a second one would disturb the tidying up
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for one in taken:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)
