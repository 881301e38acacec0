"""The gate: who allows what on which day, and that it never grows kinder by knowing less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import (
    Consent,
    ConsentScope,
    ConsentStatus,
    Cue,
    ExcludedSpan,
    Interval,
    Mask,
    Masking,
    Micros,
    Participant,
    ParticipantRole,
    Session,
    Tag,
    Transcript,
)
from annotator.model.consent_rules import Ground
from annotator.model.disclosure import MaskDuty, RefusedError, judge, permit
from tests.support.sessions import plain_session

TODAY = date(2026, 6, 1)
LEVELS = list(ConsentScope)
TEAM, RESEARCHERS, SUPERVISION, LEARNERS, PUBLIC = LEVELS
GIVEN = Consent(ConsentStatus.GIVEN, PUBLIC, "2026-01-05")


def seconds(start: float, end: float) -> Interval:
    return Interval(Micros(round(start * 1_000_000)), Micros(round(end * 1_000_000)))


def session_of(*consents: Consent) -> Session:
    people = tuple(
        Participant(f"p{number}", ParticipantRole.CLIENT, f"C0{number}", consent)
        for number, consent in enumerate(consents, 1)
    )
    return replace(plain_session(0), participants=people)


def grounds(session: Session, level: ConsentScope = LEARNERS, *spans: Interval) -> list[Ground]:
    return [one.ground for one in judge(session, spans, level, TODAY).refusals]


def allowed(consent: Consent) -> list[ConsentScope]:
    session = session_of(consent)
    return [level for level in LEVELS if judge(session, (), level, TODAY).is_allowed]


def test_consent_given_goes_as_far_as_its_scope() -> None:
    assert allowed(GIVEN) == LEVELS
    for place, scope in enumerate(LEVELS):
        assert allowed(replace(GIVEN, scope=scope)) == LEVELS[: place + 1]


@pytest.mark.parametrize("scope", LEVELS)
def test_unknown_consent_is_for_the_team_alone(scope: ConsentScope) -> None:
    assert allowed(Consent(scope=scope)) == [TEAM]
    refusals = judge(session_of(Consent(scope=scope)), (), PUBLIC, TODAY).refusals
    assert [(one.ground, one.participant) for one in refusals] == [(Ground.UNKNOWN, "p1")]


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"status": ConsentStatus.REFUSED}, Ground.REFUSED),
        ({"status": ConsentStatus.WITHDRAWN}, Ground.WITHDRAWN),
        ({"withdrawn": "2026-05-01"}, Ground.WITHDRAWN),
        ({"withdrawn": "2027-05-01"}, Ground.WITHDRAWN),
        ({"withdrawn": "last week"}, Ground.WITHDRAWN),
        ({"expires": "2026-05-31"}, Ground.EXPIRED),
        ({"date": "2026-06-02"}, Ground.DATE),
    ],
)
def test_what_nothing_gets_through(changes: dict[str, object], ground: Ground) -> None:
    consent = replace(GIVEN, **changes)
    assert allowed(consent) == []
    assert grounds(session_of(consent), TEAM) == [ground]


@pytest.mark.parametrize(
    "day",
    [
        "2026",
        "2027-13-01",
        "2027-02-30",
        "20270101",
        "2027-W01-1",
        "1.1.2027",
        "2027-01-01 ",
        "\u0662\u0660\u0662\u0667-01-01",
    ],
)
@pytest.mark.parametrize("key", ["date", "expires"])
def test_a_date_that_cannot_be_read_blocks(day: str, key: str) -> None:
    consent = replace(GIVEN, **{key: day})
    assert allowed(consent) == []
    (told,) = judge(session_of(consent), (), TEAM, TODAY).reasons
    assert f"“{day}”" in told


def test_the_day_of_giving_is_allowed_already() -> None:
    assert allowed(replace(GIVEN, date=TODAY.isoformat())) == LEVELS


def test_the_day_of_expiry_is_still_allowed() -> None:
    assert allowed(replace(GIVEN, expires=TODAY.isoformat())) == LEVELS


def test_the_lowest_of_those_present_wins() -> None:
    session = session_of(GIVEN, replace(GIVEN, scope=SUPERVISION))
    judged = judge(session, (), LEARNERS, TODAY)
    assert judged.effective is SUPERVISION
    assert judged.reasons == ("C02's consent goes as far as supervision, not to learners.",)
    nothing = judge(session_of(GIVEN, Consent(ConsentStatus.REFUSED)), (), TEAM, TODAY)
    assert nothing.effective is None


def test_a_level_left_out_is_refused_and_no_other() -> None:
    consent = replace(GIVEN, scope=LEARNERS, withheld=(RESEARCHERS,))
    assert allowed(consent) == [TEAM, SUPERVISION, LEARNERS]
    (told,) = judge(session_of(consent), (), RESEARCHERS, TODAY).reasons
    assert told == "C01's consent leaves out named researchers."


def test_nothing_crosses_an_excluded_stretch() -> None:
    session = session_of(GIVEN)  # 5 to 6 s is excluded
    assert grounds(session, TEAM, seconds(0, 5), seconds(6, 9)) == []
    for span in (seconds(4, 5.000001), seconds(5.2, 5.3), seconds(5.999999, 8), seconds(0, 60)):
        assert grounds(session, TEAM, seconds(0, 1), span) == [Ground.EXCLUDED]
    (refusal,) = judge(session, (seconds(4, 7),), TEAM, TODAY).refusals
    assert refusal.span == seconds(5, 6)
    assert "0:00:05.000 to 0:00:06.000" in refusal.told
    assert "“a name is said”" in refusal.told
    moment = replace(session, excluded=(ExcludedSpan(Micros(5), Micros(5)),))
    assert grounds(moment, TEAM, seconds(0, 1)) == [Ground.EXCLUDED]


def test_a_session_that_names_nobody_is_for_the_team() -> None:
    assert grounds(session_of(), TEAM) == []
    assert grounds(session_of()) == [Ground.NOBODY]
    assert judge(session_of(), (), TEAM, TODAY).effective is TEAM


def test_those_who_are_told_to_be_away_are_not_asked() -> None:
    session = session_of(GIVEN, Consent())
    assert judge(session, (seconds(0, 1),), LEARNERS, TODAY, ["p1"]).present == ("p1",)
    assert judge(session, (seconds(0, 1),), LEARNERS, TODAY, ["p1"]).is_allowed
    assert judge(session, (seconds(0, 1),), LEARNERS, TODAY, []).present == ("p1", "p2")


def test_who_is_heard_or_tagged_there_is_present_whatever_is_told() -> None:
    session = session_of(GIVEN, Consent())
    tags = (Tag("t", "reflection", Micros(2), Micros(9), "p2"),)
    one = replace(plain_session().passes[0], tags=tags)
    cue = Cue("c", Micros(2), Micros(9), "hm", "C", "p2")
    for marked in (
        replace(session, passes=(one,)),
        replace(session, transcripts=(Transcript("x", (cue,)),)),
    ):
        for span, is_there in ((Interval(Micros(0), Micros(3)), True), (seconds(1, 2), False)):
            judged = judge(marked, (span,), LEARNERS, TODAY, ["p1"])
            assert (judged.present == ("p1", "p2")) is is_there
            assert judged.is_allowed is not is_there


def test_a_stranger_counts_as_unknown() -> None:
    session = session_of(GIVEN)
    judged = judge(session, (), LEARNERS, TODAY, ["p1", "gone"])
    assert [(one.ground, one.participant) for one in judged.refusals] == [(Ground.STRANGER, "gone")]
    assert judged.effective is TEAM
    assert judge(session, (), TEAM, TODAY, ["gone"]).is_allowed
    tags = (Tag("t", "reflection", Micros(2), Micros(9), "gone"),)
    tagged = replace(session, passes=(replace(plain_session().passes[0], tags=tags),))
    assert grounds(tagged, LEARNERS, seconds(0, 1)) == [Ground.STRANGER]


def test_masks_of_a_level_hold_for_every_wider_one() -> None:
    masks = (Masking(SUPERVISION, (Mask.NAMES,)), Masking(PUBLIC, (Mask.VOICE, Mask.FACES)))
    session = session_of(GIVEN, replace(GIVEN, masks=masks))
    duties = [judge(session, (), level, TODAY).duties for level in LEVELS]
    names = MaskDuty("p2", (Mask.NAMES,))
    all_three = MaskDuty("p2", (Mask.FACES, Mask.VOICE, Mask.NAMES))
    assert duties == [(), (), (names,), (names,), (all_three,)]


def test_what_is_not_masked_is_told() -> None:
    consent = replace(GIVEN, masks=(Masking(TEAM, (Mask.FACES, Mask.VOICE)),))
    judged = judge(session_of(consent, consent), (), TEAM, TODAY)
    applied = (MaskDuty("p1", (Mask.PICTURE,)), MaskDuty("p2", (Mask.FACES, Mask.VOICE)))
    assert judged.lacking(applied) == (MaskDuty("p1", (Mask.VOICE,)),)
    assert judged.lacking(()) == judged.duties
    covered = replace(GIVEN, masks=(Masking(TEAM, (Mask.PICTURE,)),))
    whole = judge(session_of(covered), (), TEAM, TODAY)
    assert whole.lacking((MaskDuty("p1", (Mask.FACES,)),)) == whole.duties


def test_the_consent_that_ends_first_says_when_to_delete() -> None:
    ends = ("2027-03-01", "", "2026-12-24", "soon")
    session = session_of(*(replace(GIVEN, expires=day) for day in ends))
    assert judge(session, (), LEARNERS, TODAY).delete_by == "2026-12-24"
    assert judge(session, (), LEARNERS, TODAY, ["p1", "p2"]).delete_by == "2027-03-01"
    assert judge(session, (), LEARNERS, TODAY, ["p2"]).delete_by == ""


def test_a_participant_is_called_by_code() -> None:
    session = session_of(Consent())
    nameless = replace(session, participants=(replace(session.participants[0], label=""),))
    (told,) = judge(nameless, (), LEARNERS, TODAY).reasons
    assert told == "What p1 allows is not known; until it is, only the team sees it."


def test_an_override_needs_a_reason_with_words_in_it() -> None:
    refused = judge(session_of(Consent()), (), LEARNERS, TODAY)
    with pytest.raises(RefusedError, match="Refused for learners: What C01 allows is not known"):
        permit(refused, ())
    for reason in ("", "  \n", "...!"):
        with pytest.raises(RefusedError, match="only with a reason"):
            permit(refused, (), reason)
    steered = permit(refused, (), "court\x1b[8m order\N{RIGHT-TO-LEFT OVERRIDE}\ud800 می\u200cرود")
    assert steered.override == "court [8m order می\u200cرود"
    passed = permit(refused, (), " court\n order ")
    assert (passed.override, passed.refusals) == ("court order", refused.refusals)


def test_an_override_of_nothing_is_none() -> None:
    passed = permit(judge(session_of(GIVEN), (), LEARNERS, TODAY), (), "just so")
    assert (passed.override, passed.refusals) == ("", ())


def test_nothing_passes_without_the_masks_it_needs() -> None:
    judged = judge(
        session_of(replace(GIVEN, masks=(Masking(TEAM, (Mask.FACES, Mask.NAMES)),))),
        (),
        TEAM,
        TODAY,
    )
    applied = MaskDuty("p1", (Mask.FACES,))
    with pytest.raises(RefusedError, match=r"Of C01 must be masked: names\."):
        permit(judged, [applied])
    assert permit(judged, judged.duties).masks == judged.duties
    anyway = permit(judged, [applied], "the court asks for the voice")
    assert [(one.ground, one.participant) for one in anyway.refusals] == [(Ground.MASK, "p1")]


DAYS = st.sampled_from(
    ["", "2025-01-01", "2026-06-01", "2026-06-02", "2030-01-01", "soon", "2026-6-1"]
)
LEVEL = st.sampled_from(LEVELS)
MASKINGS = st.lists(
    st.builds(Masking, LEVEL, st.lists(st.sampled_from(list(Mask))).map(tuple)), max_size=3
).map(tuple)
CONSENTS = st.builds(
    Consent,
    st.sampled_from(list(ConsentStatus)) | st.just(ConsentStatus.GIVEN),
    LEVEL,
    date=st.sampled_from(["", "2026-01-01"]) | DAYS,
    expires=st.sampled_from(["", "2030-01-01"]) | DAYS,
    masks=MASKINGS,
    withdrawn=st.just("") | DAYS,
)
WITH_EXCEPTIONS = st.builds(
    lambda one, left: replace(one, withheld=left), CONSENTS, st.lists(LEVEL, max_size=2).map(tuple)
)
TIMES = st.integers(0, 12_000_000)
STRETCHES = st.tuples(TIMES, TIMES).map(sorted).map(lambda ends: Interval(*map(Micros, ends)))
CLIPS = st.lists(STRETCHES, min_size=1, max_size=3)
GROUPS = st.lists(CONSENTS, min_size=1, max_size=3).map(lambda all_of: session_of(*all_of))
ANY_GROUP = st.lists(WITH_EXCEPTIONS, min_size=1, max_size=3).map(lambda few: session_of(*few))
EVERYBODY = st.none() | st.sets(st.sampled_from(["p1", "p2", "p3", "x"]))


@given(GROUPS, CLIPS, EVERYBODY)
def test_a_narrower_purpose_is_never_refused_where_a_wider_one_is_allowed(
    session: Session, spans: list[Interval], present: set[str] | None
) -> None:
    said = [judge(session, spans, level, TODAY, present).is_allowed for level in LEVELS]
    assert said == sorted(said, reverse=True)


@given(GROUPS, CLIPS, LEVEL)
def test_it_is_allowed_up_to_the_effective_level_outside_excluded_stretches(
    session: Session, spans: list[Interval], level: ConsentScope
) -> None:
    judged = judge(replace(session, excluded=()), spans, level, TODAY)
    within = judged.effective is not None and judged.effective.holds(level)
    assert judged.is_allowed is within


@given(
    session=ANY_GROUP,
    spans=CLIPS,
    level=LEVEL,
    present=EVERYBODY,
    consent=WITH_EXCEPTIONS,
    stretch=STRETCHES,
    masks=MASKINGS,
)
def test_more_to_heed_never_turns_a_refusal_into_permission(
    *,
    session: Session,
    spans: list[Interval],
    level: ConsentScope,
    present: set[str] | None,
    consent: Consent,
    stretch: Interval,
    masks: tuple[Masking, ...],
) -> None:
    before = judge(session, spans, level, TODAY, present)
    newcomer = Participant("new", ParticipantRole.OTHER, "N", consent)
    first = session.participants[0]
    stricter = replace(first, consent=replace(first.consent, masks=first.consent.masks + masks))
    for changed in (
        replace(session, participants=(*session.participants, newcomer)),
        replace(session, excluded=(*session.excluded, ExcludedSpan(stretch.start, stretch.end))),
        replace(session, participants=(stricter, *session.participants[1:])),
    ):
        after = judge(changed, spans, level, TODAY, present)
        assert set(before.refusals) <= set(after.refusals)
        owed = {(one.participant, mask) for one in before.duties for mask in one.masks}
        assert owed <= {(one.participant, mask) for one in after.duties for mask in one.masks}
    joined = judge(session, spans, level, TODAY, present and {*present, "p1"})
    assert set(before.refusals) <= set(joined.refusals)


@given(WITH_EXCEPTIONS)
def test_unknown_never_allows_more_than_the_team(consent: Consent) -> None:
    unknown = replace(consent, status=ConsentStatus.UNKNOWN)
    assert set(allowed(unknown)) <= {TEAM}
    assert not judge(session_of(GIVEN, unknown), (), PUBLIC, TODAY).is_allowed


@given(ANY_GROUP, CLIPS, LEVEL)
def test_each_reason_is_a_sentence_about_somebody_or_some_stretch(
    session: Session, spans: list[Interval], level: ConsentScope
) -> None:
    judged = judge(session, spans, level, TODAY)
    for one in judged.refusals:
        assert one.told.endswith(".")
        assert bool(one.participant) != (one.span is not None)
    assert judged.is_allowed is not bool(judged.reasons)


def with_cues(*cues: Cue) -> Session:
    return replace(session_of(GIVEN), excluded=(), transcripts=(Transcript("t", cues),))


def said(start: float, end: float, speaker: str, participant: str = "") -> Cue:
    span = seconds(start, end)
    return Cue(f"k{start}", span.start, span.end, "Hm.", speaker, participant)


def test_a_speaker_whom_nobody_stands_for_is_for_the_team_alone() -> None:
    session = with_cues(said(1, 2, "C", "p1"), said(3, 4, "Mother"), said(5, 6, "Mother"))
    judged = judge(session, [seconds(3, 10)], LEARNERS, TODAY)
    assert [one.ground for one in judged.refusals] == [Ground.SPEAKER]
    assert "“Mother” is heard" in judged.reasons[0]
    assert "annotator transcript assign" in judged.reasons[0]
    for level in LEVELS:
        assert judge(session, [seconds(3, 10)], level, TODAY).is_allowed is (level is TEAM)
    assert judge(session, [seconds(3, 10)], TEAM, TODAY).effective is TEAM
    assert judged.present == ("p1",), "a label is no id"


def test_only_a_speaker_who_is_heard_there_counts() -> None:
    session = with_cues(said(1, 2, "C", "p1"), said(3, 4, "Mother"))
    assert grounds(session, LEARNERS, seconds(1, 3)) == []
    assert grounds(session, LEARNERS) == []
    assert judge(session, [seconds(1, 3)], LEARNERS, TODAY).effective is PUBLIC


def test_a_cue_without_a_speaker_stays_as_it_is() -> None:
    assert grounds(with_cues(said(1, 2, "")), LEARNERS, seconds(0, 9)) == []
