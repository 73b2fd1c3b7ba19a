"""What control events hold, in lines of documents: the act, the plans, the analytic note. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernel.language import Language
from kernel.period import Period
from localisation.formats import numeric_day
from oversight.control.counts import KnownEvent, ended_on
from oversight.control.entries import ControlDetails, ControlEntry, EntryKind
from registry_data.document_texts import DocumentTexts, load_document_texts
from registry_data.report_forms import load_form
from reminders.chain import ControlEvent, EventFact
from reports.documents.model import DocumentPart, DocumentPoint, DocumentTable, OfficialLetter

_BY_THE_EVENT = frozenset({EntryKind.OBJECT, EntryKind.BREACH, EntryKind.LATE_ANSWERS})
_POINTS: Mapping[str, frozenset[EntryKind]] = {  # of the analytic note, annex 1 ¶32 (2: ¶31)
    "breaches": frozenset({EntryKind.BREACH, EntryKind.LATE_ANSWERS}),
    "penalties": frozenset({EntryKind.PENALTY}),
    "proposals": frozenset({EntryKind.RECOMMENDATION}),
    "restored": frozenset({EntryKind.RESTORED}),
}

_PARTS: Mapping[str, tuple[str, ...]] = {
    "order": ("basis", "object", "questions", "term", "executors"),
    "notice": ("basis", "questions", "term", "executors", "next"),
    "letter": ("found", "recommended", "next"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    event: ControlEvent
    details: ControlDetails


def note_lines(
    known: Iterable[KnownEvent], quarter: Period, language: Language
) -> dict[str, tuple[str, ...]]:
    """What the events add to each point of the note: those that the quarter's figures count."""
    lines: dict[str, list[str]] = {"events": [], **{key: [] for key in _POINTS}}
    for one in known:
        ended = ended_on(one.event)
        is_held = ended is not None and quarter.first <= ended <= quarter.last
        if is_held:
            lines["events"].append(_event(one, language))
        for entry in one.entries:
            counts = is_held if entry.kind in _BY_THE_EVENT else _is_in(entry.day, quarter)
            for key, kinds in _POINTS.items():
                if counts and entry.kind in kinds:
                    lines[key].append(f"№ {one.event.number}: {entry_line(entry, language)}")
    return {key: tuple(several) for key, several in lines.items()}


def entry_line(entry: ControlEntry, language: Language) -> str:
    """One entry in a sentence; titles are the act's."""
    texts = load_document_texts("control", language)
    return texts(
        f"entry_{entry.kind.value}",
        title=_title(entry.code, texts),
        who=_title(entry.who, texts),
        count=entry.count,
        people=entry.people,
        day=numeric_day(entry.day) if entry.day else "",
        until=numeric_day(entry.until) if entry.until else "",
        text=entry.text,
        state=_state(entry, texts),
    ).strip()


def act_points(
    event: ControlEvent, details: ControlDetails, entries: Sequence[ControlEntry], language: Language
) -> dict[str, DocumentPoint]:
    """The points of the act that are known (Order 78 ¶50); names and signatures are filled in on paper."""
    texts = load_document_texts("control", language)

    def lines(*kinds: EntryKind) -> tuple[str, ...]:
        return tuple(entry_line(one, language) for one in entries if one.kind in kinds)

    blank = texts("blank")
    recommended = _recommended(entries, texts)
    found = lines(EntryKind.BREACH, EntryKind.LATE_ANSWERS) or (texts("no_breaches"),)
    return {
        "made": _point(texts("made", blank=blank)),
        "object": _point(event.object, texts("head_and_present", blank=blank)),
        "order": _point(texts("order", blank=blank)),
        "executors": _point(
            *((details.executors,) if details.executors else ()), texts("names", blank=blank)
        ),
        "period": _point(_period(event, texts)),
        "results": DocumentPoint(title="", lines=found, own=False),
        "recommendations": DocumentPoint(title="", lines=recommended, own=not recommended),
        "acquainted": DocumentPoint(
            title="", lines=(*lines(EntryKind.OBJECTION), texts("acquainted", blank=blank)), own=False
        ),
        "signed": _point(texts("signed", blank=blank)),
    }


class ControlLetter(StrEnum):
    """An order (Order 78 ¶41), a notice to the object (¶45), a letter on measures to take (¶53)."""

    ORDER = "order"
    NOTICE = "notice"
    LETTER = "letter"


def letter_of(
    which: ControlLetter,
    known: PlannedEvent,
    entries: Sequence[ControlEntry],
    sender: str,
    language: Language,
) -> OfficialLetter:
    """To be numbered and signed; what was not entered is a blank."""
    texts = load_document_texts("control", language)
    blank, event, details = texts("blank"), known.event, known.details
    ground = details.ground.value if details.ground else "unplanned"
    values = {
        "basis": texts(f"basis_{'planned' if event.planned else ground}", blank=blank),
        "object": event.object,
        "questions": details.questions or blank,
        "term": _days(event),
        "executors": details.executors or blank,
        "found": _listed(entries, {EntryKind.BREACH, EntryKind.LATE_ANSWERS}, language) or blank,
        "recommended": "\n".join(_recommended(entries, texts)) or blank,
        "next": texts(f"next_{which.value}") if which is not ControlLetter.ORDER else "",
    }
    parts = [DocumentPart(heading=texts(f"part_{name}"), text=values[name]) for name in _PARTS[which]]
    return OfficialLetter(
        sender=sender,
        marks=(texts("letter_marks", blank=blank),),
        address=() if which is ControlLetter.ORDER else (event.object,),
        title=texts(f"title_{which.value}"),
        parts=tuple(parts),
        signature=texts("letter_signature", blank=blank),
    )


def _recommended(entries: Sequence[ControlEntry], texts: DocumentTexts) -> tuple[str, ...]:
    """As they are first written down: what became of them is not known yet."""
    return tuple(
        texts("recommended", text=one.text, until=numeric_day(one.until) if one.until else "")
        for one in entries
        if one.kind is EntryKind.RECOMMENDATION
    )


def _listed(entries: Sequence[ControlEntry], kinds: set[EntryKind], language: Language) -> str:
    return "\n".join(entry_line(one, language) for one in entries if one.kind in kinds)


def measures_table(entries: Sequence[ControlEntry], language: Language) -> DocumentTable:
    """The object's plan of measures (Order 78 ¶55): what to mend, and by when."""
    texts = load_document_texts("control", language)
    rows = [one for one in entries if one.kind in {EntryKind.RECOMMENDATION, EntryKind.MEASURE}]
    return DocumentTable(
        head=tuple(texts(f"head_{name}") for name in ("number", "measure", "executor", "until", "form")),
        rows=tuple(
            (str(place), one.text, "", numeric_day(one.until) if one.until else "", "")
            for place, one in enumerate(rows, start=1)
        ),
    )


def year_table(events: Sequence[PlannedEvent], language: Language) -> DocumentTable:
    """The year's plan (Order 78 ¶42), by the day on which each event begins."""
    texts = load_document_texts("control", language)
    ordered = sorted(events, key=lambda one: (one.event.facts[EventFact.STARTS_ON], one.event.number))
    names = ("number", "object", "questions", "term", "form", "executors")
    return DocumentTable(
        head=tuple(texts(f"head_{name}") for name in names),
        rows=tuple(
            (
                str(place), one.event.object, one.details.questions, _days(one.event), texts("form_act"),
                one.details.executors,
            )
            for place, one in enumerate(ordered, start=1)
        ),
    )  # fmt: skip


def _event(one: KnownEvent, language: Language) -> str:
    texts = load_document_texts("control", language)
    objects = [entry_line(entry, language) for entry in one.entries if entry.kind is EntryKind.OBJECT]
    kind = texts("planned" if one.event.planned else "unplanned")
    more = f" {' '.join(objects)}" if objects else ""
    return f"№ {one.event.number}: {one.event.object} ({kind}), {_days(one.event)}.{more}"


def _period(event: ControlEvent, texts: DocumentTexts) -> str:
    return texts("period", days=_days(event), blank=texts("blank"))


def _days(event: ControlEvent) -> str:
    begins = event.facts.get(EventFact.HANDED_ON, event.facts[EventFact.STARTS_ON])
    ends = event.facts.get(EventFact.ENDED_ON) or event.facts.get(EventFact.EXTENDED_TO)
    return f"{numeric_day(begins)} – {numeric_day(ends or event.facts[EventFact.ENDS_ON])}"


def _point(*lines: str) -> DocumentPoint:
    return DocumentPoint(title="", lines=lines, own=False)


def _title(code: str, texts: DocumentTexts) -> str:
    if not code:
        return ""
    row = load_form("1-mq").row(code)
    return texts(f"decision_{code}") if row is None else row.titles.in_language(texts.language)


def _state(entry: ControlEntry, texts: DocumentTexts) -> str:
    if entry.done_on is not None:
        return texts("state_done", day=numeric_day(entry.done_on))
    return texts("state_not_done", why=entry.why_not) if entry.why_not else texts("state_open")


def _is_in(day: date | None, quarter: Period) -> bool:
    return day is not None and quarter.first <= day <= quarter.last
