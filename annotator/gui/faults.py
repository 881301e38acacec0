"""What happens when the program itself has a fault: it is said, written down, and work goes on."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from PyQt6.QtCore import QObject, pyqtSignal

SAID = (
    "Something went wrong inside the program itself. What you tagged is kept. "
    "If it goes on, save, start the program again, and send the message in the terminal to us."
)


class FaultTeller(QObject):
    """Takes the place of Python's own hook, which would end the program under Qt.

    `met` is emitted in whichever thread the fault came up in.
    """

    met = pyqtSignal(str)

    def take_over(self) -> None:
        """Tell of faults from now on."""
        sys.excepthook = self._tell

    def _tell(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        sys.stderr.write("".join(traceback.format_exception(kind, fault, trace)))
        if not issubclass(kind, KeyboardInterrupt):
            self.met.emit(SAID)
