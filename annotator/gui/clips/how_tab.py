"""How clips are made: the kind and size of file, captions and words, and which recordings show."""

from __future__ import annotations

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QWidget

from annotator.gui.clips.choices import HowChoice
from annotator.gui.clips.pieces import column_of, folded, line_field, list_field, rows_of
from annotator.gui.clips.presets import FORMS, MEGA, PRESETS, QUALITIES, preset_of
from annotator.gui.clips.viewing import ViewFields
from annotator.gui.panels.bar_fields import NumberField
from annotator.gui.theme import Theme
from annotator.jobs.clip_words import WordsWish
from annotator.media.clips.wishes import Fades, Form, Mode, Quality, Size
from annotator.model.time import in_micros

OWN = -1
NO_LIMIT = "No limit"
AS_FILMED = "As filmed"
SUBTITLES_TIP = "Players show them or not, as learners like; MP4 alone can hold them"
SWIFT_TIP = "Whole groups of pictures stay as filmed, only the ends are encoded; as exact as usual"
MOST_MB, MOST_HEIGHT, MOST_FADE_S, MOST_STILLS = 4000.0, 4320.0, 10.0, 60.0


class HowTab(QWidget):
    """Tells whenever something else is chosen."""

    changed = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.preset = list_field("What for")
        self.form = list_field("Kind of file", [(one.value, words) for one, words in FORMS])
        self.quality = list_field("Quality", [(one.value, words) for one, words in QUALITIES])
        self.most = NumberField("Most megabytes of a clip", " MB", (0.0, MOST_MB), 1.0)
        self.height_px = NumberField("Most pixels down", " px", (0.0, MOST_HEIGHT), 60.0)
        self.stills = NumberField("Stills on a sheet", "", (1.0, MOST_STILLS), 1.0)
        self.fade = NumberField("Fade of the sound", " s", (0.0, MOST_FADE_S), 0.1)
        self.captions = QCheckBox("Captions beside each clip")
        self.swift = QCheckBox("Copy what can be copied (faster)")
        self.burned = QCheckBox("Captions on the picture")
        self.subtitles = QCheckBox("Subtitles inside the file")
        self.badges = QCheckBox("Name of the tag on the picture")
        self.watermark = line_field("Watermark", "For training only")
        self.view = ViewFields(theme)
        self._fill()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)

    @property
    def choice(self) -> HowChoice:
        """What is chosen."""
        fade = in_micros(self.fade.value())
        form = self.form_chosen
        words = WordsWish(
            form.has_picture and self.burned.isChecked(),
            form.has_subtitles and self.subtitles.isChecked(),
            form.has_picture and self.badges.isChecked(),
            self.watermark.text().strip() if form.has_picture else "",
        )
        return HowChoice(
            form,
            self._size,
            Fades(fade, fade),
            self.captions.isChecked(),
            words,
            self.view.choice,
            Mode.SWIFT if form is Form.MP4 and self.swift.isChecked() else Mode.EXACT,
        )

    def forget(self) -> None:
        """Choose what is chosen at first."""
        self.preset.setCurrentIndex(0)
        self.captions.setChecked(True)
        for box in (self.burned, self.subtitles, self.badges, self.swift):
            box.setChecked(False)
        self.watermark.clear()
        self.view.forget()
        self.fade.setValue(0.0)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for part in (self._details, self._words, self.view):
            part.set_theme(theme)

    @property
    def form_chosen(self) -> Form:
        """The kind of file that is chosen."""
        return Form(self.form.currentData())

    @property
    def _size(self) -> Size:
        most, height = self.most.value(), round(self.height_px.value())
        return Size(
            Quality(self.quality.currentData()),
            round(most * MEGA) if most else None,
            height or None,
            round(self.stills.value()),
        )

    def _fill(self) -> None:
        for place, one in enumerate(PRESETS):
            self.preset.addItem(one.name, place)
        self.preset.addItem("As chosen below", OWN)
        self.most.setSpecialValueText(NO_LIMIT)
        self.height_px.setSpecialValueText(AS_FILMED)
        self.captions.setChecked(True)
        self.subtitles.setToolTip(SUBTITLES_TIP)
        self.swift.setToolTip(SWIFT_TIP)
        self._take_preset()

    def _lay_out(self, theme: Theme) -> None:
        self._details = folded(
            theme,
            "Kind, quality and size",
            ("Kind", self.form),
            ("Quality", self.quality),
            ("At most", self.most),
            ("Height", self.height_px),
            ("Fade of sound", self.fade),
            ("Stills", self.stills),
            ("", self.swift),
        )
        self._words = folded(
            theme,
            "Words on the picture",
            ("", self.burned),
            ("", self.badges),
            ("", self.subtitles),
            ("Watermark", self.watermark),
        )
        first = rows_of(theme, ("What for", self.preset))
        column_of(theme, self, first, self.captions, self._details, self._words, self.view)

    def _connect(self) -> None:
        self.preset.activated.connect(lambda _at: self._choose_preset())
        self.preset.currentIndexChanged.connect(lambda _at: self._take_preset())
        for listed in (self.form, self.quality):
            listed.currentIndexChanged.connect(lambda _at: self._show_preset())
        for field in (self.most, self.height_px, self.stills):
            field.valueChanged.connect(lambda _value: self._show_preset())
        self.fade.valueChanged.connect(lambda _value: self.changed.emit())
        ticks = (self.burned, self.subtitles, self.badges, self.swift)
        for box in (self.captions, *ticks):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.watermark.textChanged.connect(lambda _text: self.changed.emit())
        self.view.changed.connect(self.changed)

    def _choose_preset(self) -> None:
        if self.preset.currentData() == OWN:
            self._details.open()

    def _take_preset(self) -> None:
        place = self.preset.currentData()
        if place is None or place == OWN:
            return
        one, numbers = PRESETS[place], (self.most, self.height_px, self.stills)
        blockers = [QSignalBlocker(part) for part in (self.form, self.quality, *numbers)]
        self.form.setCurrentIndex(self.form.findData(one.form.value))
        self.quality.setCurrentIndex(self.quality.findData(one.size.quality.value))
        self.most.setValue((one.size.most_bytes or 0) / MEGA)
        self.height_px.setValue(float(one.size.most_height or 0))
        self.stills.setValue(float(one.size.stills))
        blockers.clear()
        self._follow_form()
        self.changed.emit()

    def _show_preset(self) -> None:
        """Say by which name the kind and size that were chosen one by one are known."""
        place = preset_of(self.form_chosen, self._size)
        with QSignalBlocker(self.preset):
            self.preset.setCurrentIndex(self.preset.findData(place))
        self._follow_form()
        self.changed.emit()

    def _follow_form(self) -> None:
        """Let that alone be chosen which such a file can have."""
        form = self.form_chosen
        for part in (self.burned, self.badges, self.watermark, self.height_px):
            part.setEnabled(form.has_picture)
        self.subtitles.setEnabled(form.has_subtitles)
        self.swift.setEnabled(form is Form.MP4)
        self.stills.setEnabled(form is Form.SHEET)
        for part in (self.captions, self.fade):
            part.setEnabled(form.has_sound)
