"""A calendar as lines, as a file and as a picture."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from bot.views.filings.names import FilingNames
from deadlines.calendar import WorkCalendar
from kernel.language import Language
from localisation.formats import day as written
from localisation.formats import month_names, short_weekdays
from reminders.calendar_span import CalendarSpan, SpanLength
from reminders.filing import Filing, FilingState
from reminders.ics import CalendarEntry, to_ics
from reminders.overview_sheet import Matrix, SheetRow
from reminders.schedule import DEFAULT_SCHEDULE, ReminderSchedule, schedule_of
from reminders.year_picture import PictureDay, YearPicture, YearPictureTexts

HEAD = ("organisation", "obligation", "occasion", "due", "lead", "state", "submitted", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Filings in a calendar as of `today`, for a reader of `language`."""

    names: FilingNames
    language: Language
    calendar: WorkCalendar
    today: date
    schedule: ReminderSchedule = DEFAULT_SCHEDULE

    def state(self, filing: Filing) -> FilingState:
        return filing.state(self.today, self.calendar, self.schedule)

    def line(self, filing: Filing) -> str:
        """One line of a calendar, as plain text."""
        return self._plain("line", **self._values(filing))

    def overview_line(self, filing: Filing, organisation: str) -> str:
        values = {name: value for name, value in self._values(filing).items() if name != "day"}
        return self._plain("overview_line", organisation=organisation, **values)

    def label(self, filing: Filing) -> str:
        """A button's label, with the symbol of the state."""
        mark = self.names.mark(self.state(filing), self.language)
        return f"{mark} {self.names.label(filing, self.language)}"

    def span(self, span: CalendarSpan) -> str:
        """The name of the period shown."""
        values: dict[str, object] = {"year": span.first.year}
        if span.length is SpanLength.MONTH:
            values["month"] = month_names(self.language)[span.first.month - 1]
        elif span.length is SpanLength.QUARTER:
            values["number"] = (span.first.month + 2) // 3
        return self._plain(f"span_{span.length.value}", **values)

    def file(self, filings: Iterable[Filing], name: str, now: datetime, installation: str) -> bytes:
        """The calendar file: every filing on its last working day, with alarms for open ones."""
        return to_ics(name, [self._dated(one) for one in filings], now, installation)

    def picture(self, filings: Iterable[Filing], year: int, organisation: str) -> bytes:
        """The year as a picture; takes some tenths of a second."""
        due = [
            PictureDay(
                day=one.dates.lead_on,
                state=self.state(one),
                label=self.names.label(one, self.language),
            )
            for one in filings
        ]
        picture_texts = YearPictureTexts(
            title=self._plain("picture_title", year=year),
            subtitle=organisation,
            legend=self._plain("picture_legend"),
            months=month_names(self.language),
            weekdays=short_weekdays(self.language),
        )
        return YearPicture(
            year=year, picture_texts=picture_texts, due=due, is_working=self.calendar.is_working
        ).png()

    def head(self) -> list[str]:
        """The column headings of a sheet."""
        return [self._plain(f"sheet_{name}") for name in HEAD]

    def row(self, filing: Filing, organisation: str) -> SheetRow:
        document, language = filing.document, self.language
        cells = (
            organisation,
            self.names.name(filing, language),
            self.names.occasion(filing, language),
            written(filing.dates.named_on, language),
            written(filing.dates.lead_on, language),
            self.names.state(self.state(filing), language),
            written(filing.submitted_on, language) if filing.submitted_on else "",
            (document.number or document.file_name or "") if document else "",
        )
        return SheetRow(cells=cells)

    def matrix(
        self, title: str, filings: Mapping[str, Sequence[Filing]], organisations: Mapping[str, str]
    ) -> Matrix:
        """Organisations by filing, earliest date first: who is done and who is late."""
        every = sorted(
            (one for found in filings.values() for one in found), key=lambda one: one.dates.lead_on
        )
        columns = list(dict.fromkeys(self.names.label(one, self.language) for one in every))
        states = tuple(tuple(_cell(found, column, self) for column in columns) for found in filings.values())
        return Matrix(
            title=title,
            legend=self._plain("picture_legend"),
            rows=tuple(organisations.get(code, code) for code in filings),
            columns=tuple(columns),
            states=states,
        )

    def _dated(self, filing: Filing) -> CalendarEntry:
        is_off = not self.calendar.is_working(filing.dates.named_on)
        about = [_without_tags(self.names.date_line(filing, self.language, named_is_off=is_off))]
        if filing.dates.expected:
            about.append(self.names.texts.plain(self.language, "filings.expected"))
        return CalendarEntry(
            uid=f"filing-{filing.number}",
            day=filing.dates.lead_on,
            summary=self.names.label(filing, self.language),
            description="\n".join([self.names.name(filing, self.language), *about]),
            sequence=filing.version - 1,
            alarms=schedule_of(filing.dates, self.calendar, self.schedule),
            expected=filing.dates.expected,
            done=not filing.is_open,
        )

    def _values(self, filing: Filing) -> dict[str, str]:
        state = self.state(filing)
        return {
            "mark": self.names.mark(state, self.language),
            "day": written(filing.dates.lead_on, self.language),
            "name": self.names.name(filing, self.language).partition(":")[0],
            "occasion": self.names.occasion(filing, self.language),
            "state": self.names.state(state, self.language),
        }

    def _plain(self, key: str, **values: object) -> str:
        return self.names.texts.plain(self.language, f"calendar.{key}", **values)


def _cell(filings: Sequence[Filing], column: str, listing: Listing) -> FilingState | None:
    found = (one for one in filings if listing.names.label(one, listing.language) == column)
    filing = next(found, None)
    return None if filing is None else listing.state(filing)


def _without_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))
