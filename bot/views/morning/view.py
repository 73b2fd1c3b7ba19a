"""Shows a morning's digest: complaints and filings in one list by date."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.request_context import RequestContext
from bot.views.callbacks import FilingAction
from bot.views.complaints.official_digest import LONGEST_NAME, OfficialDigestView
from bot.views.filings.digest import packed
from bot.views.filings.names import FilingNames
from bot.views.morning.digest import MorningDigest, MorningReader
from bot.views.morning.listing import DigestEntry, ListedDigest
from bot.views.screen import Screen, button
from bot.views.text import shorten
from complaints.digest import DigestKind, DigestStage
from complaints.due import DueReader
from deadlines.calendar import WorkCalendar
from reminders.digest import Digest, DigestLine
from reminders.notifier import names_of
from reminders.schedule import DueStage

_LONGEST_FILING: Final = 120  # characters of an obligation's name in a row
_COUNTED: Final = (DueStage.LATE, DueStage.PAST, DueStage.LAST_DAY, DueStage.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningView:
    """`organisations` are the names, by language, of those to be named."""

    context: RequestContext
    names: FilingNames
    organisations: Mapping[str, Mapping[str, str]]

    def screen(self, morning: MorningDigest, start: int = 0) -> Screen:
        """Ten rows from the `start`-th on; a button leads to the rest."""
        complaints = OfficialDigestView(self.context)
        if morning.complaints is not None and not morning.filings:
            return complaints.screen(morning.complaints, start)
        entries = [self._entry(line) for line in morning.filings]
        if morning.complaints is not None:
            entries = [*complaints.entries(morning.complaints), *entries]
        listed = ListedDigest(
            context=self.context,
            stage=DigestStage(kind=DigestKind.DUE, day=morning.day),
            heading=self._heading(morning, complaints),
            entries=sorted(entries, key=lambda entry: entry.day),
            more=[
                button(self.context.plain("filings.calendar_button"), packed(FilingAction.CALENDAR, 0)),
            ],
        )
        return listed.screen(start)

    def _heading(self, morning: MorningDigest, view: OfficialDigestView) -> list[str]:
        lines = self._counts(morning.filings)
        if morning.complaints is None:
            late = any(line.due_status.stage is DueStage.LATE for line in morning.filings)
            return [str(self.context.html(f"filings.heading_{'late' if late else 'due'}")), *lines]
        count = len(morning.complaints.cases) + len(morning.filings)
        complaints = self._html("count_complaints", count=len(morning.complaints.cases))
        filings = self._html("count_filings", count=len(morning.filings))
        heading = self._html("heading_morning", count=count)
        return [heading, "", complaints, *view.counts(morning.complaints), "", filings, *lines]

    def _counts(self, lines: Sequence[DigestLine]) -> list[str]:
        counts = Counter(line.due_status.stage for line in lines)
        counted = [stage for stage in _COUNTED if counts[stage]]
        return [self._html(f"count_filings_{stage.value}", count=counts[stage]) for stage in counted]

    def _entry(self, line: DigestLine) -> DigestEntry:
        filing, language = line.filing, self.context.language
        head = self.names.date_line(filing, language, named_is_off=line.named_is_off)
        if filing.dates.expected:
            head = f"{head}\n{self.context.html('filings.expected')}"
        name = self.organisations.get(filing.organisation, {}).get(language.value, "")
        text = self.context.html(
            "filings.line",
            name=shorten(self.names.name(filing, language), _LONGEST_FILING),
            occasion=self.names.occasion(filing, language),
            organisation=shorten(name, LONGEST_NAME),
            due_status=self.names.due_status(line.due_status, language),
        )
        label = shorten(self.names.label(filing, language))
        opening = button(label, packed(FilingAction.OPEN, filing.number)) if line.own else None
        return DigestEntry(day=filing.dates.named_on, head=head, text=str(text), open=opening)

    def _html(self, key: str, **values: object) -> str:
        return str(self.context.html(f"told_official.{key}", **values))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestScreens:
    """The person's digests as they are now, for the buttons under one that was sent."""

    context: RequestContext
    names: FilingNames
    session: AsyncSession
    calendar: WorkCalendar
    person: int

    async def at(self, stage: DigestStage, start: int) -> Screen | None:
        """From the `start`-th row on; None where nothing is due any more."""
        now = self.context.now
        if stage.kind is DigestKind.MOVED:
            due = DueReader(session=self.session, now=now, calendar=self.calendar)
            moved = await due.digest(self.person, stage)
            return None if moved is None else OfficialDigestView(self.context).screen(moved, start)
        reader = MorningReader(session=self.session, now=now, calendar=self.calendar)
        found = await reader.of(self.person, stage.day)
        if found.is_empty:
            return None
        organisations = await names_of(self.session, Digest(recipient=self.person, lines=found.filings))
        view = MorningView(context=self.context, names=self.names, organisations=organisations)
        return view.screen(found, start)
