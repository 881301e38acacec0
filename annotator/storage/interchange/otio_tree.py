"""The objects of OpenTimelineIO as they stand in a file: their kinds, and their exact times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from annotator.model.time import Micros
from annotator.storage.interchange.json_reading import items, members, word

ID = "otio"

Node = Mapping[str, object]

_FAR = 10**16
_MILLION = 1_000_000
_FARTHEST = 15  # digits before the point, and as many behind it
_NEARLY = Fraction(5, 1000)
_SAME = Fraction(1, 1_000_000)
_TELEVISION = tuple(Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60, 120))

COLOURS = {
    "PINK": "#ffc0cb",
    "RED": "#ff0000",
    "ORANGE": "#ffa500",
    "YELLOW": "#ffff00",
    "GREEN": "#00ff00",
    "CYAN": "#00ffff",
    "BLUE": "#0000ff",
    "PURPLE": "#800080",
    "MAGENTA": "#ff00ff",
    "BLACK": "#000000",
    "WHITE": "#ffffff",
}
"""The names of colours that markers have."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in seconds, exactly."""

    start: Fraction = Fraction(0)
    length: Fraction = Fraction(0)

    @property
    def end(self) -> Fraction:
        """Where it ends."""
        return self.start + self.length


def kind_of(node: Node) -> str:
    """Give the name of an object's schema without its version, such as "Clip"."""
    return word(node.get("OTIO_SCHEMA")).partition(".")[0]


def exact_rate(rate: Fraction) -> Fraction:
    """Give the rate that is meant: 29.97 and its like are 30000/1001 of television."""
    near = (one for one in _TELEVISION if abs(one - rate) < _NEARLY)
    return next(near, rate)


def number_of(value: object) -> Fraction | None:
    """Give a number exactly; None where it is none, or beyond all bounds."""
    if isinstance(value, int):
        return None if isinstance(value, bool) or abs(value) >= _FAR else Fraction(value)
    if not isinstance(value, Decimal):
        return None
    number = value
    if number and not -_FARTHEST <= number.adjusted() <= _FARTHEST:
        return Fraction(0) if number.adjusted() < 0 else None
    return Fraction(number)


class Times:
    """Reads the times of a file, and keeps in mind the rates that were met."""

    def __init__(self) -> None:
        self._rates: dict[Decimal | int, Fraction | None] = {}

    def seconds_of(self, time: object) -> Fraction | None:
        """Give a RationalTime in seconds; None where it is none."""
        told = members(time)
        value, rate = number_of(told.get("value")), self._rate_of(told.get("rate"))
        if value is None or rate is None:
            return None
        return value / rate if value else value

    def span_of(self, node: object) -> Span | None:
        """Read a TimeRange; None where there is none, or it cannot be read."""
        told = members(node)
        start = self.seconds_of(told.get("start_time"))
        length = self.seconds_of(told.get("duration"))
        if start is None or length is None:
            return None
        return Span(start, length)

    def within(self, node: object, shift: Fraction) -> tuple[Micros, Micros] | None:
        """Give from when to when a TimeRange lasts on a time that is `shift` seconds later.

        None where it cannot be read. It is what `span_of` gives, and sooner, as there are many.
        """
        told = members(node)
        start, length = self._ratio(told.get("start_time")), self._ratio(told.get("duration"))
        if start is None or length is None:
            return None
        first, under = start
        first, under = (
            first * shift.denominator + shift.numerator * under,
            under * shift.denominator,
        )
        last = first * length[1] + length[0] * under
        return _rounded(first, under), _rounded(last, under * length[1])

    def _ratio(self, time: object) -> tuple[int, int] | None:
        """Give the seconds of a RationalTime as one whole number over another."""
        told = members(time)
        value, rate = told.get("value"), self._rate_of(told.get("rate"))
        if rate is None or not isinstance(value, Decimal | int) or isinstance(value, bool):
            return None
        if not value:
            return 0, 1
        size = Decimal(value).adjusted()
        if not -_FARTHEST <= size <= _FARTHEST:
            return None if size > 0 else (0, 1)
        over, under = value.as_integer_ratio()
        return over * rate.denominator, under * rate.numerator

    def rounded(self) -> list[str]:
        """Give the rates that were met and are so rounded that another is meant."""
        return sorted(
            str(raw)
            for raw, meant in self._rates.items()
            if meant is not None and abs(meant - Fraction(raw)) > _SAME
        )

    def _rate_of(self, raw: object) -> Fraction | None:
        if isinstance(raw, bool) or not isinstance(raw, Decimal | int):
            return None
        if raw not in self._rates:
            told = number_of(raw)
            self._rates[raw] = exact_rate(told) if told is not None and told > 0 else None
        return self._rates[raw]


def _rounded(over: int, under: int) -> Micros:
    """Give seconds told as a ratio as the nearest microsecond, of two the even one."""
    whole, rest = divmod(over * _MILLION, under)
    is_up = 2 * rest > under or (2 * rest == under and whole % 2 == 1)
    return Micros(whole + is_up)


def to_micros(seconds: Fraction) -> Micros:
    """Give exact seconds as the nearest microsecond."""
    return Micros(round(seconds * _MILLION))


def media_of(clip: Node) -> Node:
    """Give the reference to a clip's film, of several that which is active."""
    several = members(clip.get("media_references"))
    key = word(clip.get("active_media_reference_key")) or "DEFAULT_MEDIA"
    return members(several.get(key)) or members(clip.get("media_reference"))


def children_of(node: Node) -> list[Node]:
    """Give the parts of a composition, in order."""
    return [members(one) for one in items(node.get("children"))]


class Lengths:
    """How long the parts of a timeline are, each found out once."""

    def __init__(self) -> None:
        self.times = Times()
        self._known: dict[int, Span] = {}

    def of(self, node: Node) -> Span:
        """Give the part of an object that is shown, in the object's own time."""
        key = id(node)
        if key not in self._known:
            self._known[key] = Span()  # so that nothing is its own part
            self._known[key] = self._found(node)
        return self._known[key]

    def _found(self, node: Node) -> Span:
        told = self.times.span_of(node.get("source_range"))
        if told is not None:
            return told
        kind = kind_of(node)
        if kind == "Clip":
            return self.times.span_of(media_of(node).get("available_range")) or Span()
        lengths = [self.of(one).length for one in children_of(node) if kind_of(one) != "Transition"]
        if kind == "Track":
            return Span(Fraction(0), sum(lengths, Fraction(0)))
        return Span(Fraction(0), max(lengths, default=Fraction(0)))
