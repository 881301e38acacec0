"""How long a clip may be, by the kind of file that it becomes."""

from __future__ import annotations

from annotator.errors import MediaError
from annotator.media.clips.wishes import Form
from annotator.model import Micros
from annotator.model.time import SECOND

_LONGEST = {Form.GIF: Micros(30 * SECOND)}
"""A longer one would be larger than the film it is made of."""

_SHORTEST = Micros(SECOND // 500)
"""Of a shorter one some encoders make no sound at all."""

_TENTH = SECOND // 10


def require_length(form: Form, length: Micros) -> None:
    """See to it that a clip that has a length can be such a file; raises MediaError."""
    if 0 < length < _SHORTEST:
        remedy = "Choose a later end, or leave more room around it."
        raise MediaError("The clip is too short to be seen or heard.", remedy)
    most = _LONGEST.get(form)
    if most is None or length <= most:
        return
    lasts = -(-length // _TENTH) / 10  # rounded up, so that it is never told to be short enough
    told = f"An animated GIF may be {most // SECOND} s long at most, and this clip lasts {lasts} s."
    raise MediaError(told, "Choose a shorter clip, or the kind mp4.")
