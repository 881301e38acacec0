"""Times of utterances as CACTI writes them, to the tenth of a second."""

from __future__ import annotations

import re

from annotator.model.time import Micros
from annotator.storage.interchange.clock import to_stamp

_TIME = re.compile(r"\s*(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?\s*", re.ASCII)
TENTH = 100_000


def read_time(text: str) -> Micros | None:
    """Read a time such as 00:01:02.5 or 0:01:02, None where it is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, decimals = match.groups()
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return Micros(whole * 1_000_000 + int((decimals or "")[:6].ljust(6, "0")))


def write_time(time: Micros) -> str:
    """Write a time to the tenth of a second, or to the millisecond where that tells more.

    CACTI reads any number of decimals, and shows one.
    """
    return to_stamp(time, ".").removesuffix("00")


def id_of(time: Micros, code: int) -> str:
    """Give the id that CACTI gives an utterance: the digits of its time, and its code's number."""
    seconds, tenth = divmod((time + 50_000) // TENTH if time > 0 else 0, 10)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours % 24:02d}{minutes:02d}{seconds:02d}{tenth}{code}"
