"""Makes PNG files of pictures, without OpenCV, which needs system libraries that may lack."""

from __future__ import annotations

from fractions import Fraction

from av import CodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from annotator.errors import MediaError
from annotator.media.frame import Picture


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
