"""What is asked of a clip, and what came of it; both can be handed to another process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from annotator.media.clips.composition import Composition
from annotator.media.clips.subtitles import Subtitle
from annotator.media.frame import Picture
from annotator.media.lettering.words import Overlay
from annotator.media.sound_frames import Planes
from annotator.model import ZERO, Interval, Micros


class Form(StrEnum):
    """Kinds of file that a clip can be; the value is the ending of its name."""

    MP4 = "mp4"
    WEBM = "webm"
    M4A = "m4a"
    MP3 = "mp3"
    WAV = "wav"
    GIF = "gif"
    SHEET = "png"

    @property
    def has_picture(self) -> bool:
        """Whether such a file shows something, not sound alone."""
        return self in (Form.MP4, Form.WEBM, Form.GIF, Form.SHEET)

    @property
    def has_subtitles(self) -> bool:
        """Whether such a file can hold subtitles that a player shows or not."""
        return self is Form.MP4

    @property
    def has_sound(self) -> bool:
        """Whether such a file can be heard."""
        return self not in (Form.GIF, Form.SHEET)


class Quality(StrEnum):
    """How good the picture and the sound are to be, against how large the file becomes."""

    BEST = "best"
    GOOD = "good"
    SMALL = "small"


class Mode(StrEnum):
    """How the pictures of a clip come about: all encoded anew, or copied but for the ends."""

    EXACT = "exact"
    SWIFT = "swift"


class PictureChange(Protocol):
    """Changes the pictures of a clip on their way, for example to mask faces.

    It must be possible to pickle it, since clips are cut in other processes.
    """

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        """Give a picture of the same shape (height, width, 3): red, green, blue, 0 to 255.

        `index` numbers the frame in the recording, `time` is when it comes on screen there;
        it is as shown: turned, at its full size. The array may be drawn into.
        """


class SoundChange(Protocol):
    """Changes the sound of a clip on its way, for example to mask voices; can be pickled."""

    def changed(self, start: int, planes: Planes, rate: int) -> Planes:
        """Give sound of the same shape (channels, samples), float32 from -1 to 1.

        It is asked once, for the whole clip. `start` numbers the first sample from the
        recording's time 0, at `rate` samples a second.
        """


@dataclass(frozen=True, slots=True)
class Fades:
    """How long the sound takes to come in at the start and to go out at the end."""

    come_in: Micros = ZERO
    go_out: Micros = ZERO


USUAL_STILLS = 12


@dataclass(frozen=True, slots=True)
class Size:
    """What limits a clip's size; None where nothing does.

    `most_bytes` is the most that the file may have, `most_height` the most pixels down as shown.
    `stills` is how many pictures a sheet of stills has.
    """

    quality: Quality = Quality.GOOD
    most_bytes: int | None = None
    most_height: int | None = None
    stills: int = USUAL_STILLS


@dataclass(frozen=True, slots=True)
class Changes:
    """What is done to pictures and sound on their way into a clip.

    `takes` are the changes of the pictures of each recording of a composition, in its order, made
    before they are put together; `pictures` are those of the one recording of a clip without.
    `overlay` is laid over the pictures last of all.
    """

    pictures: PictureChange | None = None
    sound: SoundChange | None = None
    fades: Fades = Fades()
    takes: tuple[PictureChange | None, ...] = ()
    overlay: Overlay | None = None


@dataclass(frozen=True, slots=True)
class CutWish:
    """One clip from `start` up to, not including, `end` of a recording, in its own time.

    With a `composition` the times are of the session instead, and it tells what is seen and heard
    in place of `source` and `track`.

    The first picture is the one on screen at `start`, the last one the last that begins before
    `end`; the sound begins and ends at the nearest sample. `track` numbers the sound track from
    0; None leaves the sound out. `subtitles` go into the file where its form can hold them. Where
    pictures cannot be copied in swift mode, the clip is cut exactly, and its result tells why.
    There must be no file at `target` yet.
    """

    source: Path
    start: Micros
    end: Micros
    target: Path
    form: Form = Form.MP4
    track: int | None = 0
    size: Size = Size()
    changes: Changes = Changes()
    composition: Composition | None = None
    mode: Mode = Mode.EXACT
    subtitles: tuple[Subtitle, ...] = ()

    @property
    def length(self) -> Micros:
        """How long the clip is to be."""
        return Micros(self.end - self.start)

    @property
    def span(self) -> Interval:
        """The stretch that it shows, as `start` and `end` tell it."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True)
class CutPicture:
    """The picture of a clip that was written: pixels as shown, and which frames it holds.

    `first` and `last` number frames of the recording. `lost` are the moments of frames that are
    damaged in the recording; the picture before each stands in its place.
    """

    width: int
    height: int
    frames: int
    first: int
    last: int
    lost: tuple[Micros, ...] = ()


@dataclass(frozen=True, slots=True)
class CutSound:
    """The sound of a clip that was written: samples a second, channels, and how many samples."""

    rate: int
    channels: int
    samples: int


@dataclass(frozen=True, slots=True)
class CutResult:
    """A clip that was written and verified; `bytes` is its size.

    `picture` or `sound` is None where the clip has none. `copied` is for how long the pictures
    shown are the recording's own, not encoded anew; `note` says why none are, where they should.
    """

    target: Path
    length: Micros
    bytes: int
    picture: CutPicture | None
    sound: CutSound | None
    copied: Micros = ZERO
    note: str = ""
