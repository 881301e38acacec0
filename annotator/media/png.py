"""Saves pictures as PNG files, without OpenCV, which needs system libraries that may lack."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from tempfile import NamedTemporaryFile

from av import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from annotator.errors import MediaError
from annotator.media.frame import Picture


def save_png(rgb: Picture, path: Path | str) -> None:
    """Write a PNG; the file appears whole or not at all, and replaces one of that name.

    Raises MediaError where it cannot be written.
    """
    file = Path(path)
    try:
        _write_whole(file, encode_png(rgb))
    except OSError as error:
        raise MediaError(
            f"The picture could not be saved as “{file.name}”: {error.strerror}.",
            "Choose another folder.",
        ) from error


def encode_png(rgb: Picture) -> bytes:
    """Give the bytes of a PNG file that holds exactly these colours."""
    frame = VideoFrame.from_ndarray(rgb, format="rgb24")
    encoder = CodecContext.create("png", "w")
    if not isinstance(encoder, VideoCodecContext):
        raise MediaError("Pictures cannot be written here.", 'Run "annotator doctor".')
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "rgb24"
    encoder.framerate = Fraction(1)
    packets = [*encoder.encode(frame), *encoder.encode(None)]
    return b"".join(bytes(packet) for packet in packets)


def _write_whole(file: Path, data: bytes) -> None:
    part: Path | None = None
    try:
        with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as stream:
            part = Path(stream.name)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(file)
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
