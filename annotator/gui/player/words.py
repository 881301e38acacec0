"""The words of the player: where in the film one is and how fast it runs."""

from __future__ import annotations

from annotator.model.time import Micros, to_clock

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"


def grouped(number: int) -> str:
    """Write a whole number in groups of three, such as `2 084`."""
    return f"{number:,}".replace(",", THIN_SPACE)


def frame_words(index: int, count: int, duration: Micros) -> tuple[str, ...]:
    """Word which frame is shown, the longest way first; without frames, how long it all lasts."""
    if count <= 0:
        return (f"of {to_clock(duration)}", "") if duration else ("no film",)
    if index < 0:
        return (f"{grouped(count)} frames", "")
    short = f"frame {grouped(index)}"
    return (f"{short} of {grouped(count)}", short, grouped(index))


def no_such_frame(count: int) -> str:
    """Say which frames there are."""
    if count <= 0:
        return "There are no frames here"
    return f"Frames: 0 to {grouped(count - 1)}"


def position_tip(count: int, duration: Micros, key: str) -> str:
    """Explain the readout; `key` goes somewhere and may be empty."""
    keys = f" or press {key}" if key else ""
    how = f"Click{keys} to go to a time or a frame."
    if count <= 0:
        return f"The time. {how}"
    last = grouped(count - 1)
    return (
        f"Time and frame on screen. Frames are counted from 0; the last is {last}.\n"
        f"The film lasts {to_clock(duration)}. {how}"
    )


def speed_text(speed: float) -> str:
    """Write a speed such as `1.5` and the sign of times."""
    return f"{speed:g}\N{MULTIPLICATION SIGN}"
