"""Kinds and sizes of clips in words, for those who do not want to choose them one by one."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.media.clips.wishes import Form, Quality, Size

MEGA = 1_000_000
NO_PICTURE, NO_SOUND = "This kind of file has no picture.", "This kind of file has no sound."


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind and size of file under a name that says what it is for."""

    name: str
    form: Form
    size: Size


PRESETS = (
    Preset("For every classroom (MP4)", Form.MP4, Size()),
    Preset("As good as the film (MP4, large)", Form.MP4, Size(Quality.BEST)),
    Preset("E-mail, under 25 MB (MP4)", Form.MP4, Size(Quality.GOOD, 25 * MEGA)),
    Preset("E-mail, under 10 MB (MP4)", Form.MP4, Size(Quality.SMALL, 10 * MEGA)),
    Preset("Small, for slow networks (MP4)", Form.MP4, Size(Quality.SMALL, None, 480)),
    Preset("For web pages (WebM)", Form.WEBM, Size()),
    Preset("Sound only (M4A)", Form.M4A, Size()),
    Preset("Sound only (MP3)", Form.MP3, Size()),
    Preset("Sound for analysis (WAV)", Form.WAV, Size()),
    Preset("A silent moving picture (GIF)", Form.GIF, Size()),
    Preset("A sheet of stills (PNG)", Form.SHEET, Size()),
)

FORMS = (
    (Form.MP4, "MP4 (H.264, AAC)"),
    (Form.WEBM, "WebM (VP9, Opus)"),
    (Form.M4A, "M4A, sound only"),
    (Form.MP3, "MP3, sound only"),
    (Form.WAV, "WAV, sound only"),
    (Form.GIF, "GIF, picture only"),
    (Form.SHEET, "PNG, a sheet of stills"),
)
QUALITIES = (
    (Quality.BEST, "Best, large"),
    (Quality.GOOD, "Good"),
    (Quality.SMALL, "Small, less sharp"),
)


def preset_of(form: Form, size: Size) -> int:
    """Give the place of the preset that is this kind and size; -1 where there is none."""
    fits = (at for at, one in enumerate(PRESETS) if (one.form, one.size) == (form, size))
    return next(fits, -1)
