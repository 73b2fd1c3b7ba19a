"""One filing on a screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from bot.views.deadlines.calculation import CalculationView
from bot.views.filings.names import FilingNames
from deadlines.calendar import WorkCalendar
from kernel.clock import almaty_date
from kernel.language import Language
from localisation.formats import day as written
from localisation.translations import Translations
from registry_data.acts import Act
from registry_data.obligations import ObligationRecord
from reminders.filing import Filing, FilingState
from reminders.schedule import DEFAULT_SCHEDULE, ReminderSchedule


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDisplay:
    """What a filing's screen shows; `organisation` is its name, `to` the recipient of the filing."""

    filing: Filing
    organisation: str
    calendar: WorkCalendar
    acts: Mapping[str, Act]
    today: date
    to: str = ""
    corrects: str = ""
    schedule: ReminderSchedule = DEFAULT_SCHEDULE


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingView:
    names: FilingNames
    language: Language

    @property
    def texts(self) -> Translations:
        return self.names.texts

    def values(self, shown: FilingDisplay) -> dict[str, Any]:
        """The values of the text `filings.card`."""
        filing, language = shown.filing, self.language
        record = self.names.obligations.get(filing.obligation)
        state = filing.state(shown.today, shown.calendar, shown.schedule)
        document = filing.document
        is_off = not shown.calendar.is_working(filing.dates.named_on)
        return {
            "name": self.names.name(filing, language),
            "organisation": shown.organisation,
            "occasion": self.names.occasion(filing, language),
            "to": shown.to,
            "date": Markup(self.names.date_line(filing, language, named_is_off=is_off)),  # noqa: S704  ours  # nosec B704
            "expected": self._plain("expected") if filing.dates.expected and filing.is_open else "",
            "mark": self.names.mark(state, language),
            "state": self.names.state(state, language),
            "standing": self._standing(shown, state),
            "submitted_on": written(filing.submitted_on, language) if filing.submitted_on else "",
            "recorded_on": self._recorded(filing),
            "number": (document.number or "") if document else "",
            "file": (document.file_name or "") if document else "",
            "corrects": shown.corrects,
            "asked": filing.is_open and filing.waiver_asked_by is not None,
            "why": filing.waiver_why or "",
            "note": record.note.in_language(language) if record and record.note else "",
            "words": self._words(record, shown.acts),
            "repealed": bool(record and record.repealed),
        }

    def _recorded(self, filing: Filing) -> str:
        """The day of the record, where it is another than the day of submission."""
        if filing.submitted_on is None or filing.closed_at is None:
            return ""
        day = almaty_date(filing.closed_at)
        return written(day, self.language) if day != filing.submitted_on else ""

    def _standing(self, shown: FilingDisplay, state: FilingState) -> str:
        if not shown.filing.is_open or state is FilingState.NOT_YET:
            return ""
        return self.names.due_status(
            shown.filing.due_status(shown.today, shown.calendar, shown.schedule), self.language
        )

    def _words(self, record: ObligationRecord | None, acts: Mapping[str, Act]) -> list[dict[str, str]]:
        """The acts' wording of the date, each with its citation."""
        if record is None:
            return []
        view = CalculationView(texts=self.texts, language=self.language)
        return [
            {"words": wording.words, "citation": view.citation(wording.citation, acts)}
            for wording in record.wordings
        ]

    def _plain(self, key: str) -> str:
        return self.texts.plain(self.language, f"filings.{key}")
