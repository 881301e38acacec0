"""What happens when a code's key is pressed, held or let go at the frame on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing import pressing, second_keys
from annotator.editing.hand import Hand
from annotator.editing.marking import RunningSpan
from annotator.editing.tapping import Step, Tapping
from annotator.editing.ways import USUAL_WAYS
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.model.change import Change, FieldChange
from annotator.model.codebook import Code, Codebook
from annotator.model.coding import Tag
from annotator.model.stamps import new_id, now
from annotator.model.time import Micros


class Tagging(QObject):
    """Turns the keys of codes into tags and keeps the stretches that run.

    Each key is one step of the history, also where it only begins a stretch.
    """

    running_changed = pyqtSignal(object)  # tuple[RunningSpan, ...]
    target_changed = pyqtSignal()  # what second keys are about
    tagged = pyqtSignal(str)  # id of the new tag
    said = pyqtSignal(str)  # what was done, for the status line
    refused = pyqtSignal(str)  # why nothing was done
    rewound = pyqtSignal(object)  # Micros, where the film should go on

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._tapping = Tapping()
        self.ways = USUAL_WAYS
        document.changed.connect(self._follow)

    @property
    def tapping(self) -> Tapping:
        """What runs and what was made, as a value."""
        return self._tapping

    @property
    def running(self) -> tuple[RunningSpan, ...]:
        """The stretches that run, oldest first."""
        return self._tapping.running

    @property
    def target(self) -> RunningSpan | Tag | None:
        """What a second key is about: the stretch begun last or the tag made last."""
        span = self._tapping.running_span(self._tapping.fresh)
        made = self._tapping.made
        return span or (self._document.tag(made[-1]) if made else None)

    @property
    def last_made(self) -> Tag | None:
        """The tag that the coder made last and that is still there; None where there is none."""
        return second_keys.last_made(self._tapping, self._hand())

    def code(self, code_id: str) -> Code | None:
        """Find a code, that of marks without a name among them."""
        return self._hand().code(code_id)

    def is_held(self, code_id: str) -> bool:
        """Tell whether a code marks as long as its key is held, and it is."""
        span = self._tapping.running_span(code_id)
        return span is not None and span.held

    def press(self, code_id: str, moment: Micros, *, playing: bool = False) -> None:
        """Press a code's key at a moment; `playing` as against paused and stepping."""
        self._do(
            lambda tapping, hand: pressing.press(tapping, hand, code_id, moment, playing=playing)
        )

    def release(self, code_id: str, moment: Micros) -> None:
        """Let a code's key go; ends what was begun by holding it."""
        if self.is_held(code_id):
            self._do(lambda tapping, hand: pressing.release(tapping, hand, code_id, moment))

    def give_up(self) -> None:
        """Give up the stretch that was begun last."""
        if self.running:
            self._do(pressing.give_up)

    def finish(self, moment: Micros) -> None:
        """End every stretch that runs, as when the session is closed in the middle of one."""
        if self.running:
            self._do(lambda tapping, hand: pressing.stop(tapping, hand, moment))

    def finish_code(self, code_id: str, moment: Micros) -> None:
        """End the stretch of one code, where one runs."""
        if self._tapping.running_span(code_id) is not None:
            self._do(lambda tapping, hand: pressing.stop(tapping, hand, moment, code_id))

    def run_on(self, code_id: str) -> None:
        """Let a stretch run until the next press: its key is not down, it was clicked."""
        span = self._tapping.running_span(code_id)
        if span is not None and span.held:
            self.take_up(self._tapping.changed(span, replace(span, held=False)))

    def finish_region(self) -> None:
        """End what runs where the region ends, the film having played up to there."""
        if self.running:
            self._do(pressing.end_of_region)

    def take_back(self) -> None:
        """Take back what was marked last and rewind to before it."""
        self._do(second_keys.take_back)

    def choose(self, attribute: str, choice: str, moment: Micros) -> None:
        """Give what was marked last an attribute, or take that away again."""
        self._do(lambda tapping, hand: second_keys.choose(tapping, hand, attribute, choice, moment))

    def assign(self, participant: str, moment: Micros) -> None:
        """Give what was marked last to a participant, or to nobody where empty."""
        self._do(lambda tapping, hand: second_keys.assign(tapping, hand, participant, moment))

    def take_up(self, tapping: Tapping) -> None:
        """Go on from another state: what runs, and what was made."""
        ran, self._tapping = self.running, tapping
        if tapping.running != ran:
            self.running_changed.emit(self.running)
        self.target_changed.emit()

    def _hand(self) -> Hand:
        document = self._document
        return Hand(
            session=document.session,
            pass_id=document.pass_id,
            coder=document.coder,
            new_id=new_id,
            now=now,
            ways=self.ways,
            find=document.tag,
            beside=document.beside,
        )

    def _do(self, make: Callable[[Tapping, Hand], Step]) -> None:
        """Carry out a step, as one of the history."""
        if why_not := self._document.why_no_tagging:
            self.refused.emit(why_not)
            return
        step = make(self._tapping, self._hand())
        if step.is_refused:
            self.refused.emit(step.said)
        elif step.does_something:
            self._carry_out(step)

    def _carry_out(self, step: Step) -> None:
        try:
            self._document.push(step.edit, _Beside(self, step))
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return
        self.take_up(step.after)
        self.said.emit(step.said)
        if step.made:
            self.tagged.emit(step.made[-1].id)
        if step.rewind is not None:
            self.rewound.emit(step.rewind)

    def _follow(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            if not isinstance(change, FieldChange):
                continue
            before, after = change.before, change.after
            if isinstance(before, Codebook) and isinstance(after, Codebook):
                known = (
                    self._tapping.renamed(*names) if (names := _renamed(before, after)) else None
                )
                self.take_up((known or self._tapping).revised(after))


def _renamed(before: Codebook, after: Codebook) -> tuple[str, str] | None:
    """Find the one code that was given another id and no other name, as the old and new id."""
    gone = [code for code in before.codes if after.code(code.id) is None]
    come = [code for code in after.codes if before.code(code.id) is None]
    if len(gone) != 1 or len(come) != 1 or gone[0].name != come[0].name:
        return None
    return gone[0].id, come[0].id


class _Beside:
    """Has what runs taken back and done again together with a step's edit."""

    def __init__(self, tagging: Tagging, step: Step) -> None:
        self._tagging = tagging
        self._step = step

    def undone(self) -> None:
        self._tagging.take_up(self._step.undone(self._tagging.tapping))

    def redone(self) -> None:
        self._tagging.take_up(self._step.redone(self._tagging.tapping))
