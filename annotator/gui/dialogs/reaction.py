"""Measures how late a coder presses, by lights that she answers with a key."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter_ns

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from annotator.analysis.reaction import Answer, Reaction
from annotator.errors import AnnotatorError
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare
from annotator.gui.dialogs.reaction_course import LIGHTS, Course, Judged, Stage, irregular_wait
from annotator.gui.dialogs.reaction_light import Light
from annotator.gui.dialogs.reaction_tone import Tone
from annotator.gui.theme import Theme
from annotator.model.time import SECOND, Micros

TICK_MS = 4
WIDTH_PX = 520
LONGEST = "\n" * 3
SETTLING_MS = 1000
"""So long after the last light a press is still meant for a light, and not for a button."""
WHAT = (
    f"The circle lights up {LIGHTS} times, at moments that cannot be foreseen{{}}. Each time, "
    "press a key as soon as you notice: any key, best the one that you code with. It takes "
    "about half a minute."
)
WITH_TONE = ", with a short tone"
BEGIN = "Press Space to begin"
WAIT, NOW, DONE = "Wait…", "Now", "Done"
SAID = {
    Answer.EARLY: "Too early, not counted. Wait for the light.",
    Answer.LATE: "Too late, not counted.",
}

Clock = Callable[[], Micros]


class ReactionDialog(QDialog):
    """Explains, goes through the lights, and offers what it found; `seconds` is what to keep.

    `old` is the delay in use, in seconds; `clock` and `wait` let a test be the time.
    """

    def __init__(
        self,
        theme: Theme,
        old: float,
        tone: Tone,
        parent: QWidget | None = None,
        clock: Clock | None = None,
        wait: Clock = irregular_wait,
    ) -> None:
        super().__init__(parent)
        self._old, self._tone = old, tone
        self._clock = clock or _now
        self._wait = wait
        self.course: Course | None = None
        self.reaction: Reaction | None = None
        self.light = Light(theme)
        self.progress, self.said, self.found = QLabel(), QLabel(), paragraph("")
        self.main_button = QPushButton("&Begin")
        self.again_button = QPushButton("&Again")
        self.keep_button = QPushButton("&Keep the old one")
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLING_MS)
        self._settling.timeout.connect(self.settle)
        self._lay_out()
        self._connect()
        self._explain()

    @property
    def seconds(self) -> float | None:
        """The delay to use, to the hundredth of a second; None without a result."""
        return None if self.reaction is None else round(self.reaction.delay / SECOND, 2)

    def begin(self) -> None:
        """Go through the lights, from the first."""
        self.reaction = None
        self.course = Course(self._clock(), self._wait)
        self._offer("&Begin", is_ready=False)
        self._say("Rest a finger on the key.")
        self.found.setText(self._in_use())
        self.light.listens = True
        self.light.setFocus()
        self._go_dark()
        self._timer.start()

    def tick(self) -> None:
        """Light up where it is time, and put out a light that nobody answered."""
        course = self.course
        if course is None or course.stage is Stage.OVER:
            return
        now = self._clock()
        if course.is_due(now):
            self.light.show_light(NOW, on=True)
            course.light(self._clock())
            self._tone.sound()
            self._count()
        elif (judged := course.lapse(now)) is not None:
            self._tell(judged)

    def settle(self) -> None:
        """Let the keys act on the buttons, now that no press can be meant for a light."""
        if self.course is not None and self.course.stage is Stage.OVER:
            self.light.listens = False
            self.main_button.setFocus()

    def done(self, result: int) -> None:
        """Close, and fall silent."""
        self._timer.stop()
        self._tone.stop()
        super().done(result)

    def _press(self) -> None:
        if self.course is None:
            self.begin()
            return
        judged = self.course.press(self._clock())
        if judged is not None:
            self._tell(judged)

    def _tell(self, judged: Judged) -> None:
        counted = f"{judged.took // 1000} ms"
        self._say(SAID.get(judged.answer, counted))
        if self.course is not None and self.course.stage is Stage.OVER:
            self._finish(self.course)
        else:
            self._go_dark()

    def _go_dark(self) -> None:
        self._count()
        self.light.show_light(WAIT, on=False)
        self._tone.make_ready()

    def _count(self) -> None:
        course = self.course
        if course is not None:
            self.progress.setText(f"Light {course.shown} of {course.lights}")

    def _finish(self, course: Course) -> None:
        self._timer.stop()
        self.light.show_light(DONE, on=False)
        try:
            self.reaction = course.result()
        except AnnotatorError as error:
            self.found.setText(f"{error}\n{self._in_use()}")
            self._offer("&Again", is_ready=True)
        else:
            self.found.setText(f"{result_words(self.reaction)}\n{self._in_use()}")
            self._offer(f"&Use {self.seconds:.2f} s", is_ready=True)
        self.again_button.setVisible(self.reaction is not None)
        self._settling.start()

    def _explain(self) -> None:
        self.light.listens = True
        self.light.show_light(BEGIN, on=False)
        self._say("")
        self.progress.setText(f"{LIGHTS} lights")
        self.found.setText(self._in_use())
        self.again_button.hide()
        self.light.setFocus()

    def _main(self) -> None:
        if self.reaction is not None:
            self.accept()
        else:
            self.begin()

    def _offer(self, text: str, *, is_ready: bool) -> None:
        self.main_button.setText(text)
        self.main_button.setVisible(is_ready)
        self.again_button.hide()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)

    def _in_use(self) -> str:
        if not self._old:
            return "At present nothing is corrected."
        return f"At present {self._old:g} s are used."

    def _lay_out(self) -> None:
        rows = prepare(self, "Measure your reaction time", "coding")
        rows.addWidget(paragraph(WHAT.format(WITH_TONE if self._tone.is_heard else "")))
        rows.addWidget(self.light)
        for label in (self.said, self.progress):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            rows.addWidget(label)
        rows.addWidget(self.found)
        rows.addStretch(1)
        rows.addLayout(button_row((self.keep_button, self.again_button), self.main_button))
        width = self.light.theme.px(WIDTH_PX)
        self.setMinimumWidth(width)
        self.found.setText(LONGEST)  # so that no result makes the window grow
        self.resize(width, self.heightForWidth(width))

    def _connect(self) -> None:
        self.light.pressed.connect(self._press)
        self.main_button.clicked.connect(self._main)
        self.again_button.clicked.connect(self.begin)
        self.keep_button.clicked.connect(self.reject)


def result_words(found: Reaction) -> str:
    """Tell the median and the spread, and what was not counted."""
    words = (
        f"You press {found.delay / SECOND:.2f} s after the light (median of {found.used}), "
        f"give or take {found.spread / SECOND:.2f} s."
    )
    not_counted = (
        (found.early, "too early"),
        (found.missed, "missed or too late"),
        (found.outlying, "put aside, far from the others"),
    )
    told = [f"{count} {what}" for count, what in not_counted if count]
    return f"{words} Not counted: {', '.join(told)}." if told else words


def measure_reaction(parent: QWidget | None, theme: Theme, old: float, tone: Tone) -> float | None:
    """Measure a coder's delay in seconds; None where the old one is to stay."""
    dialog = ReactionDialog(theme, old, tone, parent)
    return dialog.seconds if dialog.exec() == QDialog.DialogCode.Accepted else None


def _now() -> Micros:
    return Micros(perf_counter_ns() // 1000)
