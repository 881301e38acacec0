"""Makes the picture of the window of clips: moments of the sample, for learners, with masks."""

from __future__ import annotations

from pathlib import Path

from open_window import opened_sample
from PyQt6.QtGui import QImage

from annotator.gui.clips.choices import Source
from annotator.gui.clips.window import SIZE
from annotator.model import ConsentScope

CODES, ROOM = ("reflection_complex", "silence"), 2.0


def picture_of_clips(folder: Path) -> QImage:
    """Open the sample, choose tags and for whom they are, and grab the window of clips.

    Raises TourError where it does not come.
    """
    with opened_sample(folder) as opened:
        clipping = opened.program.exchanging.clipping
        opened.program.window.actions_table.by_id["make_clips"].trigger()
        opened.wait(clipping.dialog.isVisible)
        window = clipping.dialog
        what = window.fields.what
        what.choose(Source.TAGS, CODES)
        what.lead.setValue(ROOM)
        what.tail.setValue(ROOM)
        window.fields.where.take_folder(Path("clips"))  # the folder of this run tells nothing
        window.fields.choose_level(ConsentScope.LEARNING)
        opened.wait(lambda: window.ends.last.image is not None)
        image = opened.picture(window, SIZE)
        window.reject()
    return image
