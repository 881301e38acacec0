"""Reaches any frame of a film exactly, decoding as little as the keyframes allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice

from annotator.errors import GivenUpError, MediaError
from annotator.media.frame import Frame, orientation_of
from annotator.media.frame_cache import NEAR, FrameCache
from annotator.media.frame_index import (
    FrameIndex,
    index_of_decoded,
    index_of_packets,
    lacks_showing_times,
    without_first,
)
from annotator.media.hdr_pictures import Toning
from annotator.media.key_pictures import KeyPictures
from annotator.media.picture_decoder import Decoded, PictureDecoder
from annotator.media.reel import Reel
from annotator.media.survey import Survey
from annotator.model.time import to_clock

_CHECKED = 8
"""How many frames are decoded on opening, to hold the index against."""

_SAFER_WAYS = 2
"""How many times a frame is sought further back before it is taken for lost, unless asked for."""

_JUST_BEFORE = 24
"""So many frames before one that was jumped to are decoded with it: the next steps may be back."""

_WAYS = 3
"""From so many keyframes before a frame it is sought, if need be."""

_PROOF = 2
"""So often decoding went past a frame without giving it, if it is taken for damaged."""

_AHEAD, _BEHIND = 0, 1
"""Two reels, so that fetching what lies behind does not cost playing its place."""


def never() -> bool:
    """Give nothing up."""
    return False


class FrameReader:
    """Frames of one film by number; owned by one thread at a time.

    A frame is known by its exact timestamp from the index: whatever a seek lands on, the frame
    given is the one asked for. `survey` is what a reading of the film's packets found.
    """

    def __init__(
        self,
        survey: Survey,
        decoder: PictureDecoder,
        index: FrameIndex,
        first: Decoded,
        cache: FrameCache,
    ) -> None:
        self.index = index
        key, picture = first
        self.orientation = orientation_of(picture)
        self.cache = cache
        self.survey = survey
        self._toning = Toning()
        self._reels = [Reel(decoder, index, self.orientation)]
        self._lost: set[int] = set()
        self._missed: Counter[int] = Counter()
        self._passed: Counter[int] = Counter()
        self._wound_reel = self._reels[_AHEAD]
        self._wound_for: int | None = None
        self._key_pictures: KeyPictures | None = None
        self._reel_in_use = self._reels[_AHEAD]
        self._waiting_reel = self._reels[_AHEAD]
        self._waiting_for: int | None = None
        if (at := index.place_of(key)) is not None:
            cache.put(Frame(at, index.times[at], picture, self.orientation))

    @property
    def pixel_aspect(self) -> Fraction:
        """The width of a pixel by its height, as shown."""
        return self._reels[_AHEAD].decoder.pixel_aspect(self.orientation)

    def close(self) -> None:
        """Let go of the film and of all frames kept."""
        for reel in self._reels:
            reel.close()
        if self._key_pictures is not None:
            self._key_pictures.close()
        self.cache.clear()

    def frame(self, index: int, is_given_up: Callable[[], bool] = never) -> Frame:
        """Give a frame by number, and take it for the playhead.

        Raises IndexError where the film has no such frame, MediaError where the frame is damaged,
        and GivenUpError where it was given up before it was reached.
        """
        if not 0 <= index < len(self.index):
            raise IndexError(f"the film has no frame {index}; it has {len(self.index)}")
        self.cache.look_at(index)
        return self.glance(index) or self._toning.toned(self._decoded(index, is_given_up))

    def glance(self, index: int) -> Frame | None:
        """Give a frame that is kept; None where it is not."""
        kept = self.cache.get(index)
        return None if kept is None else self._toning.toned(kept)

    def nearest(self, index: int) -> Frame | None:
        """Give a frame if it can be had at once, else the nearest one that can.

        That is one that is kept, or a keyframe. None where even that is damaged.
        """
        keyframe = min(self.index.keyframes, key=lambda one: abs(one.index - index), default=None)
        if keyframe is None or index in self.cache or self._is_close(index):
            return self.frame(index)
        kept = self.cache.nearest(index)
        if kept is not None and abs(kept - index) <= abs(keyframe.index - index):
            return self.glance(kept)
        if self._key_pictures is None:
            self._key_pictures = KeyPictures(self.survey.path, self.index)
        return self._key_pictures.frame(keyframe)

    def _is_close(self, index: int) -> bool:
        """Tell whether a frame is reached by decoding a few."""
        before = self.index.keyframes_before(index)
        return (bool(before) and index - before[-1].index <= NEAR) or (
            self._reel_to(index, NEAR) is not None
        )

    def fill(self) -> bool:
        """Decode a little of what may be asked for next; False where nothing is left to do.

        Takes no longer than one frame's decoding, but for the opening of the second decoder.
        """
        wanted = self._lacking()
        if wanted is None:
            return False
        if self._wound_for != wanted:
            self._wound_reel = self._reel_to(wanted) or self._wound_to(wanted)
            self._wound_for = wanted
        reel = self._wound_reel
        self._take(reel)
        if reel.reached >= wanted and wanted not in self.cache:
            self._miss(wanted)
        return True

    def approach(self, index: int) -> bool:
        """Decode a little on the way to where playing will soon go on; False once it is near.

        Takes no longer than one frame's decoding. What plays meanwhile keeps its own decoder.
        """
        soon = range(index, min(index + NEAR, len(self.index)))
        lacking = next((one for one in soon if one not in self.cache), None)
        if lacking is None or self._reel_to(lacking, NEAR) is not None:
            return False
        if self._waiting_for != lacking and not self._wind_waiting(lacking):
            return False
        if self._waiting_reel.reached >= lacking:
            return False  # it went past: the frame is damaged
        self._take(self._waiting_reel)
        return True

    def _wind_waiting(self, index: int) -> bool:
        """Wind the reel that does not play to the keyframe before a frame, if there is one."""
        before = self.index.keyframes_before(index)
        if not before:
            return False
        is_ahead_free = self._reel_in_use is not self._reels[_AHEAD]
        self._waiting_reel = self._reel(_AHEAD if is_ahead_free else _BEHIND)
        self._waiting_reel.wind_to(before[-1], max(index - NEAR // 2, 0))
        self._waiting_for, self._wound_for = index, None
        return True

    def _miss(self, index: int) -> None:
        """Fetch a frame by a safer way next time, or take it for lost where there is none."""
        self._missed[index] += 1
        self._wound_for = None
        if self._missed[index] > min(len(self.index.keyframes_before(index)), _SAFER_WAYS):
            self._lost.add(index)

    def _lacking(self) -> int | None:
        """Number the next frame to fetch unasked: the neighbours, then in the way of travel.

        What lies behind is fetched in long stretches, since each costs the way from its keyframe.
        """
        here, cache = self.cache.playhead, self.cache
        ahead = cache.lacking_ahead(self._lost, len(self.index))
        behind = cache.lacking_behind(self._lost)
        if behind == here - 1:
            return behind
        if ahead == here + 1:
            return ahead
        if behind is not None and here - behind > (here - cache.low) * 2 // 3:
            behind = None
        if ahead is not None and ahead - here > (cache.high - here) // 2:
            ahead = ahead if self._reel_to(ahead, NEAR) else None
        first, second = (behind, ahead) if cache.is_going_back else (ahead, behind)
        return second if first is None else first

    def _reel_to(self, index: int, most: int | None = None) -> Reel | None:
        """Find the reel for which going on is the cheapest way, with at most so many frames."""
        leading = [reel for reel in self._reels if reel.leads_to(index)]
        nearest = max(leading, key=lambda reel: reel.reached, default=None)
        if nearest is None or (most is not None and index - nearest.reached > most):
            return None
        return nearest

    def _wound_to(self, index: int) -> Reel:
        """Wind a reel to the keyframe before, to fetch a frame and all that is wanted before it."""
        reel = self._reel(_BEHIND if index < self.cache.playhead else _AHEAD)
        before = self.index.keyframes_before(index)
        safer = self._missed[index]
        if len(before) > safer:
            reel.wind_to(before[-1 - safer], max(min(self.cache.low, index), 0))
        else:
            reel.wind_to_start()
        return reel

    def _reel(self, which: int) -> Reel:
        if which == _BEHIND and len(self._reels) == 1:
            decoder = PictureDecoder(self.survey.path, by_dts=self.index.by_dts)
            self._reels.append(Reel(decoder, self.index, self.orientation))
        return self._reels[which]

    def _decoded(self, index: int, is_given_up: Callable[[], bool]) -> Frame:
        self._wound_for = None
        for reel in self._ways_to(index):
            self._reel_in_use = reel
            if reel is self._waiting_reel:
                self._waiting_for = None
            while reel.reached < index:
                if is_given_up():
                    raise GivenUpError("Another picture was asked for meanwhile.")
                frame = self._take(reel)
                if frame is not None and frame.index == index:
                    self._hope_again(index)
                    return frame
            if self._passed[index] >= _PROOF:
                break  # the whole way from the start may be hours
        when = to_clock(self.index.times[index])
        raise MediaError(f"The picture at {when} is damaged and cannot be shown.", "Step past it.")

    def _hope_again(self, index: int) -> None:
        """Where a frame came that was taken for lost, others may: a disk may be there again."""
        if index in self._lost:
            self._lost = {one for one in self._lost if self._passed[one] >= _PROOF}
            self._missed.clear()

    def _ways_to(self, index: int) -> Iterator[Reel]:
        """Yield reels to decode on: the cheapest way, then safer ones, at last the very start.

        None where the frame is known to be damaged.
        """
        if self._passed[index] >= _PROOF:
            return
        going_on = self._reel_to(index)
        if going_on is not None:
            yield going_on
        reel = going_on or self._reel(_BEHIND if self.cache.is_going_back else _AHEAD)
        for keyframe in reversed(self.index.keyframes_before(index)[-_WAYS:]):
            reel.wind_to(keyframe, max(index - _JUST_BEFORE, 0))
            yield reel
        reel.wind_to_start()
        yield reel

    def _take(self, reel: Reel) -> Frame | None:
        frame = reel.turn()
        if frame is not None:
            self.cache.put(frame)
            self._passed.update(reel.passed)
            self._lost.update(one for one in reel.passed if self._passed[one] >= _PROOF)
        return frame


def open_reader(survey: Survey, cache: FrameCache | None = None) -> FrameReader:
    """Open the picture of a surveyed film; `cache` keeps its frames, one of its own by default.

    Raises MediaError where it has none, or where nothing of it can be decoded.
    """
    name, stream = survey.path.name, survey.video
    if stream is None:
        raise MediaError(f"“{name}” holds sound only, no picture.", "Open it as a sound recording.")
    kept = FrameCache() if cache is None else cache
    # where none is kept they are taken in order by somebody who has work with each
    shares = kept.budget == 0
    decoder = PictureDecoder(survey.path, by_dts=lacks_showing_times(stream), shares=shares)
    coming = filter(None, decoder.from_start())
    first = next(coming, None)
    if first is None:
        decoder.close()
        raise MediaError(
            f"No picture of “{name}” can be decoded.",
            "It is damaged, or of a kind that is not known here.",
        )
    index = index_of_packets(stream, survey.timescale(stream))
    keys = [first[0], *(key for key, _ in islice(coming, _CHECKED - 1))]
    start = index.place_of(keys[0])
    if start is not None and [*index.keys[start : start + _CHECKED]] == keys:
        index = without_first(index, start)
    else:
        all_keys = (key for key, _ in filter(None, decoder.from_start()))
        index = index_of_decoded(stream, survey.timescale(stream), all_keys)
    return FrameReader(survey, decoder, index, first, kept)
