"""A calendar file of due filings, each on its last working day, with its schedule as alarms; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Qyzmet//reminders//KK"
REFRESH = timedelta(hours=12)  # how often calendar apps refresh the feed


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry due on `day`. `sequence` grows when the date moves; `alarms` are aware instants.

    `uid` is unique within the installation. `expected` dates are not decided: the entry is tentative.
    """

    uid: str
    day: date
    summary: str
    description: str = ""
    sequence: int = 0
    alarms: tuple[datetime, ...] = ()
    expected: bool = False
    done: bool = False


def to_ics(name: str, dated: Iterable[CalendarEntry], now: datetime, installation: str) -> bytes:
    """The file as iCalendar (RFC 5545) bytes; `now` is its creation time (aware).

    The name of the installation stands in each entry's UID and organiser. A published entry has an organiser
    (RFC 5546); ours is an address under ".invalid", where nobody gets letters (RFC 2606).
    """
    from icalendar import Calendar  # noqa: PLC0415  it takes a third of a second that a start need not pay

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Almaty")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for one in dated:
        calendar.add_component(_event(one, now, f"{installation}.qyzmet.invalid"))
    found: bytes = calendar.to_ical()
    return found


def _event(one: CalendarEntry, now: datetime, domain: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  the library's own
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{one.uid}@{domain}")
    event.add("organizer", f"mailto:qyzmet@{domain}", parameters={"CN": "Qyzmet"})
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.summary)
    event.add("description", one.description)
    event.add("sequence", one.sequence)
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if one.expected else "CONFIRMED")
    for at in () if one.done else one.alarms:
        event.add_component(_alarm(one.summary, at))
    return event


def _alarm(summary: str, at: datetime):  # type: ignore[no-untyped-def]  # noqa: ANN202  the library's own
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm
