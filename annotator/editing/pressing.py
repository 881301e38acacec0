"""The keys of codes: pressed, let go, and ended when the film or the region does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.editing.edit import Edit
from annotator.editing.guarding import why_closed
from annotator.editing.hand import Hand
from annotator.editing.laying import corrected, rival_at, room
from annotator.editing.marking import RunningSpan
from annotator.editing.tapping import Step, Tapping, refused
from annotator.editing.ways import ShortHold, Way, rivals_of
from annotator.errors import EditError
from annotator.model.codebook import Code, CodeKind
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros, to_clock


def press(tapping: Tapping, hand: Hand, code_id: str, moment: Micros, *, playing: bool) -> Step:
    """Press a code's key at the frame on screen; `playing` as against paused and stepping.

    A key that repeats because it is held does nothing.
    """
    code = hand.code(code_id)
    if code is None or code.retired:
        return refused(tapping, f"{hand.name_of(code_id)} takes no tags any more.")
    span = tapping.running_span(code_id)
    if span is not None and span.held:
        return Step(tapping, tapping, Edit("", ()))
    if span is not None and hand.ways.way_of(code) is not Way.SEQUENCE:
        return _end(tapping, hand, span, moment)
    return _begin(tapping, hand, code, moment, playing=playing)


def release(tapping: Tapping, hand: Hand, code_id: str, moment: Micros) -> Step:
    """Let a code's key go: ends the stretch that was begun by holding it."""
    span = tapping.running_span(code_id)
    if span is None or not span.held:
        return Step(tapping, tapping, Edit("", ()))
    if abs(moment - span.pressed) >= max(hand.ways.short_hold, 1):
        return _end(tapping, hand, span, moment)
    return _short(tapping, hand, span)


def stop(tapping: Tapping, hand: Hand, moment: Micros, code_id: str = "") -> Step:
    """End what runs at a moment, or one code of it, with nothing begun after it.

    A stretch that no room is left for is given up; so this is what to call when the film closes,
    or before another pass is shown.
    """
    spans = [one for one in tapping.running if code_id in ("", one.code_id)]
    if not spans:
        return refused(tapping, "Nothing runs that could be ended.")
    tags = _tags_of(hand, spans, moment)
    names = ", ".join(hand.name_of(one.code_id) for one in spans)
    if not tags:
        return _given_up(tapping, spans, f"{names} given up: no time had passed")
    return _made(tapping.without(spans), hand, tags, f"{names} ended", tapping)


def end_of_region(tapping: Tapping, hand: Hand) -> Step:
    """End what runs where the region ends; to be called when the film has played up to there."""
    return stop(tapping, hand, hand.session.region.end)


def give_up(tapping: Tapping, hand: Hand, code_id: str = "") -> Step:
    """Give up the stretch begun last, or that of a code; it leaves no tag."""
    span = tapping.running_span(code_id) if code_id else tapping.newest
    if span is None:
        return refused(tapping, "Nothing runs that could be given up.")
    return _given_up(tapping, [span], f"{hand.name_of(span.code_id)} given up")


def _begin(tapping: Tapping, hand: Hand, code: Code, moment: Micros, *, playing: bool) -> Step:
    if not hand.session.region.contains(moment):
        return refused(tapping, "This is outside the region that is coded, so it would not count.")
    if why_not := why_closed(hand.session, hand.pass_id):
        return refused(tapping, why_not)
    participant = hand.usual_participant(code)
    rival = rival_at(hand, code, participant, moment)
    if rival is not None:
        told = f"{hand.name_of(rival.code)} is tagged here, which {code.name} cannot stand beside."
        return refused(tapping, told)
    start = corrected(hand, code, participant, moment) if playing else moment
    ending = _ended_by(tapping, hand, code, participant)
    if any(one.code_id == code.id and one.start == moment for one in ending):
        return refused(tapping, f"{code.name} began on this very frame.")
    if any(start <= one.start <= moment for one in ending):
        start = moment  # no correction past the beginning of what it ends
    tags = _laid_until(hand, ending, start)
    left = tapping.without(ending)
    lost = [hand.name_of(one.code_id) for one in ending if one.start >= start]
    after_that = f"; {', '.join(lost)} given up" if lost else ""
    if hand.ways.way_of(code) is Way.INSTANT:
        instant = hand.fresh_tag(code, Interval(start, start), participant)
        told = f"{code.name} at {to_clock(start)}{after_that}"
        return _made(left, hand, (*tags, instant), told, tapping)
    held = hand.ways.way_of(code) is Way.HOLD
    span = RunningSpan(code.id, start, moment, held=held, participant=participant)
    told = f"{code.name} runs from {to_clock(start)}{after_that}"
    return _made(left, hand, tags, told, tapping, span)


def _ended_by(
    tapping: Tapping, hand: Hand, code: Code, participant: str
) -> tuple[RunningSpan, ...]:
    rivals = rivals_of(hand.session.codebook, hand.ways, code)
    return tuple(
        one for one in tapping.running if rivals.forbid(one.code_id, one.participant, participant)
    )


def _end(tapping: Tapping, hand: Hand, span: RunningSpan, moment: Micros) -> Step:
    name = hand.name_of(span.code_id)
    if moment == span.start:
        told = f"{name} started on this very frame. Move on, then press its key again."
        return refused(tapping, told)
    tags = _tags_of(hand, [span], moment)
    if not tags:
        return refused(tapping, f"There is no room for {name} here: what it excludes is there.")
    told = f"{name} from {to_clock(tags[0].start)} to {to_clock(tags[0].end)}"
    return _made(tapping.without([span]), hand, tags, told, tapping)


def _short(tapping: Tapping, hand: Hand, span: RunningSpan) -> Step:
    """Deal with a key that was to be held and was only tapped."""
    code = hand.code(span.code_id)
    name = hand.name_of(span.code_id)
    policy = hand.ways.on_short_hold
    if policy is ShortHold.REFUSE:
        return _given_up(tapping, [span], f"{name} given up: its key was not held")
    if policy is ShortHold.INSTANT and code is not None and code.kind is CodeKind.POINT:
        at = Interval(span.start, span.start)
        tag = hand.fresh_tag(code, at, span.participant, span.attributes)
        told = f"{name} at {to_clock(span.start)}"
        return _made(tapping.without([span]), hand, (tag,), told, tapping)
    after = tapping.changed(span, replace(span, held=False))
    told = f"{name} runs until its key is pressed again"
    return Step(tapping, after, Edit(f"let {name} run", ()), told)


def _laid_until(hand: Hand, spans: Iterable[RunningSpan], moment: Micros) -> tuple[Tag, ...]:
    """Make the tags of stretches that another code ends; none of what begins after that."""
    return _tags_of(hand, (one for one in spans if one.start < moment), moment)


def _tags_of(hand: Hand, spans: Iterable[RunningSpan], moment: Micros) -> tuple[Tag, ...]:
    """Make the tags that stretches ended at a moment give; none where there is no room."""
    tags: list[Tag] = []
    for span in spans:
        code = hand.code(span.code_id)
        if code is None:
            continue
        free = room(hand, code, span.participant, span.start, moment)
        if free is not None and not _is_taken(hand, code, span, free, tags):
            tags.append(hand.fresh_tag(code, free, span.participant, span.attributes))
    return tuple(tags)


def _is_taken(
    hand: Hand, code: Code, span: RunningSpan, free: Interval, tags: Iterable[Tag]
) -> bool:
    """Tell whether a tag that is being made at the same time rules the code out there."""
    rivals = rivals_of(hand.session.codebook, hand.ways, code)
    return any(
        tag.interval.overlaps(free) and rivals.forbid(tag.code, tag.participant, span.participant)
        for tag in tags
    )


def _given_up(tapping: Tapping, spans: list[RunningSpan], told: str) -> Step:
    return Step(tapping, tapping.without(spans), Edit(told.partition(":")[0], ()), told)


def _made(
    left: Tapping,
    hand: Hand,
    tags: tuple[Tag, ...],
    told: str,
    before: Tapping,
    span: RunningSpan | None = None,
) -> Step:
    """Give the step that adds tags and, it may be, lets a stretch begin."""
    try:
        changes = hand.adding(tags)
    except EditError as error:
        return refused(before, str(error))
    after = left.with_made(tags)
    if span is not None:
        after = after.begun(span)
        label = f"begin {hand.name_of(span.code_id)}"
    else:
        label = f"add {hand.name_of(tags[-1].code)}"
    return Step(before, after, Edit(label, changes), told, made=tags)
