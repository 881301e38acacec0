"""Which recordings stand in the picture of a clip, and how; and what is heard with it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QComboBox, QListView, QVBoxLayout, QWidget

from annotator.gui.clips.pieces import folded, list_field, offer, show_row
from annotator.gui.clips.presets import NO_PICTURE, NO_SOUND
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.ticks import TicksModel, show_ticks
from annotator.gui.panels.bar_fields import NumberField
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.jobs.clip_view import ClipView, usually_heard
from annotator.media.clips.composition import USUAL_INSET, Corner, Inset, Layout
from annotator.media.clips.panes import LARGEST_SHARE, MOST_BESIDE, SMALLEST_SHARE
from annotator.model.recording import Recording

LAYOUTS = (
    (Layout.ONE, "One picture"),
    (Layout.SIDE, "Side by side"),
    (Layout.INSET, "Picture in picture"),
)
CORNERS = (
    (Corner.TOP_LEFT, "Top left"),
    (Corner.TOP_RIGHT, "Top right"),
    (Corner.BOTTOM_LEFT, "Bottom left"),
    (Corner.BOTTOM_RIGHT, "Bottom right"),
)
HINTS = {
    Layout.ONE: "Tick the one that is shown. None ticked: the first of them.",
    Layout.SIDE: f"Two to {MOST_BESIDE}, in this order. None ticked: all, up to {MOST_BESIDE}.",
    Layout.INSET: "Two of them. None ticked: the first two.",
}
SIZE_TIP = "Of the width of the large picture; the small one is at most half as high"
OF_PICTURE, MIXED, AS_PLAYED = "", "*", -1
MIX_HINT = "Every recording that is not muted is heard, as loud as in the player."
VIEW_HEIGHT = 90
_HUNDRED, _TWO = 100, 2


class ViewFields(QWidget):
    """Tells whenever something else is chosen; shows nothing where there is nothing to choose."""

    changed = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.layout_field = list_field("Layout", [(one.value, words) for one, words in LAYOUTS])
        self.recordings, self.recordings_view = TicksModel(self, starts_ticked=False), QListView()
        self.large = list_field("Large picture")
        corners = [(one.value, words) for one, words in CORNERS]
        self.corner = list_field("Where the small picture stands", corners)
        limits = (SMALLEST_SHARE * _HUNDRED, LARGEST_SHARE * _HUNDRED)
        self.share = NumberField("How wide the small picture is", " % of the width", limits, 1.0)
        self.sound, self.track = list_field("What is heard"), list_field("Sound track")
        self._hint, self._sound_hint = paragraph(""), paragraph("")
        self._offered: tuple[Recording, ...] = ()
        self._has_picture, self._has_sound, self._tracks_of = True, True, ""
        self._lay_out(theme)
        self.forget()
        self._connect()
        self.set_theme(theme)

    @property
    def choice(self) -> ClipView:
        """What is chosen, as far as the kind of file can show it and be heard."""
        seen, layout = self._seen, self._layout
        inset, sounds, mixes, track = USUAL_INSET, tuple[str, ...](), False, None
        if layout is Layout.INSET:
            inset = Inset(Corner(self.corner.currentData()), self.share.value() / _HUNDRED)
        if self._has_sound:
            key = self._sound_key
            mixes = key == MIXED
            sounds = () if key in (OF_PICTURE, MIXED) else (key,)
            track = self._track
        return ClipView(seen, layout, inset, sounds, mixes, track)

    def offer(self, recordings: Sequence[Recording]) -> None:
        """Offer the recordings of a session; of one picture or one sound there is no choice."""
        self._offered = tuple(recordings)
        self.recordings.show_lines([(one.id, words_of(one)) for one in self._pictures])
        offer(self.sound, self._sounds_to_offer())
        self._follow()

    def follow_kind(self, *, has_picture: bool, has_sound: bool) -> None:
        """Let that alone be chosen which what is written can have."""
        self._has_picture, self._has_sound = has_picture, has_sound
        self._follow()

    def forget(self) -> None:
        """Choose what is chosen at first."""
        self.layout_field.setCurrentIndex(0)
        self.recordings.choose(())
        self.corner.setCurrentIndex(self.corner.findData(USUAL_INSET.corner.value))
        self.share.setValue(USUAL_INSET.share * _HUNDRED)
        for listed in (self.large, self.sound, self.track):
            listed.setCurrentIndex(0)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for fold in (self.fold, self.sound_fold):
            fold.set_theme(theme)
        for label in (self._hint, self._sound_hint):
            dress_quiet(label, theme)
        self.recordings_view.setFixedHeight(theme.px(VIEW_HEIGHT))

    @property
    def _pictures(self) -> list[Recording]:
        return [one for one in self._offered if one.video is not None]

    @property
    def _with_sound(self) -> list[Recording]:
        return [one for one in self._offered if one.audio is not None]

    @property
    def _chosen_layout(self) -> Layout:
        """What is chosen where there are several pictures."""
        several = len(self._pictures) > 1
        return Layout(self.layout_field.currentData()) if several else Layout.ONE

    @property
    def _layout(self) -> Layout:
        return self._chosen_layout if self._has_picture else Layout.ONE

    @property
    def _seen(self) -> tuple[str, ...]:
        """The ids of those that are seen, the leading one first; of sound alone, that one."""
        if len(self._pictures) <= 1:
            return ()
        chosen = self._in_picture
        if self._chosen_layout is Layout.INSET:
            large = self.large.currentData()
            chosen = tuple(sorted(chosen, key=lambda one: one != large))
        return chosen if self._has_picture else chosen[:1]

    @property
    def _in_picture(self) -> tuple[str, ...]:
        """The ids of those that are ticked, or that are taken where none is; in their order."""
        if chosen := self.recordings.chosen:
            return chosen
        count = {Layout.ONE: 0, Layout.SIDE: MOST_BESIDE, Layout.INSET: _TWO}[self._chosen_layout]
        return tuple(one.id for one in self._pictures[:count])

    @property
    def _sound_key(self) -> str:
        return str(self.sound.currentData() or OF_PICTURE)

    @property
    def _heard(self) -> Recording | None:
        """The one recording that is heard; None for silence and for several."""
        key = self._sound_key
        if key == MIXED:
            return None
        if key != OF_PICTURE:
            return next((one for one in self._offered if one.id == key), None)
        by_id = {one.id: one for one in self._offered}
        seen = [by_id[one] for one in self._seen] or self._pictures[:1]
        return usually_heard(seen, self._offered)

    @property
    def _track(self) -> int | None:
        """The number of the track that is chosen, from 0; None for that of the player."""
        chosen = self.track.currentData()
        return None if chosen is None or chosen == AS_PLAYED else int(chosen)

    def _sounds_to_offer(self) -> list[tuple[str, str]]:
        lines = [(OF_PICTURE, "The sound of the picture")]
        lines += [(one.id, words_of(one)) for one in self._with_sound]
        if len(self._with_sound) > 1 and not all(one.listening.muted for one in self._with_sound):
            lines.append((MIXED, "All, mixed as in the player"))
        return lines

    def _lay_out(self, theme: Theme) -> None:
        show_ticks(self.recordings_view, self.recordings, "Recordings")
        self.share.setToolTip(SIZE_TIP)
        self.fold = folded(
            theme,
            "Several recordings",
            ("Layout", self.layout_field),
            ("", self.recordings_view),
            ("", self._hint),
            ("Large", self.large),
            ("Corner", self.corner),
            ("Size", self.share),
        )
        self.sound_fold = folded(
            theme,
            "What is heard",
            ("Sound", self.sound),
            ("Track", self.track),
            ("", self._sound_hint),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self.fold)
        column.addWidget(self.sound_fold)

    def _connect(self) -> None:
        listed: tuple[QComboBox, ...] = (self.layout_field, self.large, self.corner)
        for one in (*listed, self.sound, self.track):
            one.currentIndexChanged.connect(lambda _at: self._choose())
        self.share.valueChanged.connect(lambda _value: self.changed.emit())
        self.recordings.ticked.connect(self._choose)

    def _choose(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Show the fields that belong to what is chosen, and say what comes of it."""
        layout, has_picture = self._chosen_layout, self._has_picture
        self.fold.setVisible(len(self._pictures) > 1)
        names = {one.id: words_of(one) for one in self._offered}
        offer(self.large, [(one, names[one]) for one in self._in_picture if one in names])
        for part in (self.large, self.corner, self.share):
            show_row(part, is_shown=layout is Layout.INSET)
        fields = (self.layout_field, self.recordings_view, self.large, self.corner, self.share)
        for field in fields:
            field.setEnabled(has_picture)
        self._hint.setText(HINTS[layout] if has_picture else NO_PICTURE)
        self._follow_sound()

    def _follow_sound(self) -> None:
        has_sound, several = self._has_sound, len(self._with_sound) > 1
        heard = self._heard
        tracks = heard.audio.tracks if heard is not None and heard.audio is not None else 0
        self._offer_tracks(heard, tracks)
        any_tracks = any(one.audio is not None and one.audio.tracks > 1 for one in self._offered)
        self.sound_fold.setVisible(several or any_tracks)
        show_row(self.sound, is_shown=several)
        show_row(self.track, is_shown=tracks > 1)
        for part in (self.sound, self.track):
            part.setEnabled(has_sound)
        told = "" if heard is None else f"Heard is {words_of(heard)}{self._track_words(heard)}."
        told = MIX_HINT if self._sound_key == MIXED else told
        self._sound_hint.setText(told if has_sound else NO_SOUND)

    def _track_words(self, heard: Recording) -> str:
        """Say which of several tracks is heard."""
        if heard.audio is None or heard.audio.tracks <= 1:
            return ""
        chosen = heard.listening.track if self._track is None else self._track
        return f", track {min(chosen, heard.audio.tracks - 1) + 1}"

    def _offer_tracks(self, heard: Recording | None, tracks: int) -> None:
        """Offer the tracks of what is heard; those of another one are chosen anew."""
        blocker = QSignalBlocker(self.track)
        key = "" if heard is None else heard.id
        before = self.track.currentData() if key == self._tracks_of else AS_PLAYED
        self._tracks_of = key
        played = 0 if heard is None else min(heard.listening.track, max(tracks - 1, 0))
        self.track.clear()
        self.track.addItem(f"As in the player: track {played + 1}", AS_PLAYED)
        for number in range(tracks if tracks > 1 else 0):
            self.track.addItem(f"Track {number + 1}", number)
        self.track.setCurrentIndex(max(0, self.track.findData(before)))
        blocker.unblock()


def words_of(recording: Recording) -> str:
    """Say which recording it is."""
    return f"{recording.role.value}: {recording.path}"
