"""Pictures saved as PNG hold exactly the colours given."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from annotator.media.png import encode_png


@pytest.mark.parametrize("shape", [(360, 640, 3), (33, 17, 3), (1, 1, 3)])
def test_every_colour_is_kept(tmp_path: Path, shape: tuple[int, int, int]) -> None:
    rgb = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    path = tmp_path / "out.png"
    path.write_bytes(encode_png(rgb))
    assert path.read_bytes().startswith(b"\x89PNG")
    with av.open(path) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert np.array_equal(shown, rgb)
