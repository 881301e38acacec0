"""The clip tray at work: clips are kept, put in order, trimmed, described and played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from annotator import editing
from annotator.editing import Edit
from annotator.editing.frame_grid import FrameGrid
from annotator.errors import AnnotatorError
from annotator.gui.actions import Need
from annotator.gui.desk import Desk
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.passing import Passing
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.theme import Theme
from annotator.gui.timeline.clips_lane import ShownClip
from annotator.gui.timeline.clips_layer import ClipsLayer
from annotator.gui.tray.consent import ClipConsents
from annotator.gui.tray.form import TEXTS
from annotator.gui.tray.page import TrayPage
from annotator.gui.tray.pictures import ClipPictures
from annotator.gui.tray.showing import TrayShowing
from annotator.gui.tray.words import added_words
from annotator.model.clip import Clip
from annotator.model.clipping import Stretch, stretches_of
from annotator.model.session import Session
from annotator.model.spans import shared
from annotator.model.stamps import new_id
from annotator.model.time import Interval, Micros

SELECT_FIRST = "Select tags first, or a stretch of time: drag along the ruler with Shift held."
NOTHING_INSIDE = "Nothing of the selection lies inside the region that is coded."
IN_ALREADY = "What is selected is in the tray already."
NOTHING_LISTED = "There is nothing in this list."
LABELS = {name: label.lower() for name, label, _ in TEXTS}
NO_ROOM = "The selected tags are moments. Leave room before or after them."


class TrayWork(QObject):
    """Acts on the clips of the open session, if there is one."""

    refused = pyqtSignal(str)
    changed = pyqtSignal()  # what there is to act on

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        passing: Passing,
        questions: Questions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._player, self._questions = window, player, questions
        self._desk: Desk | None = None
        self.page = TrayPage(window.actions_table.by_id, window.theme)
        self.pictures, self.consents = ClipPictures(player, self), ClipConsents(self)
        self.showing = TrayShowing(self.page, passing, self.pictures, self.consents, self)
        self.layer = ClipsLayer(window.parts.timeline, window.theme, lambda: player.position)
        self._acts = self._acts_by_id()
        self._connect()

    @property
    def need(self) -> Need:
        """What there is to act on."""
        have = Need.CLIPS if self.showing.clips else Need.NOTHING
        return have | Need.CLIP if self.showing.chosen else have

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._desk = desk
        self.showing.follow(desk.document if desk is not None else None)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.page.set_theme(theme)
        self.layer.set_theme(theme)
        self.showing.show_pictures()

    def close(self) -> None:
        """End the background threads."""
        self.pictures.close()
        self.consents.close()

    def act(self, action_id: str) -> None:
        """Do what an action of the tray is for."""
        self._acts[action_id]()

    def show(self) -> None:
        """Bring the page to the front."""
        self._bring_to_front()
        (self.page.view if self.showing.clips else self.page.add).setFocus()

    @property
    def _document(self) -> Document | None:
        return self._desk.document if self._desk is not None else None

    def _acts_by_id(self) -> dict[str, Callable[[], object]]:
        return {
            "tray": self.show,
            "clip_add": self.add,
            "clip_add_list": self.add_list,
            "clip_play": self.play,
            "clip_first": partial(self._go_to_end, last=False),
            "clip_last": partial(self._go_to_end, last=True),
            "clip_start_here": partial(self._trim_here, at_end=False),
            "clip_end_here": partial(self._trim_here, at_end=True),
            "clip_start_earlier": partial(self._nudge, -1, at_end=False),
            "clip_start_later": partial(self._nudge, 1, at_end=False),
            "clip_end_earlier": partial(self._nudge, -1, at_end=True),
            "clip_end_later": partial(self._nudge, 1, at_end=True),
            "clip_back": partial(self._step_in_time, -1),
            "clip_on": partial(self._step_in_time, 1),
            "clip_pause": self._pause_here,
            "clip_title": self._write_title,
            "clip_up": partial(self._step, -1),
            "clip_down": partial(self._step, 1),
            "clip_remove": self.remove,
        }

    def _connect(self) -> None:
        view, form = self.page.view, self.page.form
        view.moved.connect(self.move)
        view.play_asked.connect(self.play)
        view.removal_asked.connect(self.remove)
        self.page.model.titled.connect(lambda clip_id, text: self._write(clip_id, "title", text))
        form.written.connect(self._write)
        form.pause_sought.connect(self._go_to_pause)
        form.pause_asked.connect(
            lambda clip_id, place, text: self._with(
                clip_id, lambda session, clip: editing.ask_at_pause(session, clip, place, text)
            )
        )
        form.pause_removed.connect(
            lambda clip_id, place: self._with(
                clip_id, lambda session, clip: editing.remove_pause(session, clip, place)
            )
        )
        self.showing.changed.connect(self._show_on_timeline)
        self.showing.changed.connect(self.changed)
        self.layer.chosen.connect(lambda clip_id: self.showing.choose(frozenset({clip_id})))
        self.layer.played.connect(lambda _clip_id: self.play())
        self.layer.trimmed.connect(self.trim)
        self.layer.shifted.connect(self.shift)
        self.layer.edge_moved.connect(self._player.drag_to)

    def add(self) -> None:
        """Keep the selected tags, or else the selected time, as clips."""
        desk = self._desk
        if desk is None:
            return
        stretches = self._selected(desk)
        if not stretches:
            tags, has_time = desk.selected, desk.stretch is not None
            why = NO_ROOM if tags and all(tag.is_instant for tag in tags) else NOTHING_INSIDE
            self.refused.emit(why if has_time else SELECT_FIRST)
            return
        self._keep(stretches)

    def add_list(self) -> None:
        """Keep the stretches of a list that is asked for as clips."""
        document = self._document
        path = self._questions.choose_clips_list() if document is not None else None
        if document is None or path is None:
            return
        lists = import_module("annotator.jobs.clip_lists")
        try:
            stretches: Sequence[Stretch] = lists.read_clip_list(path, document.session.region)
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return
        if stretches:
            self._keep(stretches)
        else:
            self.refused.emit(NOTHING_LISTED)

    def _keep(self, stretches: Sequence[Stretch]) -> None:
        """Make clips of stretches, but for those that are clips already."""
        document = self._document
        if document is None:
            return
        session = document.session
        known = {(clip.interval, clip.tags) for clip in session.clips}
        new = [one for one in stretches if (one.interval, one.tags) not in known]
        if not new:
            self.refused.emit(IN_ALREADY)
            return
        making = import_module("annotator.model.clip_making")
        clips: list[Clip] = making.clips_of(session, new, new_id)
        if self._push(lambda session: editing.add_clips(session, clips)):
            self._bring_to_front()
            self._window.parts.status.flash(added_words(len(clips)))

    def play(self) -> None:
        """Play the chosen clip from its first frame to its last, and stand there."""
        span = self.showing.span
        if span is not None:
            self._player.play_stretch(Interval(span.start, Micros(span.end - 1)))

    def remove(self) -> None:
        """Take the chosen clips out of the tray."""
        clips = self.showing.chosen
        if clips:
            self._push(lambda session: editing.remove_clips(session, clips))

    def move(self, place: int) -> None:
        """Show the chosen clips from a place on, of those shown without them."""
        clips = self.showing.chosen
        if clips:
            to = self.showing.place_in_session(place)
            self._push(lambda session: editing.move_clips(session, clips, to))

    def trim(self, clip_id: str, start: Micros, end: Micros) -> None:
        """Let a clip begin and end elsewhere."""
        self._with(clip_id, lambda session, clip: editing.trim_clip(session, clip, start, end))

    def shift(self, clip_id: str, start: Micros, end: Micros) -> None:
        """Let a clip show another stretch of the film, as long as its own."""
        self._with(clip_id, lambda session, clip: editing.shift_clip(session, clip, start, end))

    def _show_on_timeline(self) -> None:
        document = self._document
        self.layer.is_writable = document is not None and not document.read_only_reason
        chosen = {clip.id for clip in self.showing.chosen}
        rows = (self.page.model.row_at(row) for row in range(self.page.model.rowCount()))
        self.layer.show_clips(
            [
                ShownClip(
                    one.clip.id,
                    one.clip.interval,
                    one.number,
                    " ".join(one.clip.title.split()),
                    one.clip.id in chosen,
                )
                for one in rows
                if one is not None
            ]
        )

    def _selected(self, desk: Desk) -> Sequence[Stretch]:
        region = desk.document.session.region
        if desk.selected:
            return stretches_of(desk.selected, self.page.room, region)
        span = desk.stretch
        if span is None:
            return ()
        return [Stretch(one) for one in shared([span], [region])]

    def _go_to_end(self, *, last: bool) -> None:
        span = self.showing.span
        if span is not None:
            self._player.seek(Micros(span.end - 1) if last else span.start)

    def _go_to_pause(self, clip_id: str, place: int) -> None:
        clip = self.showing.clip(clip_id)
        if clip is not None and place < len(clip.pauses):
            self._player.seek(clip.pauses[place].time)

    def _trim_here(self, *, at_end: bool) -> None:
        """Let the clip begin or end with the frame on screen, which belongs to it."""
        clip, here = self.showing.current, self._player.position
        if clip is None:
            return
        grid = FrameGrid(self._player.frame_times, self._player.end)
        start, end = (clip.start, grid.stepped(here, 1)) if at_end else (here, clip.end)
        self.trim(clip.id, start, end)

    def _nudge(self, by: int, *, at_end: bool) -> None:
        clip, times = self.showing.current, self._player.frame_times
        if clip is not None:
            self._with(
                clip.id,
                lambda session, one: editing.nudge_clip(session, one, by, times, at_end=at_end),
            )

    def _step_in_time(self, by: int) -> None:
        clip, times = self.showing.current, self._player.frame_times
        if clip is not None:
            self._with(clip.id, lambda session, one: editing.step_clip(session, one, by, times))

    def _pause_here(self) -> None:
        clip, here = self.showing.current, self._player.position
        if clip is None:
            return
        if self._with(clip.id, lambda session, one: editing.add_pause(session, one, here)):
            self._bring_to_front()
            self.showing.focus_pause(here)

    def _bring_to_front(self) -> None:
        tab = self.page.parentWidget()
        if tab is not None:
            self._window.parts.side.show_page(tab)

    def _write_title(self) -> None:
        self._bring_to_front()
        self.page.view.write_title()

    def _step(self, by: int) -> None:
        self.page.view.step(by)

    def _write(self, clip_id: str, field: str, text: str) -> None:
        def make(session: Session, clip: Clip) -> Edit:
            texts: dict[str, Any] = {field: text}
            edit = editing.change_clip(session, clip, replace(clip, **texts))
            return replace(edit, label=f"write {LABELS[field]}")

        self._with(clip_id, make)

    def _with(self, clip_id: str, make: Callable[[Session, Clip], Edit]) -> bool:
        """Make an edit of a clip and do it; tells whether it was done."""
        clip = self.showing.clip(clip_id)
        return clip is not None and self._push(lambda session: make(session, clip))

    def _push(self, make: Callable[[Session], Edit]) -> bool:
        document = self._document
        if document is None:
            return False
        try:
            edit = make(document.session)
            if edit.changes:
                document.push(edit)
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        return True
