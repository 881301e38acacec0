"""Gets decoded sound out of a file: one track alone, past damage, as numbers from -1 to 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Discard
from numpy.typing import NDArray

from annotator.errors import MediaError

Samples = NDArray[np.float32]
"""Shape (samples, channels), from -1 to 1."""

Planes = NDArray[np.float32]
"""Shape (channels, samples), from -1 to 1."""

Track = TypeVar("Track")
Number = TypeVar("Number", bound=np.generic)


def chosen(tracks: Sequence[Track], number: int, path: Path) -> Track:
    """Take a sound track by number, counted from 0; raises MediaError where there is none."""
    if not tracks:
        raise MediaError(
            f"“{path.name}” has no sound.", "If the sound was recorded apart, name that file."
        )
    if not 0 <= number < len(tracks):
        raise MediaError(f"“{path.name}” has no sound track {number + 1}; it has {len(tracks)}.")
    return tracks[number]


def alone(container: InputContainer, index: int) -> AudioStream:
    """Give the sound track of that stream number, and have all other streams left unread."""
    for other in container.streams:
        if other.index != index:
            other.discard = Discard.all
    return next(one for one in container.streams.audio if one.index == index)


def decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Yield a track's frames from where the file stands; what is damaged is left out.

    A decoder calls damage by many names, and goes on after it; only a file that cannot be read
    on ends this.
    """
    with suppress(av.FFmpegError):  # where the file breaks off
        for packet in container.demux(stream):
            with suppress(av.FFmpegError):
                yield from packet.decode()


def to_float(frame: AudioFrame, channels: int) -> Samples:
    """Convert decoded sound to float32 of shape (samples, channels), from -1 to 1."""
    return with_channels(to_planes(frame).T, channels)


def to_planes(frame: AudioFrame) -> Planes:
    """Convert decoded sound to float32 of shape (channels, samples), from -1 to 1."""
    raw: NDArray[Any] = frame.to_ndarray()
    return to_unit(raw if frame.format.is_planar else raw.reshape(frame.samples, -1).T)


def to_unit(values: NDArray[Any]) -> NDArray[np.float32]:
    """Convert numbers as a file holds them to float32 from -1 to 1."""
    if values.dtype == np.uint8:
        return (values.astype(np.float32) - 128) / np.float32(128)
    singles: NDArray[np.float32] = values.astype(np.float32, copy=False)
    if np.issubdtype(values.dtype, np.integer):
        return singles / np.float32(-float(np.iinfo(values.dtype).min))
    return singles


def with_channels(samples: NDArray[Number], channels: int) -> NDArray[Number]:
    """Give so many columns, one a channel, where a file changes its channels on the way.

    The first ones are kept, and the last one stands for those that are missing.
    """
    if samples.shape[1] == channels:
        return samples
    return samples[:, np.minimum(np.arange(channels), samples.shape[1] - 1)]
