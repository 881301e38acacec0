from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.timeline.geometry import (
    FRAME_PX_AT_MOST,
    Scale,
    clamped,
    fitted,
    fitted_to,
    frame_length,
    paged,
    panned,
    zoomed,
)
from annotator.gui.timeline.overview import handle, slid
from annotator.model import Interval, Micros

MINUTE = Interval(Micros(0), Micros(60_000_000))
FRAME = Micros(40_000)

SCALES = st.builds(
    Scale,
    st.integers(-(10**9), 10**11).map(Micros),
    st.integers(1, 10**11).map(Micros),
    st.integers(0, 300),
    st.integers(64, 8000),
)
WHOLES = st.tuples(st.integers(-(10**8), 10**9), st.integers(1, 10**11)).map(
    lambda pair: Interval(Micros(pair[0]), Micros(pair[0] + pair[1]))
)


@given(SCALES.filter(lambda scale: scale.length >= scale.width), st.integers(-500, 9000))
def test_last_moment_on_a_pixel_falls_on_it(scale: Scale, x: int) -> None:
    first, last = scale.time_at(x), scale.last_time_in(x)
    assert first <= last
    assert scale.pixel_of(first - 1) < x == scale.pixel_of(first)
    assert scale.pixel_of(last) == x < scale.pixel_of(last + 1)


@given(SCALES, st.integers(-(10**9), 10**11))
def test_a_moment_lies_within_its_pixel(scale: Scale, moment: int) -> None:
    x = scale.pixel_of(moment)
    assert moment <= scale.last_time_in(x)
    assert abs(scale.x_of(moment) - x - 0.5) <= 0.5 + 1e-6 * max(1, abs(x))


@given(WHOLES, st.integers(64, 8000))
def test_fitted_shows_all_and_a_margin(whole: Interval, width: int) -> None:
    scale = fitted(whole, 120, width)
    assert scale.start <= whole.start
    assert scale.end >= whole.end


@given(WHOLES, st.integers(64, 4000), st.lists(st.tuples(st.floats(0.1, 9), st.integers(0, 4000))))
def test_zooming_stays_within_limits(
    whole: Interval, width: int, steps: list[tuple[float, int]]
) -> None:
    scale = fitted(whole, 0, width)
    longest = scale.length
    for factor, x in steps:
        scale = zoomed(scale, whole, FRAME, factor, min(x, width))
        assert 1 <= scale.length <= longest
        assert clamped(scale, whole) == scale


def test_zooming_keeps_the_moment_under_the_mouse() -> None:
    scale = zoomed(fitted(MINUTE, 100, 900), MINUTE, FRAME, 0.25, 550)
    moment = scale.time_at(550)
    closer = zoomed(scale, MINUTE, FRAME, 0.5, 550)
    assert abs(closer.pixel_of(moment) - 550) <= 1


def test_zooming_in_ends_at_wide_frames() -> None:
    scale = fitted(MINUTE, 100, 960)
    for _ in range(100):
        scale = zoomed(scale, MINUTE, FRAME, 0.5, 500)
    assert FRAME * scale.width // scale.length == FRAME_PX_AT_MOST


def test_zooming_out_ends_at_the_whole_session() -> None:
    everything = fitted(MINUTE, 100, 960)
    near = zoomed(everything, MINUTE, FRAME, 0.1, 300)
    assert zoomed(near, MINUTE, FRAME, 1000, 900) == everything


def test_panning_ends_where_the_session_ends() -> None:
    scale = zoomed(fitted(MINUTE, 0, 1000), MINUTE, FRAME, 0.1, 500)
    assert panned(scale, MINUTE, 10).start > scale.start
    far = panned(scale, MINUTE, 10_000_000)
    assert far.start < MINUTE.end < far.end
    assert panned(far, MINUTE, 50) == far


def test_resizing_goes_on_showing_all() -> None:
    assert fitted_to(fitted(MINUTE, 0, 500), MINUTE, 120, 900) == fitted(MINUTE, 120, 900)


def test_resizing_keeps_the_stretch_shown() -> None:
    near = zoomed(fitted(MINUTE, 0, 500), MINUTE, FRAME, 0.1, 250)
    resized = fitted_to(near, MINUTE, 120, 900)
    assert (resized.start, resized.length) == (near.start, near.length)
    assert (resized.left, resized.width) == (120, 900)


def test_page_turns_only_for_a_moment_out_of_view() -> None:
    scale = zoomed(fitted(MINUTE, 0, 1000), MINUTE, FRAME, 0.1, 500)
    assert paged(scale, MINUTE, Micros(scale.start + 1)) is None
    turned = paged(scale, MINUTE, scale.end)
    assert turned is not None
    assert turned.start < scale.end < turned.end
    assert scale.end - turned.start < turned.end - scale.end


def test_page_does_not_turn_when_all_is_shown() -> None:
    assert paged(fitted(MINUTE, 0, 1000), MINUTE, MINUTE.end) is None


def test_frame_length_is_the_mean() -> None:
    assert frame_length([Micros(0), Micros(33_367), Micros(66_733)]) == 33_366
    assert frame_length([Micros(7)]) == frame_length([]) > 0


def test_no_handle_when_all_is_shown() -> None:
    assert handle(fitted(MINUTE, 100, 900), MINUTE) is None


def test_handle_pulled_to_the_ends_shows_the_ends() -> None:
    scale = zoomed(fitted(MINUTE, 100, 900), MINUTE, FRAME, 0.1, 500)
    first, last = slid(scale, MINUTE, -5000), slid(scale, MINUTE, 5000)
    left, right = handle(first, MINUTE), handle(last, MINUTE)
    assert left is not None
    assert right is not None
    assert abs(left[0] - 100) < 0.01
    assert abs(right[0] + right[1] - 1000) < 0.01


def test_handle_follows_the_hand() -> None:
    scale = zoomed(fitted(MINUTE, 100, 900), MINUTE, FRAME, 0.2, 500)
    before, after = handle(scale, MINUTE), handle(slid(scale, MINUTE, 37), MINUTE)
    assert before is not None
    assert after is not None
    assert abs(after[0] - before[0] - 37) < 0.5
