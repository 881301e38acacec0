"""What the heading of a column says in the words of many tools and languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.storage.interchange.columns import Column, TimeForm

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_APART = re.compile(r"[\W_]+")
_LONGEST = 200


def some(words: str) -> frozenset[str]:
    """Give a set of words that stand apart by upright strokes."""
    return frozenset(words.split("|"))


_UNITS: Mapping[str, TimeForm] = {
    **dict.fromkeys(
        some("ms|msec|msecs|millis|millisecond|milliseconds|millisekunden"), TimeForm.MILLISECONDS
    ),
    **dict.fromkeys(
        some("s|sec|secs|second|seconds|sek|sekunde|sekunden|seconde|secondes|segundo|segundos|sf"),
        TimeForm.SECONDS,
    ),
    **dict.fromkeys(some("frame|frames|frm|fr|bild|bilder|frameno|framenumber"), TimeForm.FRAMES),
    **dict.fromkeys(some("hms|hhmmss"), TimeForm.CLOCK),
    **dict.fromkeys(some("hmsf|hhmmssff|smpte"), TimeForm.SMPTE),
}
_SPELLED = (
    (re.compile(r"h+:m+:s+[:;]f+", re.IGNORECASE), TimeForm.SMPTE),
    (re.compile(r"(?:h+:)?m+:s+(?:[.,]\w+)?", re.IGNORECASE), TimeForm.CLOCK),
    (re.compile(r"\bss?\.m+s?(?:ec)?\b", re.IGNORECASE), TimeForm.SECONDS),
)
_TIME_WORDS = some("time|zeit|zeitpunkt|temps|tiempo|tempo|point|timecode|tc")
_SMALL_WORDS = some("the|of|s|de|di|del|des|da")
_MEASURES = some(
    "duration|dauer|duree|length|time|zeit|fps|index|size|date|datum|path|ordinal|total"
)
_LEFT = frozenset({"time offset", "offset time", "time zone"})


def plain_words(heading: str) -> str:
    """Write a heading in small words without accents, marks and brackets."""
    apart = _CAMEL.sub(" ", heading[:_LONGEST])
    letters = unicodedata.normalize("NFKD", apart.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(_APART.sub(" ", unicodedata.normalize("NFKC", bare)).split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(plain_words(one) for one in text.split("|"))


_WORDS: Mapping[Column, tuple[str, ...]] = {
    Column.START: _phrases(
        "start|onset|begin|starttime|onsettime|begintime|begins|beginning|starts|from|in|von|ab|anfang|beginn|startzeit|"
        "anfangszeit|startpunkt|debut|depart|inicio|comienzo|inizio|de|desde|da|tmin|xmin|t0|"
        "开始|开始时间|開始|開始時間|開始時刻|начало|시작|시작시간|בתחלה|התחלה|البداية|بداية"
    ),
    Column.END: _phrases(
        "end|offset|stop|finish|endtime|offsettime|stoptime|ends|stops|to|until|out|bis|ende|endzeit|endpunkt|fin|fine|final|"
        "termino|hasta|tmax|xmax|t1|结束|结束时间|終了|終了時間|終了時刻|結束|конец|окончание|끝|종료|"
        "סוף|סיום|النهاية|نهاية"
    ),
    Column.DURATION: _phrases(
        "duration|dur|length|dauer|lange|laenge|duree|duracion|duracao|durata|时长|持续时间|"
        "長さ|длительность|продолжительность|길이|משך|المدة"
    ),
    Column.CODE: _phrases(
        "code|codes|coding|kode|behavior|behaviour|behaviors|behaviours|verhalten|comportement|"
        "comportamiento|comportamento|conducta|event|events|ereignis|evento|evenement|label|"
        "labels|annotation|annotations|etiquette|etiqueta|etichetta|category|kategorie|categorie|"
        "categoria|class|klasse|name|value|action|activity|state|type|tag|tags|tagname|"
        "代码|编码|行为|标签|コード|行動|код|поведение|코드|행동|קוד|رمز"
    ),
    Column.CODER: _phrases(
        "coder|rater|annotator|observer|coded by|coder id|rater id|observer id|annotator id|"
        "kodierer|kodiererin|codierer|codiererin|beobachter|beobachterin|rater name|coder name|"
        "codeur|codeuse|observateur|observatrice|annotateur|codificador|codificadora|observador|"
        "observadora|codificatore|osservatore|reviewer|judge|编码者|标注者|观察者|кодировщик|"
        "наблюдатель|코더|מקודד"
    ),
    Column.PARTICIPANT: _phrases(
        "participant|participant id|subject|subjects|subject id|speaker|speaker id|who|person|"
        "actor|teilnehmer|teilnehmerin|proband|versuchsperson|sprecher|sprecherin|sujet|locuteur|"
        "sujeto|participante|hablante|soggetto|partecipante|interlocutor|参与者|被试|说话人|"
        "話者|参加者|участник|испытуемый|говорящий|참가자|화자|משתתף|دובר|المشارك"
    ),
    Column.NOTE: _phrases(
        "note|notes|comment|comments|remark|remarks|text|memo|transcript|transcription|utterance|"
        "bemerkung|bemerkungen|kommentar|kommentare|notiz|notizen|anmerkung|anmerkungen|"
        "commentaire|commentaires|remarque|remarques|comentario|comentarios|nota|notas|"
        "observaciones|commento|commenti|comment start|comment stop|备注|注释|评论|メモ|備考|"
        "комментарий|примечание|заметка|메모|비고|הערה|הערות|ملاحظة"
    ),
    Column.SESSION: _phrases(
        "session|session id|session name|observation|observation id|observation name|sitzung|"
        "beobachtung|seance|sesion|sessione|interview|interview id|dyad|dyad id|会话|会谈|сессия|"
        "세션|פגישה|الجلسة"
    ),
    Column.RECORDING: _phrases(
        "file|filename|file name|file path|video|video file|video name|video id|media|media file|"
        "media file name|media file path|media file path s|source|source file|recording|datei|"
        "dateiname|fichier|archivo|film|movie|audio|audio file|文件|视频|файл|видео"
    ),
    Column.TAG: _phrases("id|tag id|event id|annotation id|uid|uuid|guid|record id|row id"),
    Column.GROUP: _phrases(
        "group|code group|behavioral category|behavioural category|behavior category|"
        "code category|gruppe|codegruppe|kodegruppe"
    ),
    Column.KIND: _phrases(
        "behavior type|behaviour type|event type|status|start stop|startstop|start or stop|"
        "onset offset|kind"
    ),
}
_MOMENTS = _phrases(
    "time|timestamp|timestamps|time stamp|zeit|zeitpunkt|zeitstempel|temps|tiempo|tempo|"
    "timecode|time code|tc|moment|time relative|relative time|event time|video time|clock|t|when|"
    "position|hora|hour|seconds|frame|frames|frame number|milliseconds|时间|時間|时刻|время|시간|"
    "זמן|الوقت"
)
_TIERS = frozenset({"tier", "tier name", "tier id", "track", "layer", "column"})
_COMPOSED = 50
A_MOMENT = 100
"""The rank of what tells a time, and not whether it is a start."""

_MODIFIERS = re.compile(r"(?:modifiers?|modifikator|modificateur|attributes?)(?: \d+)?")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a heading says: which column it may be, and in which form its times are.

    `rank` is lower the surer that is; `role` is None where the heading says nothing. What measures
    the film or counts rows is no choice of a coder.
    """

    role: Column | None
    rank: int = 0
    form: TimeForm | None = None
    is_tier: bool = False
    is_measure: bool = False


def heard(heading: str) -> Heard:
    """Take a heading by its words."""
    heading = heading[:_LONGEST]
    form, bare = _form_of(heading), heading
    for pattern, _ in _SPELLED:
        bare = pattern.sub(" ", bare)
    plain = plain_words(bare)
    words = [one for one in plain.split() if one not in _UNITS] or plain.split()
    phrase = " ".join(words)
    if phrase in _LEFT:
        return Heard(None, is_measure=True)
    if phrase in _TIERS:
        return Heard(None, form=form, is_tier=True)
    if _MODIFIERS.fullmatch(phrase):
        return Heard(Column.ATTRIBUTE)
    for one in dict.fromkeys((plain, phrase)):
        for role, known in _WORDS.items():
            if one in known:
                return Heard(role, known.index(one), form)
    if plain in _MOMENTS or phrase in _MOMENTS:
        return Heard(Column.START, A_MOMENT, form)
    is_measure = not _MEASURES.isdisjoint(words)
    return Heard(_time_role(words), _COMPOSED, form, is_measure=is_measure)


def _time_role(words: Sequence[str]) -> Column | None:
    """Take "start time", "time of onset" and the like, where no other word is among them."""
    rest = [one for one in words if one not in _TIME_WORDS and one not in _SMALL_WORDS]
    if len(rest) == len(words) or len(rest) != 1:
        return None
    for role in (Column.START, Column.END, Column.DURATION):
        if rest[0] in _WORDS[role]:
            return role
    return None


def _form_of(heading: str) -> TimeForm | None:
    for pattern, form in _SPELLED:
        if pattern.search(heading):
            return form
    return _form_of_words(plain_words(heading))


def _form_of_words(plain: str) -> TimeForm | None:
    return next((_UNITS[one] for one in reversed(plain.split()) if one in _UNITS), None)
