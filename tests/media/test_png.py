"""Pictures saved as PNG hold exactly the colours given."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from annotator.errors import MediaError
from annotator.media.png import save_png


@pytest.mark.parametrize("shape", [(360, 640, 3), (33, 17, 3), (1, 1, 3)])
def test_every_colour_is_kept(tmp_path: Path, shape: tuple[int, int, int]) -> None:
    rgb = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    path = tmp_path / "out.png"
    save_png(rgb, path)
    assert path.read_bytes().startswith(b"\x89PNG")
    with av.open(path) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert np.array_equal(shown, rgb)


def test_a_picture_of_that_name_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    path.write_bytes(b"old")
    save_png(np.zeros((2, 2, 3), np.uint8), path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert [one.name for one in tmp_path.iterdir()] == ["out.png"]


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"out\.png"):
        save_png(np.zeros((2, 2, 3), np.uint8), tmp_path / "no" / "out.png")
    assert list(tmp_path.iterdir()) == []
