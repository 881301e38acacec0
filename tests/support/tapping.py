"""A coder at the keys: a session, what runs, and every step of hers, to be undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from annotator.editing.hand import Hand
from annotator.editing.pressing import press, release, stop
from annotator.editing.second_keys import take_back
from annotator.editing.tapping import Step, Tapping
from annotator.editing.ways import Ways
from annotator.model import (
    Attribute,
    Choice,
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    Group,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Purpose,
    Session,
    Speaker,
    Tag,
)

END = 100_000_000
DEPTH = Attribute("depth", "Depth", (Choice("low", "low", "1"), Choice("high", "high", "2")))
BOOK = Codebook(
    "book",
    "1",
    "A book",
    groups=(Group("turn", "Turns"), Group("mood", "Moods")),
    codes=(
        Code("reflection", "Reflection", attributes=(DEPTH,)),
        Code("question", "Question", exclusive_with=("reflection",)),
        Code("silence", "Silence", kind=CodeKind.SPAN),
        Code("noise", "Noise", kind=CodeKind.SPAN),
        Code("talk", "Talk", kind=CodeKind.SPAN, exclusive_with=("silence",)),
        Code("hers", "Therapist", "", "turn", kind=CodeKind.SPAN, speaker=Speaker.THERAPIST),
        Code("his", "Client", "", "turn", kind=CodeKind.SPAN, speaker=Speaker.CLIENT),
        Code("calm", "Calm", "", "mood", kind=CodeKind.SPAN, attributes=(DEPTH,)),
        Code("tense", "Tense", "", "mood", kind=CodeKind.SPAN),
        Code("old", "Old", retired=True),
    ),
)
PEOPLE = (
    Participant("t", ParticipantRole.THERAPIST, "T01"),
    Participant("c", ParticipantRole.CLIENT, "C07"),
)


def a_session(*tags: Tag, region: tuple[int, int] = (0, END)) -> Session:
    """Make a session whose one pass has these tags; without any, the pass is not begun."""
    ordered = tuple(sorted(tags, key=lambda tag: (tag.start, tag.end, tag.id)))
    own = CodingPass("p", "A", Purpose.PRIMARY, "2026-01-01T00:00:00Z", ordered)
    limits = Interval(Micros(region[0]), Micros(region[1]))
    return Session("s", "S", BOOK, limits, (), (), PEOPLE, (own,) if tags else ())


def a_tag(name: str, code: str, start: int, end: int | None = None, who: str = "") -> Tag:
    """Make a tag; an instant where no end is given."""
    return Tag(name, code, Micros(start), Micros(start if end is None else end), who)


@dataclass
class Coder:
    """Keeps the present session and what runs, as a window would."""

    session: Session = field(default_factory=a_session)
    ways: Ways = field(default_factory=Ways)
    tapping: Tapping = field(default_factory=Tapping)
    steps: list[Step] = field(default_factory=list)
    taken_back: list[Step] = field(default_factory=list)
    ids: count[int] = field(default_factory=count)

    @property
    def hand(self) -> Hand:
        """The session as it is now, for the next key."""

        def new_id() -> str:
            return f"n{next(self.ids):04}"

        return Hand(self.session, "p", "A", new_id, lambda: "2026-01-02T00:00:00Z", self.ways)

    def do(self, make: Callable[[Tapping, Hand], Step]) -> Step:
        """Make a step and carry it out."""
        step = make(self.tapping, self.hand)
        if step.does_something:
            self.session = step.edit.apply(self.session)
            self.tapping = step.after
            self.steps.append(step)
            self.taken_back.clear()
        return step

    def press(self, code: str, at: int, *, playing: bool = False) -> Step:
        """Press a code's key."""
        return self.do(lambda now, hand: press(now, hand, code, Micros(at), playing=playing))

    def release(self, code: str, at: int) -> Step:
        """Let a code's key go."""
        return self.do(lambda now, hand: release(now, hand, code, Micros(at)))

    def stop(self, at: int, code: str = "") -> Step:
        """End what runs."""
        return self.do(lambda now, hand: stop(now, hand, Micros(at), code))

    def take_back(self) -> Step:
        """Take the last mark back."""
        return self.do(take_back)

    def undo(self) -> None:
        """Undo the last step."""
        step = self.steps.pop()
        self.session = step.edit.revert(self.session)
        self.tapping = step.undone(self.tapping)
        self.taken_back.append(step)

    def redo(self) -> None:
        """Do the step undone last again."""
        step = self.taken_back.pop()
        self.session = step.edit.apply(self.session)
        self.tapping = step.redone(self.tapping)
        self.steps.append(step)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags of the pass."""
        return self.hand.tags

    @property
    def marks(self) -> list[tuple[str, int, int]]:
        """The tags as code, start and end."""
        return [(tag.code, tag.start, tag.end) for tag in self.tags]

    @property
    def runs(self) -> list[tuple[str, int]]:
        """What runs, as code and start, oldest first."""
        return [(one.code_id, one.start) for one in self.tapping.running]
