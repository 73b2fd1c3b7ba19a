"""What officials read and open: digests, calendar file, picture of the year, sheet, feed."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from icalendar import Calendar
from openpyxl import load_workbook

from bot.handlers.calendar_feed import feed_routes
from bot.views.callbacks import FilingAction, FilingCallback
from bot.views.filings.digest import MOST_CHARACTERS, DigestView, packed
from bot.views.filings.listing import Listing
from bot.views.filings.names import FilingNames
from bot.views.public_address import PublicAddress
from deadlines.calendar import WorkCalendar
from kernel.language import Language
from kernel.period import Period
from localisation.translations import Translations
from reminders.calendar_span import SpanLength, span_of
from reminders.digest import digests
from reminders.feed_addresses import FeedAddressStore
from reminders.filing import Filing, SubmittedDocument
from reminders.notifier import DigestReader
from reminders.overview_sheet import to_xlsx
from reminders.plan import due_dates
from tests.reminders.scenario import MINISTRY, OBLIGATIONS, ReminderScenario

TODAY = date(2026, 10, 8)
NAMES = FilingNames(texts=Translations.load(), obligations=OBLIGATIONS)
PNG = b"\x89PNG\r\n\x1a\n"


def filing(calendar: WorkCalendar, code: str, period: str, number: int = 1, **more: Any) -> Filing:
    dates = due_dates(OBLIGATIONS[code], Period.of_code(period), calendar)
    values = {"organisation": MINISTRY, "version": 1, "is_open": True} | more
    return Filing(number=number, obligation=code, occasion=period, dates=dates, **values)


def listing(calendar: WorkCalendar, language: Language = Language.KK) -> Listing:
    return Listing(names=NAMES, language=language, calendar=calendar, today=TODAY)


def rendered(calendar: WorkCalendar, language: Language, *filings: Filing) -> str:
    view = DigestView(names=NAMES)
    (digest,) = digests(filings, {one.number: {7: True} for one in filings}, TODAY, calendar)
    return view.text(digest, DigestReader(language=language, names={}))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.KK, "10.10.2026</b> – сенбі, демалыс күні. Соңғы жұмыс күні – <b>09.10.2026, жұма"),
        (Language.RU, "10.10.2026</b> – суббота, нерабочий день. Последний рабочий день – <b>09.10.2026"),
        (Language.EN, "10 October 2026</b> is a Saturday, a day off. The last working day is <b>Friday, 9"),
    ],
)
def test_date_on_a_day_off_names_the_last_working_day(language: Language, words: str, calendar: WorkCalendar):
    assert words in rendered(calendar, language, filing(calendar, "form.1-mq", "2026Q3"))


@pytest.mark.parametrize(
    ("code", "period", "words"),
    [
        ("form.1-mq", "2026Q2", "бір жерде «дейін», бір жерде «кешіктірмей»"),
        ("form.3-mq", "2026Q3", "25.10.2026 күніне дейін</b>"),
        ("form.1-mq", "2026Q4", "өндірістік күнтізбесі әлі жарияланған жоқ"),
        ("report.annual", "2025", "30.04.2026, бейсенбі</b>\n"),
    ],
)
def test_wording_of_the_act_is_shown(code: str, period: str, words: str, calendar: WorkCalendar):
    assert words in rendered(calendar, Language.KK, filing(calendar, code, period))


def test_long_digest_fits_a_message_and_counts_the_rest(calendar: WorkCalendar):
    many = [filing(calendar, "form.1-mq", "2026Q3", number) for number in range(1, 300)]
    text = rendered(calendar, Language.RU, *many)
    assert len(text) < MOST_CHARACTERS + 300
    assert text.count("Форма 1-мқ") + int(text.rpartition("ещё ")[2].partition(".")[0]) == 299


@pytest.mark.parametrize("action", FilingAction)
def test_button_data_round_trip(action: FilingAction):
    assert FilingCallback.unpack(packed(action, 2**40)) == FilingCallback(action=action, number=2**40)


def test_calendar_file_round_trip(calendar: WorkCalendar):
    done = filing(calendar, "report.annual", "2025", 2, is_open=False, submitted_on=date(2026, 4, 1))
    content = listing(calendar).file(
        [filing(calendar, "form.1-mq", "2026Q3", version=3), done],
        "М",
        datetime(2026, 10, 1, tzinfo=UTC),
        "a1b2",
    )
    found = Calendar.from_ical(content)
    first, second = found.walk("VEVENT")
    assert found["VERSION"] == "2.0"
    assert first.decoded("dtstart") == date(2026, 10, 9)
    assert (first["UID"], first["SEQUENCE"]) == ("filing-1@a1b2.qyzmet.invalid", 2)
    assert found["METHOD"] == "PUBLISH"
    for event in (first, second):
        assert event["ORGANIZER"] == "mailto:qyzmet@a1b2.qyzmet.invalid"
        assert event["STATUS"] == "CONFIRMED"
    assert first["SUMMARY"] == "1-мқ нысаны · 2026 жылғы 3-тоқсан"
    assert "10.10.2026 – сенбі, демалыс күні" in first["DESCRIPTION"]
    alarms = [alarm.decoded("trigger") for alarm in first.walk("VALARM")]
    assert alarms == [
        datetime(2026, month, day, 4, 0, tzinfo=UTC)
        for month, day in ((9, 25), (10, 2), (10, 6), (10, 8), (10, 9))
    ]
    assert all(alarm["TRIGGER"].params["VALUE"] == "DATE-TIME" for alarm in first.walk("VALARM"))
    assert second.walk("VALARM") == []
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.KK, "Күні алдын ала"),
        (Language.RU, "предварительная"),
        (Language.EN, "is preliminary"),
    ],
)
def test_expected_date_is_tentative_and_says_so(language: Language, words: str, calendar: WorkCalendar):
    expected = filing(calendar, "form.1-mq", f"{calendar.published_until.year + 1}Q3")
    assert expected.dates.expected
    content = listing(calendar, language).file([expected], "М", datetime(2026, 10, 1, tzinfo=UTC), "a1b2")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["STATUS"] == "TENTATIVE"
    assert words in event["DESCRIPTION"]


@pytest.mark.slow
@pytest.mark.filterwarnings("error:Glyph")  # a letter the font lacks
@pytest.mark.parametrize("language", Language)
def test_year_picture_draws_every_letter(language: Language, calendar: WorkCalendar):
    filings = [filing(calendar, "form.1-mq", f"2026Q{number}", number) for number in (1, 2, 3)]
    picture = listing(calendar, language).picture(filings, 2026, "Әғқңөұүһі ӘҒҚҢӨҰҮҺІ")
    assert picture.startswith(PNG)
    assert len(picture) > 20_000


def test_heads_view_is_drawn(calendar: WorkCalendar):
    shown = listing(calendar)
    filings = {MINISTRY: (filing(calendar, "form.1-mq", "2026Q3"),), "other": ()}
    matrix = shown.matrix("Қазақша", filings, {MINISTRY: "Министрлік"})
    assert (matrix.rows, len(matrix.columns)) == (("Министрлік", "other"), 1)
    assert matrix.states[1] == (None,)
    assert matrix.png().startswith(PNG)


def test_sheet_text_never_becomes_a_formula(calendar: WorkCalendar):
    submitted = filing(
        calendar,
        "form.1-mq",
        "2026Q2",
        is_open=False,
        submitted_on=date(2026, 7, 9),
        document=SubmittedDocument(number="=1+1"),
    )
    shown = listing(calendar)
    content = to_xlsx("Міндеттер", shown.head(), [shown.row(submitted, "Министрлік")])
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    head, row = list(sheet.iter_rows())
    assert [cell.value for cell in head] == shown.head()
    assert [cell.value for cell in row][3:] == [
        "10.07.2026",
        "09.07.2026",
        "тапсырылды",
        "09.07.2026",
        "=1+1",
    ]
    assert row[-1].data_type == "s"


@pytest.mark.parametrize(
    ("length", "day", "first", "last"),
    [
        (SpanLength.MONTH, date(2026, 2, 10), date(2026, 2, 1), date(2026, 2, 28)),
        (SpanLength.QUARTER, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (SpanLength.YEAR, date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_span_has_its_days_and_neighbours(length: SpanLength, day: date, first: date, last: date):
    span = span_of(length, day)
    assert (span.first, span.last) == (first, last)
    assert span.next().previous() == span


async def test_feed_opens_only_with_its_token(sqlite_scenario: ReminderScenario):
    scenario = sqlite_scenario
    await scenario.add_membership(11, MINISTRY)
    await scenario.tick()
    async with scenario.database.unit_of_work() as unit:
        await FeedAddressStore(unit.session).keep(11, "secret-token", scenario.clock.now())
        await unit.commit()
    app = web.Application()
    feed_routes(scenario.database, scenario.clock)(app)
    async with TestServer(app) as server, ClientSession() as client:
        async with client.get(server.make_url("/calendar/secret-token.ics")) as answer:
            assert answer.content_type == "text/calendar"
            events = Calendar.from_ical(await answer.read()).walk("VEVENT")
        statuses = []
        for token in ("wrong", "x" * 500, "..%2f"):
            async with client.get(server.make_url(f"/calendar/{token}.ics")) as answer:
                statuses.append(answer.status)
    assert len(events) == 11
    assert statuses == [404, 404, 404]


def test_feed_address_is_next_to_the_webhook():
    assert PublicAddress.beside(None).base is None
    address = PublicAddress.beside("https://bot.example.kz:8443/webhook").calendar("t")
    assert address == "https://bot.example.kz:8443/calendar/t.ics"
