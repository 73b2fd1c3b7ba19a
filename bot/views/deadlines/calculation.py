"""Explains a due date: every day with its reason, the readings of the law, the act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import escape

from deadlines.calendar import TrilingualNames, WorkCalendar
from deadlines.due import Certainty, CountedDay, DueDate, explain, is_late, last_working_day
from deadlines.errors import DeadlineError
from deadlines.terms import OUR_READINGS, TermReading
from kernel.language import Language
from localisation.error_messages import error_message
from localisation.formats import day as written
from localisation.formats import short_weekdays
from localisation.translations import Translations
from registry_data.acts import Act
from registry_data.citation import Citation, point_in_language
from registry_data.terms import Party, TermRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateCalculation:
    """A term of the registry, its due date, and their basis; `now` is aware."""

    record: TermRecord
    due: DueDate
    calendar: WorkCalendar
    acts: Mapping[str, Act]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationView:
    texts: Translations
    language: Language

    def text(self, calculation: DueDateCalculation) -> str:
        """The whole explanation as HTML."""
        days = explain(calculation.due, calculation.calendar)
        parts = [self._head(calculation), self._counting(days)]
        parts += self._readings(calculation)
        parts.append("\n".join(self._origin(calculation.record, calculation.acts)))
        return "\n\n".join(parts)

    def undated(self, record: TermRecord, error: DeadlineError, acts: Mapping[str, Act]) -> str:
        """Explains a duty without a due date, as HTML."""
        head = self._html("name", name=record.names.in_language(self.language))
        return "\n\n".join(
            [head, str(escape(self.error_message(error))), "\n".join(self._origin(record, acts))]
        )

    def why(self, day: CountedDay) -> str:
        """Why a day counts or not, as plain text."""
        special = day.special
        values = {
            "ends": f"{OUR_READINGS.day_ends:%H:%M}",
            "name": self._name(special.names if special else None),
            "act": self._name(special.act if special else None),
            "other": written(special.other, self.language) if special and special.other else "",
        }
        return self._plain(f"why_{day.why.value}", **values)

    def reading(self, reading: TermReading, calculation: DueDateCalculation) -> str:
        """How the act is read, as plain text: marked as ours, or with the act that says so."""
        settled = calculation.record.settled.get(reading.value)
        if settled is None:
            return self._plain("our_reading", text=self._plain(f"reading_{reading.value}"))
        citation = self.citation(settled, calculation.acts)
        return self._plain("settled_line", text=self._settled(reading), citation=citation).removeprefix("• ")

    def citation(self, citation: Citation, acts: Mapping[str, Act]) -> str:
        """The citation, with the act's short name: "Law 88-V Art. 25 ¶2"."""
        act = acts.get(citation.act)
        point = point_in_language(citation.point, self.language, in_parts=act is not None and act.in_parts)
        if act is not None and act.short is not None:
            return self._plain("citation_code", name=act.short.in_language(self.language), point=point)
        number = act.number.removeprefix("№ ") if act else citation.act
        kind = "law" if citation.act.startswith("law-") else "order"
        return self._plain(f"citation_{kind}", number=number, point=point)

    def error_message(self, error: DeadlineError) -> str:
        """The engine's error as plain text."""
        return error_message(self.texts, self.language, error)

    def _head(self, calculation: DueDateCalculation) -> str:
        due, record = calculation.due, calculation.record
        moment = f"{written(due.at.date(), self.language)} {due.at:%H:%M}"
        lines = [
            self._html("name", name=record.names.in_language(self.language)),
            self._html("from", event=_capital(record.event.in_language(self.language)), moment=moment),
        ]
        if due.registered_on != due.at.date():
            lines.append(self._html("registered", day=written(due.registered_on, self.language)))
        return "\n".join([*lines, "", *self._due(calculation)])

    def _due(self, calculation: DueDateCalculation) -> Iterator[str]:
        due = calculation.due
        expected = due.certainty is Certainty.EXPECTED
        day, time = written(due.due_on, self.language), f"{due.ends_at:%H:%M:%S}"
        yield self._html("due_expected" if expected else "due", day=day, time=time)
        if expected:
            yield self._html("expected", until=calculation.calendar.published_until)
        if (best := last_working_day(due, calculation.calendar)) != due.due_on:
            yield self._html("reminder", day=best)
        if is_late(due, calculation.now):
            is_ours = TermReading.DAY_ONE in self._ours(calculation)
            yield self._html("late_on_both_counts" if is_ours else "late")

    def _counting(self, days: tuple[CountedDay, ...]) -> str:
        """Consecutive days with the same reason share a line."""
        runs = (list(run) for _, run in groupby(days, key=lambda day: (day.counts, self.why(day))))
        return "\n".join([self._html("counting"), *map(self._run, runs)])

    def _run(self, run: list[CountedDay]) -> str:
        first, last = run[0], run[-1]
        days = self._day(first) if first is last else f"{self._day(first)} – {self._day(last)}"
        if not first.number:
            return self._html("line", days=days, why=self.why(first))
        number = str(first.number) if first is last else f"{first.number}–{last.number}"
        return self._html("line_counted", days=days, number=number, why=self.why(first))

    def _day(self, day: CountedDay) -> str:
        return f"{day.day:%d.%m} {short_weekdays(self.language)[day.day.weekday()]}"

    def _readings(self, calculation: DueDateCalculation) -> Iterator[str]:
        """What another act lays down, with its place; then what is our reading, with its mark."""
        settled = calculation.record.settled
        cited = [one for one in calculation.due.readings if one.value in settled]
        if cited:
            lines = [self._settled_line(one, calculation) for one in cited]
            yield "\n".join([self._html("settled"), *lines])
        if ours := self._ours(calculation):
            lines = [self._html("reading", text=self._plain(f"reading_{one.value}")) for one in ours]
            yield "\n".join([self._html("readings"), *lines])

    @staticmethod
    def _ours(calculation: DueDateCalculation) -> tuple[TermReading, ...]:
        settled = calculation.record.settled
        return tuple(one for one in calculation.due.readings if one.value not in settled)

    def _settled_line(self, reading: TermReading, calculation: DueDateCalculation) -> str:
        citation = self.citation(calculation.record.settled[reading.value], calculation.acts)
        return self._html("settled_line", text=self._settled(reading), citation=citation)

    def _settled(self, reading: TermReading) -> str:
        values = {"ends": f"{OUR_READINGS.day_ends:%H:%M}"} if reading is TermReading.AFTER_HOURS else {}
        return self._plain(f"settled_{reading.value}", **values)

    def _origin(self, record: TermRecord, acts: Mapping[str, Act]) -> Iterator[str]:
        yield self._html("binds", parties=self._parties(record.binds))
        if record.extension is not None:
            citation = self.citation(record.extension.citation, acts)
            parties = self._parties(record.extension.binds)
            yield self._html("may_extend", parties=parties, citation=citation)
        yield self._html("citation", citation=self.citation(record.citation, acts))
        yield self._html("words", words=record.words)
        if record.applies is not None:
            yield self._html("applies", to=record.applies.in_language(self.language))
        act = acts.get(record.citation.act)
        if act is not None and act.repealed is not None:
            yield self._html("repealed", day=written(act.repealed, self.language))

    def _parties(self, parties: tuple[Party, ...]) -> str:
        return ", ".join(self._plain(f"party_{party.value}") for party in parties)

    def _name(self, names: TrilingualNames | None) -> str:
        return "" if names is None else str(getattr(names, self.language.value))

    def _html(self, key: str, **values: object) -> str:
        return str(self.texts.html(self.language, f"deadline.{key}", **values))

    def _plain(self, key: str, **values: object) -> str:
        return self.texts.plain(self.language, f"deadline.{key}", **values)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
