"""With every value at its longest and of the worst characters, nothing exceeds what Telegram takes.

Windows, texts, notices and callback data are found by looking at the code: a new one is tried by itself.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State
from aiogram_dialog.widgets.kbd import Select
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import ValueKey
from accounts.keys.tables import WRAPPED
from accounts.person import PersonStore
from accounts.profile.fields import LONGEST_NAME
from bot.app.dispatcher import make_dialogs
from bot.dialogs.chosen import LONGEST_NUMBER
from bot.dialogs.widgets import Window
from bot.views import callbacks
from complaints.draft import LONGEST_TEXT
from complaints.joining.tables import JoinRow
from complaints.lifecycle import ComplaintState
from complaints.notifier import ComplaintNotification, NotificationTopic
from complaints.store import ComplaintKeys
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent, MessageKind, MessageThread
from kernel.language import Language
from localisation.translations import TEXTS, Translations, load_texts
from messaging.inbox.unit import update_unit
from messaging.outbox.hours import Audience
from messaging.outbox.message import OutboxMessage
from messaging.outbox.writing import in_parts
from tests.bot.inbox_windows import TWIN
from tests.bot.telegram_limits import check_calls
from tests.bot.window_scenario import PERSON, STATES, WindowScenario, join_request, scenario
from tests.each import each_case
from tests.texts.test_texts import placeholders

__all__ = ["scenario"]

WORST = (
    "&",
    "<",
    ">",
    '"',
    "👩🏽‍💻",
    "🇰🇿",
    "e\u0301\u0301",
    "\u200d",
    "ﷺ",
    "Ң",
    " ",
    "\n",
    ". ",
    "a",
)
fillers = st.permutations(WORST).map("".join)
LONE = "\ud83d"  # half of a character: no update and no store holds one, a text may
languages = st.sampled_from((Language.RU, Language.KK, Language.EN))  # the longest words first
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # a window takes long enough
ITEMS = 120  # of each list of buttons


def longest(filler: str, characters: int) -> str:
    return (filler * characters)[:characters]


class Worst(str):
    """A value of a text: itself long, each attribute and item of it too."""

    __slots__ = ()

    def __getattr__(self, name: str) -> "Worst":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter([self, self])


VALUE = 500  # characters: one exceeds an alert, two a caption, nine a message
SOURCES = {language: load_texts(TEXTS / language.value) for language in Language}
KEYS = sorted(key for key, source in SOURCES[Language.EN].items() if placeholders(source))


def rendered(language: Language, key: str, value: str) -> str:
    """The text with every value at its longest; a number where the text declines or compares one (the greater
    where it compares two), a date where it writes a last day.
    """
    source = SOURCES[language][key]
    values: dict[str, object] = {name: Worst(value) for name in placeholders(source)}
    values |= {name: 10**6 for name in values if _is_number(source, name)}
    values |= {name: 10**6 + 1 for name in values if f" < {name} " in source}
    values |= {name: date(2026, 9, 30) for name in values if f"{name} | through" in source}
    return str(Translations.load().html(language, key, **values))


def _is_number(source: str, name: str) -> bool:
    return any(f"{name}{sign}" in source for sign in (" | plural", " > ", " == ", " % ", " < "))


@pytest.mark.slow
@settings(max_examples=1, phases=NO_SHRINKING)
@given(filler=fillers, language=languages)
def test_every_text_fits_as_message_caption_and_alert(filler: str, language: Language):
    with each_case() as cases:
        for place, key in enumerate(KEYS):
            with cases.case(language.value, key):
                text = rendered(language, key, longest(filler + LONE, VALUE))
                if text.strip():
                    check_calls([_as_call(text, place % 3)])


def _as_call(text: str, kind: int) -> OutboxMessage:
    if kind == 0:
        return OutboxMessage(chat_id=1, method="answerCallbackQuery", payload={"text": text})
    method, name = (("sendDocument", "caption"), ("sendMessage", "text"))[kind - 1]
    return OutboxMessage(chat_id=1, method=method, payload={"chat_id": 1, "parse_mode": "HTML", name: text})


@contextmanager
def long_values(filler: str) -> Iterator[None]:
    """Everything that people typed is long, and every list of buttons has many."""
    real_open, real_buttons = ValueKey.open, Select._render_keyboard

    def opened(key: ValueKey, closed: str, *place: object) -> str:
        text = real_open(key, closed, *place)
        if place[0] == WRAPPED.field:
            return text
        if text.startswith("{"):
            return json.dumps(_grown(json.loads(text), filler))
        return longest(filler, LONGEST_TEXT) if any(map(str.isalpha, text)) else text

    async def many(select: Select[Any], *given: Any) -> list[Any]:
        [buttons] = await real_buttons(select, *given)
        return [buttons * -(-ITEMS // len(buttons)) if buttons else buttons]

    with patch.object(ValueKey, "open", opened), patch.object(Select, "_render_keyboard", many):
        yield


_FREE = {"text": LONGEST_TEXT, "how": LONGEST_TEXT}
_NAMES = {"name", "represented"}  # only letters are taken


def _grown(value: Any, filler: str) -> Any:
    if isinstance(value, list):
        return [_grown(one, filler) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _grown_field(name, one, filler) for name, one in value.items()}


def _grown_field(name: str, value: Any, filler: str) -> Any:
    if not isinstance(value, str):
        return _grown(value, filler)
    if name in _NAMES:
        return longest("Ә", LONGEST_NAME)
    return longest(filler, _FREE[name]) if name in _FREE else value


@pytest.mark.slow
@settings(max_examples=1, phases=NO_SHRINKING)
@given(filler=fillers, language=languages)
async def test_every_window_fits(filler: str, language: Language, scenario: WindowScenario):
    with each_case() as cases, long_values(filler):
        for state in STATES:
            with cases.case(language.value, state.state):
                await check_window(state, language, scenario)


async def check_window(state: State, language: Language, scenario: WindowScenario) -> None:
    scenario.opener.begin(state)
    async with update_unit(scenario.database, scenario.clock, chat_id=PERSON, update_id=1) as unit:
        await PersonStore(unit.session).keep_language(PERSON, language, scenario.clock.now())
        await scenario.dispatcher.feed_update(scenario.bot, join_request(scenario.clock.now()))
    assert scenario.opener.opened
    check_calls(unit.messages)
    assert len(in_parts(unit.messages[-1])) == 1, "a window in parts loses its buttons on the next change"


@pytest.mark.slow
@settings(max_examples=1, phases=NO_SHRINKING)
@given(filler=fillers)
async def test_every_notice_of_a_complaint_fits(filler: str, scenario: WindowScenario):
    with each_case() as cases, long_values(filler):
        async with update_unit(scenario.database, scenario.clock, chat_id=PERSON, update_id=1) as unit:
            message = await _answered(unit.session, scenario)
            await _join_twin(unit.session, scenario)
            for topic, audience, language in product(NotificationTopic, Audience, Language):
                group = "told" if audience is Audience.CITIZEN else "told_official"
                if f"{group}.{topic.value}" not in SOURCES[language]:
                    continue
                with cases.case(topic.value, audience.value, language.value):
                    await PersonStore(unit.session).keep_language(PERSON, language, scenario.clock.now())
                    await _check_notice(unit.session, scenario, _notification(topic, audience, message))


def _notification(topic: NotificationTopic, audience: Audience, message: int) -> ComplaintNotification:
    complaint = TWIN if topic is NotificationTopic.JOINED else 1
    return ComplaintNotification(
        complaint=complaint, topic=topic, audience=audience, recipient=PERSON, stage="x", message=message
    )


async def _answered(session: AsyncSession, scenario: WindowScenario) -> int:
    """Gives the complaint an answer, and says how rights were restored; returns the message's id."""
    row = await session.get(ComplaintRow, 1)
    assert row is not None
    row.restored, row.outcome, row.answered_on = True, "upheld", date(2026, 11, 20)
    cipher, at = scenario.renderer.cipher, scenario.clock.now()
    thread, content = MessageThread(session, cipher), await ComplaintKeys(session, cipher).content(row)
    said = MessageContent(text=content.text or "")
    await thread.say(row, MessageKind.RESTORED, 1, said, at)
    return (await thread.say(row, MessageKind.ANSWER, 1, said, at)).id


async def _join_twin(session: AsyncSession, scenario: WindowScenario) -> None:
    """Closes the second complaint as joined to the first."""
    row = await session.get(ComplaintRow, TWIN)
    assert row is not None
    row.state = ComplaintState.JOINED.value
    session.add(JoinRow(complaint=TWIN, into=1, joined_at=scenario.clock.now()))
    await session.flush()


async def _check_notice(
    session: AsyncSession, scenario: WindowScenario, notification: ComplaintNotification
) -> None:
    [payload] = await scenario.renderer(session, [notification])
    parts = check_calls([OutboxMessage(chat_id=PERSON, method="sendMessage", payload=dict(payload))])
    if notification.topic is NotificationTopic.ANSWERED:
        whole = "".join(part.payload["text"] for part in parts)
        assert whole.count("ﷺ") >= 2 * LONGEST_TEXT // len("".join(WORST)), "something is cut"


def test_every_window_is_ours():
    windows = [window for dialog in make_dialogs() for window in dialog.windows.values()]
    assert [window for window in windows if not isinstance(window, Window)] == []


CALLBACKS = [
    one
    for one in vars(callbacks).values()
    if isinstance(one, type) and issubclass(one, CallbackData) and one is not CallbackData
]


@pytest.mark.parametrize("kind", CALLBACKS, ids=lambda one: one.__name__)
def test_every_callback_fits_sixty_four_bytes(kind: type[CallbackData]):
    values = {name: _longest_of(kind, name, field.annotation) for name, field in kind.model_fields.items()}
    assert len(kind(**values).pack().encode()) <= 64


SLUG, PLACES = 48, 99  # characters of a slug; cases, pages, items of a card


def _longest_of(kind: type[CallbackData], name: str, annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return max(annotation, key=lambda one: len(str(one.value)))
    if annotation is int:
        return PLACES if "slug" in kind.model_fields else 10**LONGEST_NUMBER - 1
    return True if annotation is bool else "s" * SLUG
