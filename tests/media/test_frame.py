"""A frame that is kept has the pixels of the one that was decoded, whatever its size."""

from __future__ import annotations

import numpy as np
import pytest
from av.video.frame import VideoFrame

from annotator.media.frame import Frame
from annotator.model import ZERO
from tests.support.timing_clips import paint_number, read_number


@pytest.mark.parametrize("height", [126, 127, 128, 129, 130, 132, 270])
@pytest.mark.parametrize("width", [191, 192, 194])
def test_pictures_of_every_size_can_be_kept(width: int, height: int) -> None:
    picture = VideoFrame.from_ndarray(paint_number(13, width, height), "rgb24")
    frame = Frame(0, ZERO, picture.reformat(format="yuv420p"))
    kept = frame.to_keep(None)
    assert (kept.width, kept.height) == (width, height)
    assert read_number(kept.to_rgb()) == 13
    assert np.array_equal(kept.to_rgb(), frame.to_rgb())
