"""Results of one or many sessions as tables, whatever asked for them: a command or the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from annotator.analysis.sequences import (
    Follow,
    Stream,
    stream_of,
    transition_table,
    transitions_of,
)
from annotator.analysis.summary import WHOLE_REGION, By, Named, Parting, score_table, summary_of
from annotator.analysis.talk import (
    USUAL_SILENCE,
    Speech,
    TalkRules,
    speech_of_tags,
    speech_of_transcript,
    talk_of,
    talk_tables,
)
from annotator.errors import AnnotatorError
from annotator.jobs.progress import Progress
from annotator.jobs.speaking import speech_of_sound
from annotator.jobs.studies import ALL_PASSES, Outcome, Passes, over_sessions
from annotator.model.coding import CodingPass
from annotator.model.study import Study
from annotator.model.table import Column, Table, stacked, widened
from annotator.model.time import ZERO, Micros

T = TypeVar("T")

FEW_SESSIONS = 10
_FOLLOWS = ("Share of what follows", "transition-shares")

THERAPIST = Column("therapist", "Therapist", definition="The therapist's code, as in the study.")
CLIENT = Column("client", "Client", definition="The client's code, as in the study.")
APPROACH = Column("approach", "Approach", definition="The approach, as in the study.")


@dataclass(frozen=True, slots=True)
class Results:
    """Tables, and what must be told beside them: sessions that could not be read, for one."""

    tables: tuple[Table, ...]
    notices: tuple[str, ...] = ()

    def table(self, table_id: str) -> Table:
        """Find a table; raises KeyError where there is none of that id."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)


@dataclass(frozen=True, slots=True)
class SummaryWish:
    """What a summary counts, of which passes, and into which parts it cuts the region.

    `with_places` keeps the moments behind each row.
    """

    by: By = By.CODE
    parting: Parting = WHOLE_REGION
    passes: Passes = ALL_PASSES
    with_places: bool = False


@dataclass(frozen=True, slots=True)
class TalkWish:
    """Where speech is known from, and by which rules it is measured.

    `codes` are those of stretches of speech, in the pass of `coder`; empty for the transcript.
    With `from_sound`, speech is heard where each person has a track; `voices` are their names.
    Silences count from what the codebook says where `silence` is None.
    """

    codes: tuple[str, ...] = ()
    coder: str = ""
    silence: Micros | None = None
    back_channel: Micros = ZERO
    from_sound: bool = False
    voices: tuple[str, ...] = ()


def summarised(study: Study, wish: SummaryWish, watcher: Progress) -> Results:
    """Summarise every pass of every session: the summary, and ratings and scores.

    Raises AnnotatorError where no session could be read, or none has a pass that is asked for.
    """
    found, notices = gathered_results(over_sessions(study, partial(_summary, wish), watcher))
    _require_passes(found)
    summaries = [_of_study(study, table) for pair in found for table in pair[0]]
    scores = [_of_study(study, table) for pair in found for table in pair[1]]
    tables = [stacked(summaries)]
    if any(table.rows for table in scores):
        tables.append(stacked(scores))
    return Results(tuple(tables), (*notices, *_few(len(study.sessions))))


def _summary(wish: SummaryWish, named: Named) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    passes = wish.passes.of(named.session)
    return (
        tuple(
            summary_of(named, one, wish.by, wish.parting, with_places=wish.with_places)
            for one in passes
        ),
        tuple(score_table(named, one) for one in passes),
    )


def talked(study: Study, wish: TalkWish, watcher: Progress) -> Results:
    """Measure who speaks when: a table of persons, of silences, and of every stretch.

    Raises AnnotatorError where no session tells who speaks when.
    """
    found, notices = gathered_results(over_sessions(study, partial(_talk, wish), watcher))
    people, quiet, stretches = (
        stacked([_of_study(study, tables[place]) for tables in found]) for place in range(3)
    )
    return Results((people, quiet, stretches), (*notices, *_few(len(study.sessions))))


def _talk(wish: TalkWish, named: Named) -> tuple[Table, Table, Table]:
    session = named.session
    speech = speech_for(wish, named)
    silence = wish.silence or session.codebook.silence_minimum or USUAL_SILENCE
    talk = talk_of(session, speech, TalkRules(silence, wish.back_channel))
    return talk_tables(named.name, talk)


def speech_for(wish: TalkWish, named: Named) -> Speech:
    """Give who speaks when, from where the wish says; raises AnnotatorError where not known."""
    session = named.session
    if wish.from_sound and named.path is not None:
        return speech_of_sound(session, named.path, wish.voices)
    if wish.codes:
        passes = Passes((wish.coder,) if wish.coder else ()).of(session)
        found = [speech_of_tags(session, one.id, wish.codes) for one in passes]
        spoken = next((one for one in found if one.by_person), None)
        if spoken is not None:
            return spoken
        raise AnnotatorError(
            f"No stretch is tagged {', '.join(wish.codes)}.",
            "Name the codes of stretches in which somebody speaks.",
        )
    said = speech_of_transcript(session)
    if said is None or not said.by_person:
        raise AnnotatorError(
            "This session does not say who speaks when.",
            "Import a transcript, tag who speaks and name the codes with --codes, or use --sound "
            "where each person has a track or channel.",
        )
    return said


def followed(study: Study, follow: Follow, passes: Passes, watcher: Progress) -> Results:
    """Count transitions in the first pass that is asked for of each session, all together.

    Raises AnnotatorError where no session could be read, or none has such a pass.
    """
    streams, notices = gathered_results(over_sessions(study, partial(_stream, passes), watcher))
    transitions = transitions_of(streams, follow)
    long = transition_table(transitions)
    wide = widened(long, ("given",), ("target",), "count")
    wide = replace(wide, id="transition-counts", title="Transition counts")
    who = tuple(dict.fromkeys(stream.told for stream in streams))
    told = (f"Of {len(streams)} sessions: {', '.join(who)}." if len(streams) > 1 else f"{who[0]}.",)
    tables = tuple(replace(one, notes=(*told, *one.notes)) for one in (long, wide))
    return Results(tables, (*notices, *_few(len(streams))))


def _stream(passes: Passes, named: Named) -> Stream:
    chosen = passes.of(named.session)
    if not chosen:
        raise _no_pass()
    return stream_of(named.name, named.session, chosen[0])


def side_by_side(study: Study, wish: SummaryWish, watcher: Progress) -> Results:
    """Lay sessions side by side: rates, shares, scores and talk, a column for each session.

    One pass of each session is taken: the first that is asked for.
    """
    found, notices = gathered_results(over_sessions(study, partial(_side, wish), watcher))
    _require_passes([one[:2] for one in found])
    summary = stacked([_of_study(study, table) for one in found for table in one[0]])
    scores = stacked([_of_study(study, table) for one in found for table in one[1]])
    talks = [one[2] for one in found if one[2] is not None]
    followed_by = [one[3] for one in found if one[3] is not None]
    parted = ("part",) if len({row["part"] for row in summary.records()}) > 1 else ()
    keys = {By.CODE: "code", By.GROUP: "group", By.PARTICIPANT: "participant"}
    key = (keys[wish.by],) if wish.by in keys else ("code", "participant")
    by = (*key, "name", *parted)
    tables = [
        _wide(summary, by, "rate", "Rates per 10 minutes", "rates"),
        _wide(summary, by, "share", "Share of counted time", "shares"),
        _wide(summary, by, "count", "Counts", "counts"),
    ]
    if scores.rows:
        tables.append(_wide(scores, ("id", "name"), "value", "Ratings and scores", "scores"))
    if talks:
        people = stacked([table[0] for table in talks])
        quiet = stacked([table[1] for table in talks])
        tables.append(_wide(people, ("person",), "share", "Share of talk", "talk-shares"))
        tables.append(_wide(people, ("person",), "latency", "Median latency (s)", "latencies"))
        if quiet.rows:
            tables.append(
                _wide(quiet, ("kind", "before", "after"), "total", "Silence (s)", "silences")
            )
    if followed_by:
        share = _wide(stacked(followed_by), ("given", "target"), "probability", *_FOLLOWS)
        tables.append(share)
    return Results((*tables, summary), (*notices, *_few(len(study.sessions))))


def _side(
    wish: SummaryWish, named: Named
) -> tuple[tuple[Table, ...], tuple[Table, ...], tuple[Table, Table, Table] | None, Table | None]:
    passes = wish.passes.of(named.session)[:1]
    try:
        talk = _talk(TalkWish(), named)
    except AnnotatorError:
        talk = None
    return (
        tuple(summary_of(named, one, wish.by, wish.parting) for one in passes),
        tuple(score_table(named, one) for one in passes),
        talk,
        _transition_shares(named, passes[0]) if passes else None,
    )


def _transition_shares(named: Named, coding_pass: CodingPass) -> Table:
    """List the transitions of one session that happen, under the session's name."""
    stream = stream_of(named.name, named.session, coding_pass)
    long = transition_table(transitions_of([stream], Follow(draws=0)))
    count = long.index("count")
    rows = tuple((named.name, *row) for row in long.rows if row[count])
    columns = (Column("session", "Session"), *long.columns)
    return Table(long.id, long.title, columns, rows)


def _wide(table: Table, by: Sequence[str], value: str, title: str, table_id: str) -> Table:
    wide = widened(table, by, ("session",), value)
    return replace(wide, id=table_id, title=title)


def gathered_results(outcomes: Iterable[Outcome[T]]) -> tuple[list[T], tuple[str, ...]]:
    """Take what was found; raises AnnotatorError with the first failure where nothing was."""
    found: list[T] = []
    notices: list[str] = []
    failures: list[str] = []
    for one in outcomes:
        notices += [f"{one.name}: {line}" for line in one.notices]
        if one.result is None and one.failure:
            failures.append(f"{one.name} is left out: {one.failure}")
        elif one.result is not None:
            found.append(one.result)
    if not found and failures:
        more = f" So are {len(failures) - 1} others." if len(failures) > 1 else ""
        raise AnnotatorError(failures[0].replace(" is left out: ", ": ", 1) + more)
    if not found:
        raise _no_pass()
    return found, (*notices, *failures)


def _require_passes(found: Sequence[tuple[Sequence[Table], ...]]) -> None:
    if not any(one[0] for one in found):
        raise _no_pass()


def _no_pass() -> AnnotatorError:
    return AnnotatorError(
        "There is no coding pass that is asked for.",
        "annotator passes SESSION lists them; training passes count only with --purpose training.",
    )


def _of_study(study: Study, table: Table) -> Table:
    """Add what the study says of the sessions, where it says anything."""
    said = {one.name: (one.therapist, one.client, one.approach) for one in study.sessions}
    columns = (THERAPIST, CLIENT, APPROACH)
    kept = [at for at in range(len(columns)) if any(words[at] for words in said.values())]
    if not kept:
        return table
    place = table.index("session")
    rows = tuple(
        (*row, *(said.get(str(row[place]), ("", "", ""))[at] for at in kept)) for row in table.rows
    )
    return replace(table, columns=(*table.columns, *(columns[at] for at in kept)), rows=rows)


def _few(count: int) -> tuple[str, ...]:
    """Say what so few sessions cannot show."""
    if not 1 < count < FEW_SESSIONS:
        return ()
    return (
        (
            f"n = {count} sessions: this describes these sessions. It cannot show that therapists "
            "or approaches differ; what differs here may be the client, the day, or chance."
        ),
    )
