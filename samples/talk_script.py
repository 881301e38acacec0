"""The words of the acted talk: who says what, how, after which pause, and meaning which code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who of the two speaks."""

    THERAPIST = "therapist"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance.

    `sentences` are spoken with `breath` seconds between them; `pause` is the time in seconds
    from the end of the voice before to the onset of this one, negative where this one sets in
    while the other still speaks; `pace` multiplies the speed; `codes` holds, for each sentence
    that means a code, the sentence's index and the code's id.
    """

    role: Role
    sentences: tuple[str, ...]
    codes: tuple[tuple[int, str], ...] = ()
    pause: float = 0.4
    pace: float = 1.0
    breath: float = 0.36

    @property
    def text(self) -> str:
        """The whole utterance, as a reader sees it."""
        return " ".join(self.sentences)


FIRST_ONSET = 1.0
TAIL = 1.4
SILENCES = (3.5, 6.0, 1.2)
OVERLAP = -0.7

T = Role.THERAPIST
C = Role.CLIENT

_SUMMARY = (
    "So, behind the bad nights there is your mother, the fear of letting her down,"
    " and now one phone call."
)

LINES = (
    Line(T, ("So, what would you like to talk about today?",), ((0, "open_question"),)),
    Line(
        C,
        (
            "Work, mostly.",
            "I lie awake at three in the morning, going over everything I got wrong.",
        ),
        pause=0.55,
    ),
    Line(T, ("You lie awake, going over your mistakes.",), ((0, "reflection_simple"),)),
    Line(C, ("Yes.", "Every night since the spring.")),
    Line(T, ("Did something change in the spring?",), ((0, "closed_question"),), pause=0.45),
    Line(
        C,
        ("My mother had a fall.", "Now I drive over to her every morning, before work."),
        pause=0.5,
    ),
    Line(
        T,
        ("So you look after her, and then you try to be perfect at the office.",),
        ((0, "reflection_complex"),),
        pause=0.5,
    ),
    Line(
        C,
        ("Well, not perfect.", "I just don't want to let anyone down."),
        ((0, "client_disagreement"),),
        pause=0.3,
    ),
    Line(
        T,
        ("Letting people down is what frightens you.",),
        ((0, "reflection_complex"),),
        pause=0.55,
        pace=0.94,
    ),
    Line(
        C,
        ("Yes.", "I think it is."),
        ((0, "client_emotion"),),
        pause=SILENCES[0],
        pace=0.88,
    ),
    Line(T, ("Who is it hardest to let down?",), ((0, "open_question"),), pause=0.6, pace=0.95),
    Line(C, ("Her.", "Always her."), ((0, "client_emotion"),), pause=0.6, pace=0.88),
    Line(
        C,
        ("She used to say that she could count on me.", "And I never told her I was tired."),
        ((0, "client_emotion"), (1, "client_insight")),
        pause=SILENCES[1],
        pace=0.88,
    ),
    Line(
        T,
        ("It takes courage to say that out loud.",),
        ((0, "affirmation"),),
        pause=0.6,
        pace=0.95,
    ),
    Line(
        C,
        ("It doesn't feel like courage.", "It feels like complaining, and then I feel guilty."),
        ((0, "client_disagreement"),),
    ),
    Line(T, ("So...",), pause=OVERLAP),
    Line(T, ("Sorry, I cut in.", "Please go on."), ((0, "immediacy"),), pause=0.45),
    Line(C, ("She would be hurt, if she knew.",), ((0, "client_emotion"),), pause=0.5, pace=0.92),
    Line(
        T,
        ("You would rather be exhausted than hurt her.", "And part of you longs for some rest."),
        ((0, "reflection_complex"), (1, "reflection_complex")),
        pause=SILENCES[2],
    ),
    Line(C, ("Is that selfish?",), pause=0.55),
    Line(T, ("How does it sound to you, now that you have said it?",), ((0, "open_question"),)),
    Line(C, ("It sounds human, I suppose.",), ((0, "client_insight"),), pause=0.6, pace=0.95),
    Line(
        T,
        ("Sleep often goes when we carry too much.", "And it can come back."),
        ((0, "information"),),
        pause=0.5,
    ),
    Line(T, ("Does anyone help you?",), ((0, "closed_question"),), pause=0.5),
    Line(C, ("My sister offered to take the Fridays.", "Maybe I'll ring her tonight.")),
    Line(
        T,
        ("She has offered, and you might say yes.",),
        ((0, "reflection_simple"),),
        pause=0.4,
    ),
    Line(
        T,
        (_SUMMARY,),
        ((0, "summary"),),
        pause=0.55,
    ),
    Line(T, ("Does that fit?",), ((0, "closed_question"),), pause=0.4),
    Line(C, ("It does.", "Thank you."), pause=0.5),
)
"""The talk, in order. It is invented; nobody in it exists."""
