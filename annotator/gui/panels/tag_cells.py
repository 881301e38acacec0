"""What stands in a cell of the tags table, and what typing something else there means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from annotator import editing
from annotator.editing import Edit
from annotator.errors import EditError
from annotator.model.codebook import Code, CodeKind
from annotator.model.coding import UNNAMED, Tag
from annotator.model.participant import Participant
from annotator.model.session import Session
from annotator.model.time import SECOND, ZERO, Micros, from_clock, to_clock

MILLI = 1000
UNNAMED_WORDS = "? not named yet"
UNNAMED_TIP = "Select it and press the key of a code to name it."


class Column(Enum):
    """The columns of the tags table, left to right, by their titles."""

    START = "Start"
    END = "End"
    LENGTH = "Length"
    CODE = "Code"
    PARTICIPANT = "Participant"
    ATTRIBUTES = "Attributes"
    NOTE = "Note"


@dataclass(frozen=True, slots=True)
class Names:
    """How the codes and participants of a session are called, by id."""

    codes: dict[str, Code] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)

    @staticmethod
    def of(session: Session) -> Names:
        """Gather the names of a session."""
        return Names(
            {code.id: code for code in session.codebook.codes},
            {one.id: one for one in session.participants},
        )

    def code_name(self, code_id: str) -> str:
        """Give a code's name, or its id where the codebook lacks it."""
        if code_id == UNNAMED:
            return UNNAMED_WORDS
        code = self.codes.get(code_id)
        return code.name if code else code_id

    def words(self, tag: Tag, column: Column) -> str:
        """Name what a tag has in one of the columns of names."""
        if column is Column.CODE:
            return self.code_name(tag.code)
        if column is Column.PARTICIPANT:
            return self.participant_name(tag.participant)
        return self.attribute_words(tag)

    def attribute_words(self, tag: Tag) -> str:
        """Say what was chosen of a tag's attributes, in the codebook's words where it has them."""
        code = self.codes.get(tag.code)
        words = dict(tag.attributes)
        for attribute in code.attributes if code else ():
            chosen = {one.id: one.name for one in attribute.choices}
            if attribute.id in words:
                words[attribute.id] = chosen.get(words[attribute.id], words[attribute.id])
        named = {one.id: one.name for one in code.attributes} if code else {}
        return ", ".join(f"{named.get(key, key)}: {value}" for key, value in words.items())

    def participant_name(self, participant_id: str) -> str:
        """Give a participant's label, or the id where the session lacks it."""
        one = self.participants.get(participant_id)
        return (one.label or one.role.value.capitalize()) if one else participant_id


def participant_words(participant: Participant) -> str:
    """Say who a participant is, as in "Client C07"."""
    role = participant.role.value.capitalize()
    label = participant.label.strip()
    return role if not label or label.casefold() == role.casefold() else f"{role} {label}"


def length_text(length: Micros) -> str:
    """Write a length as `3.480 s` below a minute and as a clock above; empty for an instant."""
    if length == ZERO:
        return ""
    if length < 60 * SECOND:
        seconds, millis = divmod(length // MILLI, 1000)
        return f"{seconds}.{millis:03d} s"
    return to_clock(length)


def cell_text(tag: Tag, column: Column, names: Names) -> str:
    """Write a cell as it is shown."""
    match column:
        case Column.START:
            return to_clock(tag.start)
        case Column.END:
            return "" if tag.is_instant else to_clock(tag.end)
        case Column.LENGTH:
            return length_text(tag.interval.length)
        case Column.CODE | Column.PARTICIPANT | Column.ATTRIBUTES:
            return names.words(tag, column)
        case Column.NOTE:
            return tag.note


def cell_value(tag: Tag, column: Column) -> str:
    """Give what an editor of the cell begins with: ids where a choice is made, else the text."""
    match column:
        case Column.CODE:
            return tag.code
        case Column.PARTICIPANT:
            return tag.participant
        case _:
            return cell_text(tag, column, Names())


def cell_spoken(tag: Tag, column: Column, names: Names) -> str:
    """Say a cell for a screen reader, which does not see the heading or an empty cell."""
    text = cell_text(tag, column, names)
    if not text:
        text = "instant" if column in {Column.END, Column.LENGTH} else "none"
    return f"{column.value} {text}"


def cell_tip(tag: Tag, column: Column, names: Names) -> str:
    """Explain a cell beyond what its width shows; empty where there is nothing to add."""
    match column:
        case Column.START:
            return "Double-click to go there. Click the pencil to type another time."
        case Column.CODE:
            code = names.codes.get(tag.code)
            lacking = UNNAMED_TIP if tag.code == UNNAMED else "The codebook has no such code."
            return code.definition if code else lacking
        case Column.PARTICIPANT:
            one = names.participants.get(tag.participant)
            return participant_words(one) if one else ""
        case Column.ATTRIBUTES:
            return names.attribute_words(tag)
        case Column.NOTE:
            return tag.note
        case _:
            return ""


def cell_edit(
    session: Session, pass_id: str, tag: Tag, column: Column, value: str, modified: str
) -> Edit | None:
    """Make the edit that typing a value into a cell asks for.

    `value` is an id for code and participant, else the text typed. None where nothing would
    change. Raises EditError where the value cannot be.
    """
    if value == cell_value(tag, column):
        return None
    edit: Edit | None = None
    match column:
        case Column.START | Column.END:
            start, end = _times(session, tag, column, value)
            if (start, end) != (tag.start, tag.end):
                edit = editing.retime_tag(session, pass_id, tag, start, end, modified)
        case Column.CODE:
            edit = editing.recode_tag(session, pass_id, tag, value, modified)
        case Column.PARTICIPANT:
            edit = editing.assign_tag(session, pass_id, tag, value, modified)
        case Column.NOTE:
            edit = editing.annotate_tag(session, pass_id, tag, value, modified)
    return edit


def _times(session: Session, tag: Tag, column: Column, text: str) -> tuple[Micros, Micros]:
    """Give start and end after typing one of them; an instant moves as a whole."""
    if column is Column.END and not text.strip():
        return _without_end(session, tag)
    time = _typed_time(session, text)
    if column is Column.END:
        return tag.start, time
    return time, time if tag.is_instant else tag.end


def _without_end(session: Session, tag: Tag) -> tuple[Micros, Micros]:
    code = session.codebook.code(tag.code)
    if code is not None and code.kind is CodeKind.SPAN:
        raise EditError(f'"{code.name}" marks a stretch of time, so its end cannot be empty.')
    return tag.start, tag.start


def _typed_time(session: Session, text: str) -> Micros:
    try:
        time = from_clock(text)
    except ValueError as error:
        raise EditError(
            f'"{text.strip()}" is not a time.', "Write it as 0:01:23.480, 1:23.48 or 83.48."
        ) from error
    if time < ZERO:
        raise EditError("A tag cannot lie before the recording starts.")
    if session.duration and time > session.duration:
        raise EditError(f"The recording ends at {to_clock(session.duration)}, before that time.")
    return time
