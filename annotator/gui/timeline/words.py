"""What the timeline says of tags, to the mouse that rests on one and to screen readers."""

from __future__ import annotations

from html import escape

from annotator.gui.timeline.hit import Hit, Part
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.selecting import Selection
from annotator.model.coding import Tag
from annotator.model.session import ExcludedSpan, Session
from annotator.model.time import Micros, to_clock, to_seconds_text

ABOUT = (
    "Tags over time, one lane for each group of codes, participant or pass. Reached with Tab,"
    " arrows go from tag to tag. The table of tags holds the same tags as text."
)

TO_NAME = "Not named yet: select it and press the key of a code"


def spoken(scene: Scene, selection: Selection) -> str:
    """Tell what is selected, for a screen reader; what the timeline is where nothing is."""
    if selection.stretch is not None:
        span = selection.stretch
        return f"Selected: {to_clock(span.start)} to {to_clock(span.end)}. {ABOUT}"
    if len(selection.tags) > 1:
        return f"Selected: {len(selection.tags)} tags. {ABOUT}"
    place = scene.lanes.place(next(iter(selection.tags), ""))
    if place is None or scene.session is None:
        return ABOUT
    tag, code = place.tag, scene.session.codebook.code(place.tag.code)
    name = code.name if code is not None else _unknown(tag)
    return f"Selected: {name}, {_times(tag)}, in lane {scene.lanes.lanes[place.lane].name}."


def tip_of(session: Session | None, found: Hit, moment: Micros) -> str:
    """Tell what lies at a moment, as rich text; empty where there is nothing to say."""
    if session is None:
        return ""
    if found.tag is not None:
        return tag_tip(session, found.tag)
    if found.part is Part.GUTTER:
        return ""
    spans = (span for span in session.excluded if span.interval.contains(moment))
    return next((excluded_tip(span) for span in spans), "")


def tag_tip(session: Session, tag: Tag) -> str:
    """Tell a tag's code, times, participant, attributes and note, as rich text."""
    code = session.codebook.code(tag.code)
    lines = [f"<b>{escape(code.name if code else _unknown(tag))}</b>", _times(tag)]
    person = session.participant(tag.participant)
    if person is not None:
        lines.append(f"{escape(person.label)} ({person.role.value})")
    for attribute in code.attributes if code else ():
        chosen = tag.attributes.get(attribute.id)
        names = [choice.name for choice in attribute.choices if choice.id == chosen]
        lines += [f"{escape(attribute.name)}: {escape(name)}" for name in names]
    if tag.note:
        lines.append(f"<i>{escape(tag.note)}</i>")
    return "<br>".join(lines)


def excluded_tip(span: ExcludedSpan) -> str:
    """Tell that a span is excluded, from when to when and why, as rich text."""
    reason = f"<br>{escape(span.reason)}" if span.reason else ""
    return f"<b>Excluded</b><br>{to_clock(span.start)} to {to_clock(span.end)}{reason}"


def _unknown(tag: Tag) -> str:
    return tag.code if tag.is_named else TO_NAME


def _times(tag: Tag) -> str:
    if tag.is_instant:
        return to_clock(tag.start)
    length = to_seconds_text(Micros((tag.end - tag.start + 500) // 1000 * 1000))
    return f"{to_clock(tag.start)} to {to_clock(tag.end)} ({length} s)"
