"""Writes files of Datavyu, in the form that its present version writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED, CodingPass, Tag
from annotator.model.naming import unused_name
from annotator.model.session import Session
from annotator.model.time import to_clock
from annotator.model.transcript import Cue
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.datavyu_columns import CODE, OURS, SPEECH
from annotator.storage.interchange.datavyu_project import ID, project_written
from annotator.storage.interchange.datavyu_reading import TABLE
from annotator.storage.interchange.datavyu_table import (
    MATRIX,
    NOMINAL,
    TEXT,
    VERSIONS,
    Cell,
    Column,
    written_column,
)
from annotator.storage.interchange.drafting import UNKNOWN_CODER, word_of
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.json_reading import items, members
from annotator.storage.interchange.laid_tiers import word_of_attribute
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.tiers import Annotation, Tier, use_of

_LONGEST_NAME = 200
_LATEST = 100 * 3_600_000  # the hours of Datavyu have two digits
_WORDS = {UNNAMED: "unnamed"}
_TRANSCRIPT = "transcript"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same session gives the same file

Kept = Mapping[str, object]


def write_datavyu(sessions: Sequence[Session], wishes: Wishes, notes: Notes) -> bytes:
    """Write a session: a column for each code of each coder, and one for what was said."""
    session = sessions[0]
    columns = _Columns(session, wishes, notes).all()
    lines = [VERSIONS[0], *_predicates(session)]
    lines += [line for column in columns for line in written_column(column)]
    table = ("\n".join(lines) + "\n").encode("utf-8", "replace")
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in ({TABLE: table} | project_written(session)).items():
            info = ZipInfo(name, _LONG_AGO)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, data)
    return file.getvalue()


def _predicates(session: Session) -> list[str]:
    listed = members(session.extra.get(ID)).get("predicates")
    return [one for one in items(listed) if isinstance(one, str)]


class _Columns:
    """Lays out tags and cues as columns: those of the file that a session came from, then ours."""

    def __init__(self, session: Session, wishes: Wishes, notes: Notes) -> None:
        self.session, self.notes = session, notes
        self.coder = wishes.coder or UNKNOWN_CODER
        self.codes = {code.id: code for code in session.codebook.codes}
        self.groups: dict[tuple[str, str], tuple[CodingPass, list[Tag]]] = {}
        for one in session.passes:
            for tag in one.tags:
                self.groups.setdefault((tag.code, one.id), (one, []))[1].append(tag)
        people = {one.id: one.label for one in session.participants}
        self.cues = [
            (cue.speaker or people.get(cue.participant, ""), cue)
            for transcript in session.transcripts
            for cue in transcript.cues
        ]
        self.names: set[str] = set()

    def all(self) -> list[Column]:
        """Give all columns; each tag and each cue stands in one of them."""
        made: list[Column] = []
        for kept in items(members(self.session.extra.get(ID)).get("columns")):
            column = self._as_it_was(members(kept))
            if column is not None:
                self.names.add(column.name)
                made.append(column)
        order = {code_id: place for place, code_id in enumerate(self.codes)}
        for code_id, pass_id in sorted(
            self.groups, key=lambda one: (order.get(one[0], len(order)), one)
        ):
            made.append(self._ours(code_id, *self.groups[code_id, pass_id]))
        if self.cues:
            made.append(self._speech(_TRANSCRIPT, self.cues))
        return made

    def _as_it_was(self, kept: Kept) -> Column | None:
        """Give a column of the earlier file as it stood, where all that is of it fits in."""
        use, name = kept.get("use"), kept.get("name")
        if not isinstance(name, str) or name in self.names or "(" in name:
            return None
        if use == TierUse.TRANSCRIPT:
            return self._old_speech(name, kept)
        if use == TierUse.VALUES:
            return self._old_values(name, kept)
        return self._old_code(name, kept) if use == TierUse.CODE else None

    def _old_speech(self, name: str, kept: Kept) -> Column | None:
        if kept.get("arguments") == list(SPEECH):
            cues, self.cues = self.cues, []
            return self._speech(name, cues)
        if kept.get("type") not in {TEXT, NOMINAL}:
            return None
        own = [cue for speaker, cue in self.cues if speaker == name and not cue.participant]
        column = self._bare(name, kept)
        column.cells = [self._cell(one, [one.text]) for one in own]
        if not own or not _is_read_as(column, TierUse.TRANSCRIPT):
            return None
        self.cues = [one for one in self.cues if one[0] != name or one[1].participant]
        return column

    def _old_values(self, name: str, kept: Kept) -> Column | None:
        own = {key: one for key, one in self.groups.items() if one[0].coder == name}
        tags = [tag for _, tags in own.values() for tag in tags]
        if kept.get("type") not in {TEXT, NOMINAL} or any(map(_says_more, tags)):
            return None
        column = self._bare(name, kept)
        column.cells = [self._cell(one, [self._word(one.code)]) for one in _in_order(tags)]
        if not _is_read_as(column, TierUse.VALUES):
            return None
        for key in own:
            del self.groups[key]
        return column

    def _old_code(self, name: str, kept: Kept) -> Column | None:
        code = next((one for one in self.codes.values() if word_of(one) == name), None)
        if code is None:
            return None
        own = {key: one for key, one in self.groups.items() if key[0] == code.id}
        tags = _in_order(tag for _, tags in own.values() for tag in tags)
        is_plain = all(one.coder == self.coder for one, _ in own.values())
        if not is_plain or any(tag.participant for tag in tags):
            return None
        column = self._bare(name, kept)
        column.cells = [self._cell(tag, _old_row(tag, code, column, kept)) for tag in tags]
        if not _holds_all(tags, code, column, kept):
            return None
        for key in own:
            del self.groups[key]
        return column

    def _bare(self, name: str, kept: Kept) -> Column:
        listed = kept.get("arguments")
        arguments = [str(one) for one in listed] if isinstance(listed, list) else []
        kind = str(kept.get("type"))
        kind = kind if kind in {TEXT, NOMINAL} else MATRIX if arguments else TEXT
        return Column(name, kind, is_visible=kept.get("hidden") is not True, arguments=arguments)

    def _word(self, code_id: str) -> str:
        code = self.codes.get(code_id)
        return word_of(code) if code else code_id

    def _ours(self, code_id: str, of: CodingPass, tags: list[Tag]) -> Column:
        """Give a column of a code with its attributes, whom it is about, a note and the coder."""
        word = self._word(code_id)
        wanted = _WORDS.get(word, word)
        if _safe(wanted) != wanted and _safe(code_id) == code_id:
            wanted = code_id
        safe = self._safe(wanted, word, f"the code “{word}” is called so in the file")
        others = sum(1 for code, _ in self.groups if code == code_id)
        name = self._free(f"{safe}_{_safe(of.coder)}" if others > 1 else safe)
        code = self.codes.get(code_id) or Code(code_id, code_id)
        used = dict.fromkeys(key for tag in tags for key in tag.attributes)
        words = {one.id: word_of_attribute(one) for one in code.attributes}
        column = Column(
            name, MATRIX, arguments=[self._argument(words.get(one, one)) for one in used]
        )
        if name != word:
            column.arguments.append(CODE)
        column.arguments += OURS
        for tag in _in_order(tags):
            values = [tag.attributes.get(key, "") for key in used]
            values += [word] if name != word else []
            values += [tag.participant, tag.note, of.coder]
            column.cells.append(self._cell(tag, values))
        return column

    def _argument(self, word: str) -> str:
        safe = self._safe(word, word, f"the attribute “{word}” is called so in the file")
        return f"{safe}_" if safe in {CODE, *OURS} else safe

    def _safe(self, wanted: str, word: str, told: str) -> str:
        safe = _safe(wanted)
        if safe != word and word not in _WORDS:
            self.notes.repaired(told, f"“{safe}”")
        return safe

    def _free(self, name: str) -> str:
        made = unused_name(name, self.names, "_{}")
        self.names.add(made)
        return made

    def _speech(self, name: str, cues: Iterable[tuple[str, Cue]]) -> Column:
        column = Column(self._free(name), MATRIX, arguments=list(SPEECH))
        ordered = sorted(cues, key=lambda one: (one[1].start, one[1].end))
        column.cells = [self._cell(cue, [speaker, cue.text]) for speaker, cue in ordered]
        return column

    def _cell(self, of: Tag | Cue, values: list[str]) -> Cell:
        """Give a cell, whose times are milliseconds."""
        start, end = to_millis(of.start), to_millis(of.end)
        if of.start < 0:
            self.notes.repaired("it began before the film, and was moved to it", to_clock(of.start))
        if end >= _LATEST:
            told = "it ends after 100 hours, where Datavyu reads no cell"
            self.notes.noticed(told, to_clock(of.start))
        return Cell(start, end, tuple(values), 0)


def _in_order(tags: Iterable[Tag]) -> list[Tag]:
    return sorted(tags, key=lambda one: (one.start, one.end, one.id))


def _safe(word: str) -> str:
    """Make a name that Datavyu allows: letters, digits and lines below, a letter first."""
    name = re.sub(r"[^A-Za-z0-9_]", "_", word)[:_LONGEST_NAME]
    return name if re.match(r"[A-Za-z]", name) else f"c_{name}"


def _says_more(tag: Tag) -> bool:
    return bool(tag.note or tag.participant or tag.attributes) or not tag.is_named


def _is_read_as(column: Column, use: TierUse) -> bool:
    """Tell whether a reader who is told nothing would take a column of texts for that."""
    seen = [Annotation(one.start, one.end, one.values[0]) for one in column.cells]
    return use_of(Tier(column.name, seen), Wishes()) is use


def _old_row(tag: Tag, code: Code, column: Column, kept: Kept) -> list[str]:
    """Give the values of a tag in the order of a column's arguments."""
    if column.type != MATRIX:
        return [tag.note]
    chosen = _chosen(tag, code)
    note = kept.get("note")
    return [tag.note if name == note else chosen.get(name, "") for name in column.arguments]


def _chosen(tag: Tag, code: Code) -> dict[str, str]:
    words = {one.id: one.name for one in code.attributes}
    return {words.get(key, key): value for key, value in tag.attributes.items()}


def _holds_all(tags: Sequence[Tag], code: Code, column: Column, kept: Kept) -> bool:
    """Tell whether a column has a place for all that its tags say, and is read so again."""
    if column.type != MATRIX:
        seen = [Annotation(one.start, one.end, one.values[0]) for one in column.cells]
        is_code = use_of(Tier(column.name, seen), Wishes()) is TierUse.CODE
        return is_code and not any(tag.attributes for tag in tags)
    names = set(column.arguments)
    has_note = kept.get("note") in names
    return all((has_note or not tag.note) and set(_chosen(tag, code)) <= names for tag in tags)
