"""How long a service takes, in the cell's cases, and how long a person waits at the counter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from registry_data.reading.clauses import Clause, clauses, tidy
from registry_data.reading.letters import aligned
from registry_data.reading.numerals import IN_WORDS, in_words
from registry_data.schema import TermUnit

LONGEST_CASE = 600

_NUMBER = (
    rf"(?:(?P<figure>\d{{1,3}})\s*(?:-?(?:х|ти|и|го|ми|ех))?\s*(?:\((?P<said>[^()]{{1,40}})\))?"
    rf"|(?P<words>{IN_WORDS}))"
)
_UNIT = (
    r"(?P<working>рабоч(?:их|ий|его|ие|ем)\b(?:\s+дн\w+|\s+день)?|жұмыс\s+күн\w*)"
    r"|(?P<calendar>календарн\w+\s+(?:дн\w+|день)|күнтізбелік\s+күн\w*)"
    r"|(?P<hours>час(?:а|ов|у)?\b|сағат\w*)"
    r"|(?P<minutes>минут\w*)"
    r"|(?P<months>месяц\w*|ай(?:дан|ға|да|ы|дың)?\b)"
)
DURATION = re.compile(rf"(?<![\w№,.–-]){_NUMBER}\s*-?\s*(?:{_UNIT})(?!\w)")
_KAZAKH_DURATION = re.compile(rf"(?<=\D-){_NUMBER}\s*(?:{_UNIT})(?!\w)")
_UNITS = {
    "working": TermUnit.WORKING_DAYS,
    "calendar": TermUnit.CALENDAR_DAYS,
    "hours": TermUnit.HOURS,
    "minutes": TermUnit.MINUTES,
    "months": TermUnit.MONTHS,
}
_WAITING = re.compile(r"ожидани|күту\w*|для сдачи|тапсыру")
_SERVING = re.compile(r"обслуживани|қызмет көрсету\w* (рұқсат|ең|барынша|жол)|қызмет көрсетудің")
_AT_MOST = re.compile(r"максимальн|допустим|предельн|рұқсат|ең (көп|ұзақ)|барынша|шекті")
_AT_THE_COUNTER = re.compile(r"максимальн\w+ допустим\w+ время|рұқсат етілген ең (ұзақ|көп) уақыт")
_NO_TERM = re.compile(
    r"приостанавлива|приостановлен[аоы]?\b"
    r"|продл(?!ени[еяю] (справк|разрешен|лиценз|свидетельств|аккредитац|аттестат|сертификат|патент"
    r"|виз|удостоверен))"
    r"|не входит|не входят|исчисл|указанн\w+ срок"
    r"|заслушив|устранени"
    r"|(на|направля\w+|поступлени\w+|получени\w+) (дополнительн\w+ )?запрос|ответ\w* на запрос"
    r"|дополнительн\w+ запрос"
    r"|до (окончания|истечения|завершения)|за \w+ (\(\w+\) )?(рабоч|час|сут|д[не]|календ)"
    r"|провер\w+ полнот|полнот\w+ (представлен|документ)|неполн|возражен|жалоб|обеспечива\w+ хране"
    r"ни|хранятся|хранится"
    r"|срок\w* действия|действительн|действует|мотивированный отказ в дальнейшем|уведомляет"
    r"|со дня получения уведомления|направля\w+ (в|на)\b|регистрир\w+ (заявлен|документ)|день приема"
    r"|после (окончания|истечения)|по истечении|повторн"
    r"|тоқтатыла(ды|тын)|тоқтата тұр|ұзарт|қосымша сұрау|сұрау салу\w* (жібер|жолда"
    r"|бойынша)|сұратыл|кірмейді|есептеледі"
    r"|тыңдау|тыңдалым|жою үшін|толықтығ|толық емес|сақтал|қолданыл\w* мерзім|қарсылы"
    r"|хабарлайды|қабылдау күні"
    r"|аяқталғанға дейін|өткен соң|өткеннен кейін"
)
_NO_TERM_BEFORE = re.compile(
    r"(на срок|не менее|не ранее|возраст\w*( от| до| старше)?|старше|моложе|стаж\w*|опыт\w* работ\w*"
    r"|кемінде|өтіл\w*)"
    r"\s*(чем\s*)?(за\s*|от\s*|до\s*)?$"
)
_SUSPENDED = re.compile(
    r"приостанавлива|приостановлен[аоы]?\b|тоқтатыла(ды|тын)|тоқтата тұр|заслушив|тыңда|не входят"
)
_START = re.compile(
    r"^(со дня|с момента|с даты|с даты и времени|после|при условии|от даты|с первого дня"
    r"|включая|начиная|ішінде|өткен|бойы|аспайтын|асырмай)"
)
_BEFORE = re.compile(
    r"(\b(в течени[еи]|не позднее|не более(?: чем)?|не превыша\w+|составля\w+|осуществля\w+ся"
    r"|оказыва\w+ся|производится|выдается|до|за|в срок|по времени|равен|"
    r"сроком|срок)|[-–—:,])\s*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(  # «…, срок рассмотрения документов» after a case
    r",\s*(?:общий )?срок (?:оказания|рассмотрения|предоставления|выдачи) [^,]*$"
    r"|\s+құжаттарды қарау .*мерзімі$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(общий |максимальный |предельный )?срок\w*( (оказания|предоставления|рассмотрения"
    r"|исполнения))?( данной| настоящей)?( государственн\w+ услуг\w*| услуг\w*)?"
    r"( (с момента|со дня|с даты) .{0,160})?$"
    r"|^государственн\w+ услуг\w*( (оказыва|предоставля)\w+)?( услугодател\w+)?( (с момента"
    r"|со дня|с даты) .{0,160})?$"
    r"|^(с момента|со дня|с даты) .{0,200}$|^оказание государственной услуги$|^(в|на|при|по|и|либо|или)$"
    r"|^(мемлекеттік )?(көрсетілетін )?(қызмет\w*)?( ?көрсету\w*)?( ?(жалпы|ең ұзақ) )?( ?мерзім\w*)?$"
    r"|^мемлекеттік қызмет(ті)? .{0,90}(бастап|кезден|сәттен|күннен)$|^.{0,200}(кезден"
    r"|сәттен|күннен|күнінен|сәтінен|кезінен|уақыттан) бастап$"
    r"|^көрсету мерзімі$|^мемлекеттік көрсетілетін қызмет\w*( көрсету)?( мерзімі)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRead:
    """`when` is the case in the cell's words, empty if the term is for all."""

    amount: int
    unit: TermUnit
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRead:
    terms: tuple[TermRead, ...]
    max_queue_minutes: int | None = None
    max_service_minutes: int | None = None
    unread: tuple[str, ...] = field(default=())


def terms_of(lines: Iterable[str]) -> TermsRead:
    """The terms by case; a duration that is none (a suspension, a request) is passed over."""
    found: list[TermRead] = []
    unread: list[str] = []
    waiting = serving = None
    for clause in _running(lines):
        text = aligned(clause.text)
        durations = _durations(text)
        if (_WAITING.search(text) or _SERVING.search(text)) and _AT_MOST.search(text):
            minutes = _minutes(durations)
            waits = bool(_WAITING.search(text))
            waiting, serving = (waiting or minutes, serving) if waits else (waiting, serving or minutes)
            continue
        if _NO_TERM.search(_outside_brackets(text)) or _AT_THE_COUNTER.search(text):
            continue
        read = _read(clause, durations)
        if read is None:
            unread.append(clause.text)
        else:
            found += read
    return TermsRead(
        terms=tuple(dict.fromkeys(found)),
        max_queue_minutes=waiting,
        max_service_minutes=serving,
        unread=tuple(text for text in unread if _tells_time(aligned(text))),
    )


def _running(lines: Iterable[str]) -> list[Clause]:
    """The clauses but those under a heading that speaks of a suspension or a hearing."""
    return [clause for clause in clauses(lines) if not _SUSPENDED.search(aligned(clause.heading))]


def _durations(text: str) -> list[re.Match[str]]:
    found = [*DURATION.finditer(text), *_KAZAKH_DURATION.finditer(text)]
    real = [one for one in found if not _NO_TERM_BEFORE.search(text[: one.start()])]
    return sorted(real, key=lambda one: one.start())


def _read(clause: Clause, durations: list[re.Match[str]]) -> list[TermRead] | None:
    """The clause's term; None if it holds none that is certain."""
    if not durations:
        return None
    if len(durations) > 1:
        return _several(clause, durations)
    one = durations[0]
    value, unit = _value(one), _unit(one)
    if not value or unit is None:
        return None
    when = _case(clause, one)
    return None if len(when) > LONGEST_CASE else [TermRead(amount=value, unit=unit, when=when)]


def _several(clause: Clause, durations: list[re.Match[str]]) -> list[TermRead] | None:
    """A clause with more than one duration: cut at its commas, if each part then holds one."""
    parts = re.split(
        r",\s+(?=(?:а\s|при|для|в случа|по\s|на\s)|\S+\s+(?:кезінде|жағдайда|үшін))", clause.text
    )
    texts = [aligned(part) for part in parts]
    if len(parts) != len(durations) or any(len(_durations(text)) != 1 for text in texts):
        return None
    read: list[TermRead] = []
    for part in parts:
        inner = Clause(text=part, heading=clause.heading)
        found = _read(inner, _durations(aligned(part)))
        if found is None:
            return None
        read += found
    return read


def _value(found: re.Match[str]) -> int | None:
    if found["figure"]:
        return int(found["figure"])
    return in_words(found["words"])


def _unit(found: re.Match[str]) -> TermUnit | None:
    return next((unit for name, unit in _UNITS.items() if found[name]), None)


def _minutes(durations: list[re.Match[str]]) -> int | None:
    return next((_value(one) for one in durations if one["minutes"]), None)


def _case(clause: Clause, found: re.Match[str]) -> str:
    before, after = clause.text[: found.start()], clause.text[found.end() :]
    own = _own_before(before) or _own_after(after)
    heading = "" if _is_generic(clause.heading) else clause.heading
    if heading and own:
        return f"{heading}: {own}"
    return heading or own


def _own_before(before: str) -> str:
    """The case before «случай – 3 рабочих дня», and what stands after the dash if it tells more."""
    parts = re.split(r"\s[-–—]\s?|[-–—]\s|[-–—]$", before)
    cases = [_own(" – ".join(parts[:-1])), _own(parts[-1])]
    return " – ".join(case for case in cases if case)


def _own(text: str) -> str:
    bare = tidy(text)
    while (shorter := _BEFORE.sub("", bare).strip(" ,–—-:")) != bare:
        bare = shorter
    bare = _SUBJECT.sub("", bare)
    return "" if _is_generic(bare) else bare


def _own_after(text: str) -> str:
    bare = tidy(text.lstrip(" –—-,:"))
    return "" if not bare or _START.match(aligned(bare)) or _is_generic(bare) else bare


def _is_generic(text: str) -> bool:
    return not text or bool(_GENERIC.match(aligned(text)))


def _outside_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", " ", text)


def _tells_time(text: str) -> bool:
    return bool(
        re.search(r"\d|рабоч|календар|\bд(ень|ней|ня)\b|час|минут|месяц|жұмыс күн|күнтізбелік|сағат", text)
    )
