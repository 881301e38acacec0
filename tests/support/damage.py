"""Damages films in known places, as a scratched disc or a broken transfer does."""

from __future__ import annotations

from pathlib import Path

import av


def spoil(
    film: Path, to: Path, start: float, end: float, *, picture: bool = False, half: bool = False
) -> Path:
    """Copy a film with all packets of its sound (or its picture) in a span overwritten.

    The span is in seconds on the stream's own clock, from `start` up to, not including, `end`.
    With `half` the first half of each packet stays as it was.
    """
    data = bytearray(film.read_bytes())
    with av.open(film) as container:
        stream = container.streams.video[0] if picture else container.streams.audio[0]
        for packet in container.demux(stream):
            if packet.pts is not None and start <= packet.pts * packet.time_base < end:
                place = data.index(bytes(packet), packet.pos)  # after the container's own label
                kept = packet.size // 2 if half else 0
                data[place + kept : place + packet.size] = b"\xff" * (packet.size - kept)
    to.write_bytes(data)
    return to
