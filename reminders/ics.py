"""A calendar file of due filings, each on its last working day, with its schedule as alarms; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Qyzmet//reminders//KK"
REFRESH = timedelta(hours=12)  # how often calendar apps refresh the feed


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry due on `day`. `sequence` grows when the date moves; `alarms` are aware instants."""

    uid: str
    day: date
    summary: str
    description: str = ""
    sequence: int = 0
    alarms: tuple[datetime, ...] = ()
    done: bool = False


def to_ics(name: str, dated: Iterable[CalendarEntry], now: datetime) -> bytes:
    """The file as iCalendar (RFC 5545) bytes; `now` is its creation time (aware)."""
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
        calendar.add_component(_event(one, now))
    found: bytes = calendar.to_ical()
    return found


def _event(one: CalendarEntry, now: datetime):  # type: ignore[no-untyped-def]  # noqa: ANN202  the library's own
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.summary)
    event.add("description", one.description)
    event.add("sequence", one.sequence)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
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
