"""Reads all that stands in a clip, hidden or not, and films to cut it from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.stream import DataStream
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media import open_audio, open_video
from annotator.media.clips.cutting import cut
from annotator.media.clips.wishes import CutResult, CutWish
from annotator.media.sound_frames import to_planes
from annotator.model import Micros
from tests.support.timing_clips import AUDIO_RATE, read_number


@dataclass(frozen=True, slots=True)
class Contents:
    """What a clip holds, with what players are told to leave out."""

    numbers: tuple[int, ...]
    packets: int
    sound: NDArray[np.float32]


def contents(path: Path) -> Contents:
    """Decode every packet of a file, edit lists ignored; numbers as the pixels say once turned."""
    numbers, packets, sound = [], 0, [np.zeros(0, np.float32)]
    with av.open(f"file:{path}", options={"ignore_editlist": "1"}) as container:
        for packet in container.demux():
            packets += packet.stream.type == "video" and packet.size > 0
            known = not isinstance(packet.stream, DataStream)  # chapters have nothing to decode
            for frame in packet.decode() if known else ():
                if isinstance(frame, VideoFrame):
                    stored = frame.to_ndarray(format="rgb24")
                    numbers.append(read_number(np.rot90(stored, frame.rotation // 90)))
                elif isinstance(frame, AudioFrame):
                    sound.append(to_planes(frame).mean(axis=0))
    return Contents(tuple(numbers), packets, np.concatenate(sound))


def shown_numbers(path: Path) -> tuple[int, ...]:
    """Read the numbers that players show."""
    with open_video(path) as video:
        return tuple(read_number(video.frame(at).to_rgb()) for at in range(len(video.frame_times)))


def must_cut(wish: CutWish) -> CutResult:
    """Cut a clip that nobody cancels."""
    return cut(wish, threads=1)  # other tests run beside, some of which play films


def heard(
    path: Path, start: Micros | int, end: Micros | int, track: int = 0
) -> NDArray[np.float32]:
    """Read sound as players give it: shape (samples, channels)."""
    with open_audio(path, track) as reader:
        return reader.read(start, end)


def lag(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> int:
    """Tell by how many samples one sound comes later than another, by their best agreement."""
    size = 1 << (len(ours) + len(theirs)).bit_length()
    spectrum = np.fft.rfft(ours, size) * np.conj(np.fft.rfft(theirs, size))
    best = int(np.argmax(np.fft.irfft(spectrum, size)))
    return best - size if best > size // 2 else best


def write_noise_film(
    path: Path, seconds: int, secret: str = "", size: tuple[int, int] = (192, 128)
) -> Path:
    """Write a film with noise as sound, and with a secret in every label that it can have."""
    random = np.random.default_rng(5)
    with av.open(str(path), "w") as output:
        picture = output.add_stream("libx264", rate=25, options={"preset": "ultrafast", "g": "75"})
        picture.width, picture.height = size
        sound = output.add_stream("aac", rate=AUDIO_RATE, layout="stereo")
        if secret:
            labels = ("title", "artist", "comment", "location", "creation_time", "description")
            output.metadata.update({one: secret for one in labels if one != "creation_time"})
            output.metadata["creation_time"] = "2021-03-04T05:06:07Z"
            for stream in (picture, sound):
                stream.metadata.update({"handler_name": secret, "language": "deu"})
            output.set_chapters(
                [
                    {
                        "id": 1,
                        "start": 0,
                        "end": seconds * 1000,
                        "time_base": Fraction(1, 1000),
                        "metadata": {"title": secret},
                    }
                ]
            )
        for at in range(seconds * 25):
            pixels = random.integers(0, 255, (size[1] // 8, size[0] // 8, 3), np.uint8)
            frame = VideoFrame.from_ndarray(pixels.repeat(8, 0).repeat(8, 1), "rgb24")
            frame.pts, frame.time_base = at, Fraction(1, 25)
            output.mux(picture.encode(frame))
        output.mux(picture.encode(None))
        noise = (random.standard_normal((2, seconds * AUDIO_RATE)) * 0.1).astype(np.float32)
        for start in range(0, noise.shape[1], AUDIO_RATE):
            piece = np.ascontiguousarray(noise[:, start : start + AUDIO_RATE])
            block = AudioFrame.from_ndarray(piece, "fltp", "stereo")
            block.sample_rate, block.pts = AUDIO_RATE, start
            block.time_base = Fraction(1, AUDIO_RATE)
            output.mux(sound.encode(block))
        output.mux(sound.encode(None))
    return path
