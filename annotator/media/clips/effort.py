"""How hard a clip is pressed together: by a quality, or until it is no larger than it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil, log2

from annotator.errors import MediaError
from annotator.media.clips.formats import Format, PictureCode
from annotator.media.clips.made import Made
from annotator.media.clips.wishes import Quality, Size
from annotator.model import Micros

_TRIES = 8
_HEIGHTS = (1080, 720, 540, 360, 270, 180)
_SPARE = 0.96
"""It is aimed at so much of what is allowed, since nothing can be foretold to the byte."""

_SOUND_SHARE = 0.3
"""More than this part of the bytes is not given to the sound, as long as there is a choice."""

_MEGABYTE = 1_000_000
_DETAIL = 1.5
"""Bytes fall with the height to this power, as was seen in films of people talking."""


@dataclass(frozen=True, slots=True)
class Effort:
    """One way to encode a clip: factor of constant quality, most pixels down, bits a second."""

    factor: int
    most_height: int | None
    sound_bits: int


def first_effort(form: Format, size: Size, length: Micros, channels: int) -> Effort:
    """Tell how to encode a clip at first, its sound in no more than a share of what is allowed."""
    bits = form.sound.bits[size.quality] * channels
    if size.most_bytes is not None and channels:
        share = _SOUND_SHARE if form.picture else _SPARE
        allowed = int(size.most_bytes * share * 8_000_000 / length)
        bits = min(bits, max(allowed, form.sound.bits[Quality.SMALL] // 2))
    factor = form.picture.factors[size.quality] if form.picture else 0
    return Effort(factor, size.most_height, bits)


def next_effort(
    effort: Effort, code: PictureCode, height: int, written: int, allowed: int
) -> Effort | None:
    """Tell how to encode a clip's pictures once more, so that they become smaller.

    `height` is how many pixels down they had, `written` and `allowed` count the bytes of the
    pictures alone. None where there is no way to go on.
    """
    if allowed <= 0:
        return None
    comfortable = code.factors[Quality.SMALL] + round(code.halving)
    for most, most_factor in _ways(height, comfortable, code.worst):
        shrunk = written * (most / height) ** _DETAIL
        more = code.halving * log2(max(shrunk / allowed, 2**-4))
        lowest = effort.factor + 1 if most == height else code.factors[Quality.GOOD]
        factor = max(ceil(effort.factor + more), lowest)
        if factor <= most_factor:
            return replace(effort, factor=factor, most_height=most)
    smallest = min(height, _HEIGHTS[-1])
    last = replace(effort, factor=code.worst, most_height=smallest)
    return None if last == effort else last


def _ways(height: int, comfortable: int, worst: int) -> Iterator[tuple[int, int]]:
    """Yield heights from the largest, each with the worst factor at which it still looks right."""
    heights = [height, *(one for one in _HEIGHTS if one < height)]
    yield from ((one, comfortable) for one in heights)
    yield heights[-1], worst


def allowed_for_pictures(size: int, effort: Effort, length: Micros) -> int:
    """Tell how many bytes are left for the pictures; not above 0 where there are none."""
    return int(size * _SPARE - effort.sound_bits * length / 8_000_000)


def too_large(most_bytes: int, remedy: str = "Allow more, or choose a shorter clip.") -> MediaError:
    """Say that a clip cannot be made so small, and what to do."""
    large = most_bytes >= _MEGABYTE
    size = f"{most_bytes / _MEGABYTE:.1f} MB" if large else f"{most_bytes // 1000} kB"
    return MediaError(f"The clip cannot be made as small as {size}.", remedy)


def pressed(
    form: Format,
    size: Size,
    length: Micros,
    channels: int,
    encode: Callable[[Effort], Made],
) -> Made:
    """Encode at one effort after another until the file is no larger than it may be.

    Raises MediaError where it cannot be made so small.
    """
    most = size.most_bytes
    effort: Effort | None = first_effort(form, size, length, channels)
    for _ in range(_TRIES):
        if effort is None:
            break
        made = encode(effort)
        if most is None or made.bytes <= most:
            return made
        if form.picture is None or made.picture is None:
            break
        allowed = allowed_for_pictures(most, effort, length)
        effort = next_effort(effort, form.picture, made.picture.height, made.picture_bytes, allowed)
    raise too_large(most or 0)
