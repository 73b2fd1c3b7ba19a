"""An official's digest of complaints: how many stand at each step, and an entry for each."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.request_context import RequestContext
from bot.views.answers.labels import label_of
from bot.views.callbacks import OfficialCaseCallback
from bot.views.complaints.complaint import organisation_name
from bot.views.morning.listing import DigestEntry, ListedDigest
from bot.views.screen import Screen, button
from bot.views.text import shorten
from complaints.digest import ComplaintDigest, DueCase
from complaints.notifier import NotificationTopic
from complaints.numbers import ComplaintNumber
from localisation.formats import day

LONGEST_NAME: Final = 80  # characters of an organisation in a row
_COUNTED: Final = (
    NotificationTopic.OVERDUE,
    NotificationTopic.DUE_TODAY,
    NotificationTopic.ONE_DAY,
    NotificationTopic.TWO_DAYS,
    NotificationTopic.EXTENSION_UNTOLD,
    NotificationTopic.MATERIALS_DUE,
    NotificationTopic.RETURN_DUE,
    NotificationTopic.PRELIMINARY_LAST,
    NotificationTopic.PRELIMINARY_UNTOLD,
    NotificationTopic.PROTOCOL_DUE,
    NotificationTopic.APPROVAL_WAITS,
)


@dataclass(frozen=True, slots=True)
class OfficialDigestView:
    context: RequestContext

    def screen(self, digest: ComplaintDigest, start: int = 0) -> Screen:
        """Ten complaints from the `start`-th on; a button leads to the rest."""
        heading = self._html(f"heading_{digest.stage.kind}", count=len(digest.cases))
        listed = ListedDigest(
            context=self.context,
            stage=digest.stage,
            heading=[heading, *self.counts(digest)],
            entries=self.entries(digest),
        )
        return listed.screen(start)

    def counts(self, digest: ComplaintDigest) -> list[str]:
        counts = digest.counts
        counted = [topic for topic in _COUNTED if counts.get(topic)]
        return [self._html(f"count_{topic.value}", count=counts[topic]) for topic in counted]

    def entries(self, digest: ComplaintDigest) -> list[DigestEntry]:
        several = len({case.organisation for case in digest.cases}) > 1
        days = digest.days
        heads = {on: self._head(on, days[on]) for on in days}
        return [
            DigestEntry(
                day=case.due_on,
                head=heads[case.due_on],
                text=self._row(case, several=several),
                open=button(
                    f"📂 {ComplaintNumber.of(case.number)}",
                    OfficialCaseCallback(complaint=case.complaint).pack(),
                ),
            )
            for case in digest.cases
        ]

    def _head(self, on: date, count: int) -> str:
        return self._html("digest_day", day=day(on, self.context.language), count=count)

    def _row(self, case: DueCase, *, several: bool) -> str:
        organisation = organisation_name(self.context, case.organisation) if several else ""
        return self._html(
            "digest_row",
            mark=self.context.plain(f"told_official.mark_{case.topic.value}"),
            number=str(ComplaintNumber.of(case.number)),
            service=self._label(case.service),
            organisation=shorten(organisation, LONGEST_NAME),
        )

    def _label(self, slug: str | None) -> str:
        card = self.context.catalogue.cards.get(slug or "")
        return label_of(card, self.context.language) if card else self.context.plain("complaint.no_service")

    def _html(self, key: str, **values: object) -> str:
        return str(self.context.html(f"told_official.{key}", **values))
