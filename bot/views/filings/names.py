"""Texts for filings: names, periods, dates and states."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.language import Language
from kernel.period import Period
from localisation.formats import day as written
from localisation.formats import weekday
from localisation.translations import Translations
from registry_data.obligations import DueWord, ObligationRecord
from reminders.filing import Filing, FilingState
from reminders.schedule import DueStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNames:
    """`obligations` by code; steps of control events are in the texts."""

    texts: Translations
    obligations: Mapping[str, ObligationRecord]

    def name(self, filing: Filing, language: Language) -> str:
        record = self.obligations.get(filing.obligation)
        if record is not None:
            return record.names.in_language(language)
        step = f"filings.step_{filing.obligation.replace('.', '_')}"
        return self.texts.plain(language, step) if step in self.texts.keys() else filing.obligation  # noqa: SIM118

    def occasion(self, filing: Filing, language: Language) -> str:
        if filing.event is not None:
            return self.texts.plain(language, "filings.of_event", event=filing.event)
        if filing.corrects is not None:
            year = self.texts.plain(language, "filings.year", year=filing.dates.named_on.year - 1)
            return self.texts.plain(language, "filings.correction", period=year)
        return self.period(Period.of_code(filing.occasion), language)

    def period(self, period: Period, language: Language) -> str:
        key = f"filings.{period.every.value}"
        if period.every.value == "year":
            return self.texts.plain(language, key, year=period.year)
        return self.texts.plain(language, key, year=period.year, number=period.number)

    def label(self, filing: Filing, language: Language) -> str:
        """A button's label: the obligation's short name and the period."""
        record = self.obligations.get(filing.obligation)
        short = record.short_names.in_language(language) if record else self.name(filing, language)
        occasion = self.occasion(filing, language)
        return self.texts.plain(language, "filings.open_button", name=short, occasion=occasion)

    def due_status(self, status: DueStatus, language: Language) -> str:
        key = f"filings.standing_{status.stage.value}"
        amounts = {"left": status.left, "late": status.late}
        return self.texts.plain(language, key, **amounts)

    def state(self, state: FilingState, language: Language) -> str:
        return self.texts.plain(language, f"filings.state_{state.value}")

    def mark(self, state: FilingState, language: Language) -> str:
        return self.texts.plain(language, f"filings.mark_{state.value}")

    def date_line(self, filing: Filing, language: Language, *, named_is_off: bool) -> str:
        """The date set by the act, and the last working day if that differs; as HTML."""
        dates = filing.dates
        values = {
            "day": written(dates.named_on, language),
            "weekday": weekday(dates.named_on, language),
            "lead": written(dates.lead_on, language),
            "lead_weekday": weekday(dates.lead_on, language),
        }
        key = self._date_key(filing, named_is_off=named_is_off)
        return str(self.texts.html(language, f"filings.{key}", **values))

    def _date_key(self, filing: Filing, *, named_is_off: bool) -> str:
        record = self.obligations.get(filing.obligation)
        words = record.words if record else frozenset()
        if filing.dates.lead_on == filing.dates.named_on:
            return "date"
        if words == {DueWord.BEFORE}:
            return "date_before"
        return "date_off" if named_is_off else "date_differs"
