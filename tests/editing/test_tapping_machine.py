"""Whatever keys are pressed in whatever order, the tags stay sound and all can be undone."""

from __future__ import annotations

from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.editing.pressing import end_of_region, give_up
from annotator.editing.second_keys import assign, choose
from annotator.editing.ways import ShortHold, Way, Ways, rivals_of
from annotator.model import Micros, Session, tag_order
from annotator.model.rules import session_problems
from tests.support.tapping import BOOK, END, Coder, a_session, a_tag

ALL_CODES = st.sampled_from([*(code.id for code in BOOK.codes), "?", "gone"])
CODES = st.sampled_from(["talk", "silence", "question", "reflection"]) | ALL_CODES
# few moments, so that marks meet one another
MOMENTS = st.one_of(
    st.integers(-1, 21).map(lambda step: step * (END // 20)),
    st.integers(28, 44).map(lambda second: second * 1_000_000),
    st.integers(0, END),
)
WAYS = st.builds(
    Ways,
    st.none() | st.sampled_from(Way),
    st.dictionaries(CODES, st.sampled_from(Way), max_size=5),
    st.sampled_from([frozenset(), frozenset({"mood"}), frozenset({"mood", "turn", ""})]),
    st.sampled_from([0, 300_000, 7_000_000]).map(Micros),
    st.sampled_from([0, 1_000_000]).map(Micros),
    st.sampled_from(ShortHold),
    st.none() | st.just(Micros(10_000_000)),
)
BEFORE = (
    a_tag("b1", "talk", 30_000_000, 40_000_000),
    a_tag("b2", "question", 55_000_000),
    a_tag("b3", "his", 60_000_000, 70_000_000, "c"),
)


class Keys(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.coder = Coder()
        self.beginning: Session = self.coder.session

    @initialize(ways=WAYS, before=st.booleans(), inner=st.booleans())
    def sit_down(self, ways: Ways, *, before: bool, inner: bool) -> None:
        region = (10_000_000, 90_000_000) if inner else (0, END)
        self.coder = Coder(a_session(*(BEFORE if before else ()), region=region), ways)
        self.beginning = self.coder.session

    @rule(code=CODES, at=MOMENTS, playing=st.booleans())
    def press(self, code: str, at: int, *, playing: bool) -> None:
        step = self.coder.press(code, at, playing=playing)
        assert not step.is_refused or step.said
        for tag in step.made:
            assert tag.start >= self.coder.session.region.start

    @rule(code=CODES, at=MOMENTS)
    def release(self, code: str, at: int) -> None:
        self.coder.release(code, at)

    @rule(code=CODES | st.just(""), at=MOMENTS)
    def stop(self, code: str, at: int) -> None:
        self.coder.stop(at, code)
        assert code or not self.coder.tapping.running

    @rule()
    def reach_the_end(self) -> None:
        self.coder.do(end_of_region)

    @rule()
    def give_up(self) -> None:
        self.coder.do(give_up)

    @rule()
    def take_back(self) -> None:
        step = self.coder.take_back()
        assert step.is_refused or step.rewind is not None

    @rule(choice=st.sampled_from(["low", "high"]), at=MOMENTS)
    def choose(self, choice: str, at: int) -> None:
        self.coder.do(
            lambda now, hand: choose(now, hand, attribute="depth", choice=choice, moment=Micros(at))
        )

    @rule(who=st.sampled_from(["", "t", "c", "nobody"]))
    def assign(self, who: str) -> None:
        self.coder.do(partial(assign, participant=who))

    @precondition(lambda self: self.coder.steps)
    @rule()
    def undo(self) -> None:
        step = self.coder.steps[-1]
        self.coder.undo()
        assert self.coder.tapping == step.before

    @precondition(lambda self: self.coder.taken_back)
    @rule()
    def redo(self) -> None:
        step = self.coder.taken_back[-1]
        self.coder.redo()
        assert self.coder.tapping == step.after

    @invariant()
    def tags_are_sound(self) -> None:
        assert session_problems(self.coder.session) == []
        tags = self.coder.tags
        assert list(tags) == sorted(tags, key=tag_order)
        region = self.coder.session.region
        assert all(region.start <= tag.start <= tag.end <= region.end for tag in tags)

    @invariant()
    def what_excludes_each_other_never_overlaps(self) -> None:
        tags = self.coder.tags
        for place, one in enumerate(tags):
            code = self.coder.hand.code(one.code)
            assert code is not None
            rivals = rivals_of(BOOK, self.coder.ways, code)
            for other in tags[place + 1 :]:
                if rivals.forbid(other.code, other.participant, one.participant):
                    assert not one.interval.overlaps(other.interval), (one, other)

    @invariant()
    def one_stretch_of_a_code_runs_at_a_time(self) -> None:
        running = [one.code_id for one in self.coder.tapping.running]
        assert len(running) == len(set(running))

    def teardown(self) -> None:
        end, running = self.coder.session, self.coder.tapping
        done = len(self.coder.steps)
        while self.coder.steps:
            self.coder.undo()
        assert self.coder.session == self.beginning
        assert self.coder.tapping.running == ()
        for _ in range(done):
            self.coder.redo()
        assert (self.coder.session, self.coder.tapping) == (end, running)


TestKeys = Keys.TestCase
TestKeys.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)
