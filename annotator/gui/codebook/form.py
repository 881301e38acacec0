"""The fields of one member of a codebook, drawn from a table of what it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFormLayout, QLabel, QWidget

from annotator.gui.codebook.fields import (
    CheckField,
    ChoiceField,
    ColourField,
    Field,
    LineField,
    NumberField,
    Options,
    RowsField,
    TextField,
    TicksField,
    fit_to,
)
from annotator.gui.codebook.rows import (
    ANCHOR_HEADINGS,
    ATTRIBUTE_HEADINGS,
    BAND_HEADINGS,
    anchors_of,
    attributes_of,
    bands_of,
)
from annotator.gui.theme import Theme
from annotator.model.book_compare import Member, Part
from annotator.model.codebook import Codebook, CodeKind, Speaker

Make = Callable[[str], Field]


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: the name in the model, the words beside it and what makes it."""

    name: str
    label: str
    make: Make


def _options(listed: Options) -> Callable[[Codebook], Options]:
    return lambda _book: listed


def _groups(book: Codebook) -> Options:
    return [("", "None"), *((one.id, one.name) for one in book.groups)]


def _parents(book: Codebook) -> Options:
    return [("", "None"), *((one.id, one.name) for one in book.codes)]


_KINDS: Options = ((CodeKind.POINT, "A moment"), (CodeKind.SPAN, "A stretch of time"))
_SPEAKERS: Options = (
    (Speaker.THERAPIST, "Therapist"),
    (Speaker.CLIENT, "Client"),
    (Speaker.DYAD, "Both together"),
    (Speaker.NONE, "Nobody in particular"),
)
_needed = partial(NumberField, needed=True)
_optional = partial(NumberField, needed=False)

_CODE = (
    Spec("name", "Name", LineField),
    Spec("abbreviation", "Short name", LineField),
    Spec("key", "Key", LineField),
    Spec("colour", "Colour", ColourField),
    Spec("group", "Group", lambda name: ChoiceField(name, _groups)),
    Spec("kind", "Marks", lambda name: ChoiceField(name, _options(_KINDS))),
    Spec("speaker", "Speaker", lambda name: ChoiceField(name, _options(_SPEAKERS))),
    Spec("parent", "Parent", lambda name: ChoiceField(name, _parents)),
    Spec("definition", "Definition", TextField),
    Spec("example", "Example", TextField),
    Spec("counter_example", "Counter-example", TextField),
    Spec("exclusive_with", "Not together with", TicksField),
    Spec(
        "attributes",
        "Attributes",
        lambda name: RowsField(name, ATTRIBUTE_HEADINGS, attributes_of),
    ),
    Spec("id", "Id in files and formulas", LineField),
    Spec("retired", "Retired: takes no new tags", CheckField),
)
_GROUP = (Spec("name", "Name", LineField), Spec("id", "Id in files", LineField))
_RATING = (
    Spec("name", "Name", LineField),
    Spec("definition", "Definition", TextField),
    Spec("minimum", "Lowest", _needed),
    Spec("maximum", "Highest", _needed),
    Spec("step", "Step", _optional),
    Spec("default", "Usual answer", _optional),
    Spec("group", "Group", lambda name: ChoiceField(name, _groups)),
    Spec("anchors", "Anchors", lambda name: RowsField(name, ANCHOR_HEADINGS, anchors_of)),
    Spec("id", "Id in files and formulas", LineField),
    Spec("retired", "Retired: is not asked any more", CheckField),
)
_SCORE = (
    Spec("name", "Name", LineField),
    Spec("formula", "Formula", LineField),
    Spec("unit", "Unit", LineField),
    Spec("bands", "Thresholds", lambda name: RowsField(name, BAND_HEADINGS, bands_of)),
    Spec("note", "Whose thresholds", TextField),
    Spec("id", "Id in files", LineField),
)
SPECS: Mapping[Part, tuple[Spec, ...]] = {
    Part.CODE: _CODE,
    Part.GROUP: _GROUP,
    Part.RATING: _RATING,
    Part.SCORE: _SCORE,
}
BOOK_SPECS = (
    Spec("name", "Name", LineField),
    Spec("unit", "One tag stands for", TextField),
    Spec("notice", "Notice", TextField),
    Spec("sample_minutes", "Minutes to code", partial(_optional, whole=True)),
)
OF_FILE = {"min": "minimum", "max": "maximum", "from": "bands", "value": "anchors"}
"""What files call otherwise than the model, as far as problems name it."""


class Form(QWidget):
    """Shows one member, and tells of it changed with each stroke."""

    edited = pyqtSignal(object)

    def __init__(self, specs: tuple[Spec, ...], theme: Theme) -> None:
        super().__init__()
        self._member: Member | Codebook | None = None
        self.fields: dict[str, Field] = {}
        self.set_up(specs, theme)

    def set_up(self, specs: tuple[Spec, ...], theme: Theme) -> None:
        """Make the fields."""
        layout = QFormLayout(self)
        layout.setContentsMargins(*([theme.spacing_large] * 4))
        layout.setVerticalSpacing(theme.spacing_small)
        layout.setHorizontalSpacing(theme.spacing)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for spec in specs:
            made = spec.make(spec.label)
            label = QLabel("" if isinstance(made, CheckField) else spec.label)
            label.setBuddy(made)
            layout.addRow(label, made)
            made.changed.connect(partial(self._take, spec.name))
            self.fields[spec.name] = made
        self.set_theme(theme)

    def show_member(self, member: Member | Codebook, book: Codebook, *, anew: bool) -> None:
        """Show a member; `anew` where it is another one than before."""
        self._member = member
        for name, one in self.fields.items():
            if anew and isinstance(one, RowsField):
                one.forget()
            one.show_value(getattr(member, name), book)

    def focus(self, name: str) -> None:
        """Put the cursor into a field; the first one where there is none of this name."""
        first = next(iter(self.fields.values()))
        self.fields.get(OF_FILE.get(name, name), first).setFocus()

    def select(self, name: str) -> None:
        """Mark the whole text of a line, so that typing replaces it."""
        one = self.fields[name]
        if isinstance(one, LineField):
            one.line.selectAll()

    def set_read_only(self, *, read_only: bool) -> None:
        """Allow looking only."""
        for one in self.fields.values():
            one.setEnabled(not read_only)

    def set_theme(self, theme: Theme) -> None:
        """Fit the fields to type of another size."""
        fit_to(theme, tuple(self.fields.values()))

    def _take(self, name: str) -> None:
        one = self.fields[name]
        if self._member is None or not one.is_readable():
            return
        values: dict[str, Any] = {name: one.value()}
        changed = replace(self._member, **values)
        if changed != self._member:
            self._member = changed
            self.edited.emit(changed)
