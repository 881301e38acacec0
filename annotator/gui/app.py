"""The one place that builds the program's parts and connects them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication

from annotator.errors import AnnotatorError
from annotator.gui.actions import Need
from annotator.gui.booking import Booking
from annotator.gui.choosing import Choosing
from annotator.gui.clip_tray import ClipTray
from annotator.gui.closing import Closing
from annotator.gui.coding_keys import CodingKeys
from annotator.gui.comparing import Comparing
from annotator.gui.desk import Desk
from annotator.gui.document import Document
from annotator.gui.exchanging import Exchanging
from annotator.gui.films import Films
from annotator.gui.finding import Finding, Reach
from annotator.gui.footage import Footage
from annotator.gui.helping import Helping
from annotator.gui.intervals import Intervals
from annotator.gui.main_window import MainWindow
from annotator.gui.opening import Opener
from annotator.gui.passing import Passing
from annotator.gui.player.player import Player
from annotator.gui.playing import Playing
from annotator.gui.proposals import Proposals
from annotator.gui.questions import Questions
from annotator.gui.quiet import quieten_qt
from annotator.gui.rating import RatingDesk
from annotator.gui.reacting import Reacting
from annotator.gui.recordings import Recordings
from annotator.gui.replaying import Replaying
from annotator.gui.resulting import Resulting
from annotator.gui.shaping import Shaping
from annotator.gui.showing import Showing
from annotator.gui.theme import Theme, apply_theme, theme_for
from annotator.gui.transcribing import Transcribing
from annotator.gui.walling import Walling
from annotator.storage.sample import sample_copy
from annotator.storage.settings import Settings, save_settings, with_found, with_recent
from annotator.storage.store import Opened


class Program(QObject):
    """One window with its player and, while a session is open, its desk."""

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        questions: Questions,
        keep_settings: Callable[[Settings], None] = save_settings,
    ) -> None:
        super().__init__()
        self._app = app
        self.settings = settings
        self._keep = keep_settings
        self._questions = questions
        self.desk: Desk | None = None
        apply_theme(app, self._look())  # before there are widgets that would be dressed again
        self.window = MainWindow(self._look())
        self.player = Player(self, int(settings.frame_memory_mb * (1 << 20)))
        self._build(questions)
        self._bind_actions()
        self._connect_parts()
        self._take_up_settings()
        self._allow()

    def _build(self, questions: Questions) -> None:
        self._opener = Opener(questions.choose_session_place, self)
        self._films = Films(self.player, questions, self)
        self._closing = Closing(questions, self)
        questions.window = self.window
        self._helping = Helping(self.window, questions, self)
        self.choosing = Choosing(self.window, self.player, self.remembered, self)
        reach = Reach(self.choosing, self._helping, lambda: self.desk, lambda: self.settings.found)
        self.finding = Finding(self.window, reach, self)
        self._showing = Showing(self.window, self.player, self)
        self._playing = Playing(self.window, self.player, self)
        self._walling = Walling(self.window, self.player, self)
        self._recordings = Recordings(self.window, self.player, questions, self)
        self._replaying = Replaying(self.window, self.player, self)
        self._shaping = Shaping(self.window, self.player, self)
        self.coding_keys = CodingKeys(self.window, self.player, self.choosing.choose, self)
        Reacting(self.window, self.player, questions, self.choosing, self.remembered)
        self.rating = RatingDesk(self.window, self)
        self.passing = Passing(self.window, self.player, self.choosing.choose, self)
        self.comparing = Comparing(self.window, self.player, self.passing, self)
        self.proposals = Proposals(self.window, self.player, questions, self)
        self.footage = Footage(self.window, self.player, questions, self)
        press = self.coding_keys.marking.press
        self.intervals = Intervals(self.window, self.player, press, self)
        self.transcribing = Transcribing(
            self.window, self.player, questions, self.intervals.press, self
        )
        self.resulting = Resulting(self.window, self.player, questions, self.passing, self)
        self.booking = Booking(self.window, questions, self._showing, self)
        self.exchanging = Exchanging(self.window, questions, self._showing, self.passing, self)
        self.exchanging.look_through(self.player)
        self.tray = ClipTray(self.window, self.player, self.passing, questions, self)
        pages = (self.rating, self.passing, self.comparing, self.intervals, self.resulting)
        self._at_desk = (self._shaping, self.coding_keys, *pages, self.tray)
        working = (self.proposals, self.transcribing, self.booking, self.exchanging)
        self._followers = (self._showing, self._recordings, *working)
        others = (self.footage, self.comparing, self.resulting, self.tray)
        self._ending = (self._opener, self._films, self._recordings, *others, *working)
        self._dressed = (*pages, *working, self.tray, self._helping, self.choosing, self.finding)

    def open(self, path: Path, coder: str = "") -> None:
        """Open a film or session, asking who is coding where nobody has said so yet."""
        who = coder or self.settings.coder or self._ask_coder()
        if who:
            self.close_session(lambda: self._opener.open(path, who))

    def open_sample(self) -> None:
        """Open the reader's own copy of the sample session, as its first coder."""
        try:
            self.open(sample_copy(), "A")
        except AnnotatorError as error:
            self._showing.refuse(str(error))

    def close_session(self, then: Callable[[], object]) -> None:
        """Let go of the open session, if there is one, and go on."""
        if self.desk is None:
            then()
            return
        if not self.booking.may_leave():
            return
        self.player.pause()
        self._closing.close(self.desk, self.player.position, lambda: self._closed(then))

    def tell_fault(self, text: str) -> None:
        """Say that the program itself has a fault."""
        self._showing.warn(text)

    def quit(self) -> None:
        """Let go of the session and end the program."""
        self.close_session(self._end)

    def remembered(self) -> Settings:
        """Give the settings with what was chosen since by other means than their window."""
        return replace(
            self.footage.remembered(self.settings),
            volume=self.player.sound.volume,
            muted=self.player.sound.is_muted,
            speed=self.player.speed,
        )

    def _closed(self, then: Callable[[], object]) -> None:
        self.desk = None
        gc.unfreeze()
        for at_desk in self._at_desk:
            at_desk.follow(None)
        self.player.close()
        self._helping.set_codebook(None)
        for part in self._followers:
            part.follow(None)
        self.window.show_welcome()
        self._allow()
        then()

    def _end(self) -> None:
        self.settings = replace(self.remembered(), window_state=self.window.layout_state())
        self._keep_settings()
        for part in self._ending:
            part.close()
        self.player.shut_down()
        self.window.let_close()

    def _bind_actions(self) -> None:
        bind = self.window.actions_table.bind
        bind("open", self._ask_file)
        bind("open_sample", self.open_sample)
        bind("close", lambda: self.close_session(_nothing))
        bind("quit", self.quit)
        bind("coder", self._change_coder)
        bind("about", self._questions.show_about)
        on_desk: dict[str, Callable[[Desk], object]] = {
            "save": lambda desk: desk.document.save(),
            "save_as": self._save_as,
            "undo": lambda desk: desk.document.undo_stack.undo(),
            "redo": lambda desk: desk.document.undo_stack.redo(),
            "delete": Desk.delete_selected,
            "start_here": lambda desk: desk.retime_selected(start=True),
            "end_here": lambda desk: desk.retime_selected(start=False),
            "previous_tag": Desk.go_to_previous,
            "next_tag": Desk.go_to_next,
            "give_up": lambda desk: desk.tagging.give_up(),
            "loop": lambda desk: self._replaying.toggle_loop(desk.stretch),
            "play_around": lambda desk: self._replaying.play_around(desk.stretch),
        }
        for action_id, act in on_desk.items():
            bind(action_id, partial(self._on_desk, act))

    def _connect_parts(self) -> None:
        window, parts = self.window, self.window.parts
        window.file_dropped.connect(self.exchanging.offer)
        self.exchanging.open_asked.connect(self.open)
        self.exchanging.spoken_dropped.connect(self.transcribing.import_file)
        window.close_asked.connect(self.quit)
        window.actions_table.code_pressed.connect(self.transcribing.press)
        parts.welcome.open_requested.connect(self._ask_file)
        parts.welcome.sample_requested.connect(self.open_sample)
        parts.welcome.recent_requested.connect(lambda path: self.open(Path(path)))
        parts.welcome.coder_changed.connect(self._set_coder)
        self._opener.opened.connect(self._begin)
        self._opener.failed.connect(self._showing.refuse)
        self._opener.busy.connect(lambda busy: self._showing.show_doing("Opening…" if busy else ""))
        self._films.refused.connect(self._showing.warn)
        self._films.said.connect(self._showing.tell)
        self._films.lacking.connect(parts.picture.show_message)
        self._walling.several_changed.connect(self._allow)
        self._recordings.changed.connect(self._name_pictures)
        self._recordings.reopen_needed.connect(self._reopen_films)
        self._recordings.doing.connect(self._showing.show_doing)
        self.comparing.compared.connect(self._shaping.show_compared)
        self.passing.blind_changed.connect(self._follow_blind)
        self.proposals.warned.connect(self._showing.warn)
        self.proposals.changed.connect(self._allow)
        self.booking.book_changed.connect(self._helping.set_codebook)
        self.choosing.changed.connect(self._take_choice)
        self.finding.chosen.connect(self._note_found)
        speaking = (self._walling, self._recordings, self.footage, self._helping, self.intervals)
        for part in (*speaking, self.transcribing, self.comparing, self.resulting):
            part.said.connect(self._showing.tell)
            part.refused.connect(self._showing.refuse)
        self.tray.changed.connect(self._allow)
        self.exchanging.clipping.level_chosen.connect(self.tray.judge_for)
        for one in (self._replaying, self.rating, self.passing, self.proposals, self.tray):
            one.refused.connect(self._showing.refuse)
        self.player.opened.connect(self._allow)
        hints = self._app.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._change_theme)

    def _take_up_settings(self) -> None:
        self.window.restore_layout(self.settings.window_state)
        self._act_on_settings()
        self.window.parts.welcome.show_recent(self.settings.recent)

    def _act_on_settings(self) -> None:
        self._set_player()
        self.window.actions_table.set_keys(self.settings.keys)
        self.footage.take_up(self.settings)
        self._replaying.take_up(self.settings)
        self.coding_keys.take_up(self.settings)
        self.passing.take_up(self.settings)
        self._follow_blind()
        self.window.parts.welcome.show_coder(self.settings.coder)

    def _set_player(self) -> None:
        settings, player = self.settings, self.player
        player.sound.set_volume(settings.volume)
        if settings.muted is not player.sound.is_muted:
            player.sound.toggle_muted()
        player.set_speed(settings.speed)

    def _take_choice(self, settings: Settings, name: str) -> None:
        """Let what was chosen in the settings act at once, and keep it."""
        self.settings = settings
        match name:
            case "theme" | "scale":
                self._change_theme()
            case "keys":
                self.window.actions_table.set_keys(settings.keys)
            case "volume" | "muted" | "speed":
                self._set_player()
            case "show_sound" | "show_strip":
                self.footage.take_up(settings)
            case "coder":
                self._code_as(settings.coder)
            case _:
                self._replaying.take_up(settings)
                self.coding_keys.take_up(settings)
                self.passing.take_up(settings)
        self._keep_settings()

    def _follow_blind(self) -> None:
        self._shaping.set_blind(blind=self.settings.blind)

    def _code_as(self, coder: str) -> None:
        self.window.parts.welcome.show_coder(coder)
        if coder and self.desk is not None:
            self.desk.document.code_as(coder)

    def _note_found(self, name: str) -> None:
        self.settings = with_found(self.settings, name)

    def _begin(self, opened: Opened) -> None:
        coder = self._opener.coder
        document = Document(opened, coder, self)
        self.desk = Desk(document, self.player, self.window)
        self.desk.possible_changed.connect(self._allow)
        self.desk.refused.connect(self._showing.refuse)
        for at_desk in self._at_desk:
            at_desk.follow(self.desk)
        for part in self._followers:
            part.follow(document)
        self._helping.set_codebook(document.session.codebook)
        self.window.show_work()
        self._films.show(document)
        self.settings = with_recent(self.settings, document.path, document.session.title)
        self._keep_settings()
        self._allow()
        gc.freeze()  # a search for garbage among 100,000 tags would hold the film up

    def _name_pictures(self) -> None:
        document = self.desk.document if self.desk is not None else None
        recordings = document.session.recordings if document is not None else ()
        self._walling.follow(recordings, document.path if document is not None else None)

    def _reopen_films(self) -> None:
        """Open the recordings anew, and stand where we were."""
        if self.desk is not None:
            self._films.show(self.desk.document, self.player.position)

    def _allow(self) -> None:
        have = self.desk.possible if self.desk else Need.NOTHING
        if self.player.is_open:
            have |= Need.FILM
        if self._walling.are_several:
            have |= Need.SEVERAL
        if self.proposals.is_open:
            have |= Need.PROPOSING
        have |= self.coding_keys.need | self.tray.need if self.desk else Need.NOTHING
        self.window.actions_table.allow(have)

    def _on_desk(self, act: Callable[[Desk], object]) -> None:
        if self.desk is not None:
            act(self.desk)

    def _save_as(self, desk: Desk) -> None:
        place = self._questions.choose_session_place(desk.document.path, "")
        if place is not None:
            desk.document.save_as(place)

    def _ask_file(self) -> None:
        path = self._questions.choose_file()
        if path is not None:
            self.open(path)

    def _ask_coder(self) -> str:
        coder = self._questions.ask_coder(self.settings.coder)
        if coder:
            self._set_coder(coder)
        return coder

    def _change_coder(self) -> None:
        coder = self._ask_coder()
        if coder and self.desk is not None:
            self.desk.document.code_as(coder)

    def _set_coder(self, coder: str) -> None:
        self.settings = replace(self.settings, coder=coder)
        self.window.parts.welcome.show_coder(coder)
        self._keep_settings()

    def _keep_settings(self) -> None:
        self.window.parts.welcome.show_recent(self.settings.recent)
        try:
            self._keep(self.settings)
        except AnnotatorError as error:
            self._showing.warn(str(error))

    def _look(self) -> Theme:
        return theme_for(self._app, self.settings.theme, self.settings.scale)

    def _change_theme(self) -> None:
        theme = self._look()
        if theme == self.window.theme:
            return
        apply_theme(self._app, theme)
        self.window.set_theme(theme)
        for part in self._dressed:
            part.set_theme(theme)


def _nothing() -> None:
    """Go on with nothing."""


def make_application() -> QApplication:
    """Make Qt's application with our name and look, or take the one there is."""
    quieten_qt()
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("annotator")
    apply_theme(app, theme_for(app))
    return app
