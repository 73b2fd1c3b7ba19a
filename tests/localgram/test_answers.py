"""Callback and inline queries: valid and invalid answers."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from localgram.client import SimulatedPerson, SimulatorClient

from kernel.clock import FixedClock
from tests.localgram.conftest import Api

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Иә", "callback_data": "yes"}, {"text": "eGov", "url": "https://egov.kz"}],
        [{"text": "Іздеу", "switch_inline_query_current_chat": "куәлік"}],
    ]
}
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def number(api: Api, person: SimulatedPerson) -> int:
    """The id of a message with buttons; no updates are pending."""
    sent = await api.call("sendMessage", chat_id=person.number, text="x", reply_markup=KEYBOARD)
    await api.updates(offset=-1)
    await api.updates(offset=(await api.updates())[0]["update_id"] + 1)
    return int(sent["message_id"])


async def take(api: Api, kind: str) -> dict[str, Any]:
    """The content of the next update, which must be of this kind."""
    (update,) = await api.updates(timeout=10)
    await api.updates(offset=update["update_id"] + 1)
    return dict(update[kind])


async def press(api: Api, person: SimulatedPerson, button: str, **answer: Any) -> dict[str, Any]:
    """What the person gets when the bot answers the press with `answer`."""
    async with asyncio.TaskGroup() as group:
        pressed = group.create_task(person.press(button))
        query = await take(api, "callback_query")
        await api.call("answerCallbackQuery", callback_query_id=query["id"], **answer)
    return pressed.result()


@pytest.mark.parametrize("button", ["Иә", "yes"])
async def test_press_by_text_or_data_sends_callback_with_message(
    api: Api, person: SimulatedPerson, number: int, button: str
) -> None:
    pressed = await person.press(button, wait=0)
    assert pressed == {"answer": None}
    query = await take(api, "callback_query")
    assert (query["data"], query["from"]["id"]) == ("yes", person.number)
    assert (query["message"]["message_id"], query["message"]["text"]) == (number, "x")


async def test_press_on_no_button_fails(api: Api, person: SimulatedPerson, number: int) -> None:
    for button, message in (("Жоқ", None), ("Жоқ", number), ("yes", number + 1)):
        with pytest.raises(LookupError, match="no message has the button"):
            await person.press(button, message)
    assert await api.updates() == []


async def test_person_gets_callback_answer(api: Api, person: SimulatedPerson, number: int) -> None:
    answer = await press(api, person, "yes", text="Қабылданды", show_alert=True)
    assert answer == {"answer": {"text": "Қабылданды", "show_alert": True}}


async def test_empty_callback_answer_counts(api: Api, person: SimulatedPerson, number: int) -> None:
    assert await press(api, person, "yes") == {"answer": {"text": "", "show_alert": False}}


async def test_callback_answer_can_open_url(api: Api, person: SimulatedPerson, number: int) -> None:
    answer = await press(api, person, "yes", url="https://t.me/qyzmet_bot?start=x")
    assert answer["answer"]["url"] == "https://t.me/qyzmet_bot?start=x"


async def test_callback_is_answered_once(api: Api, person: SimulatedPerson, number: int) -> None:
    await person.press("yes", wait=0)
    query = await take(api, "callback_query")
    await api.call("answerCallbackQuery", callback_query_id=query["id"])
    assert await api.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD


async def test_late_callback_answer_is_rejected(
    api: Api, person: SimulatedPerson, number: int, clock: FixedClock
) -> None:
    await person.press("yes", wait=0)
    query = await take(api, "callback_query")
    clock.advance(timedelta(seconds=30))
    assert await api.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD


async def test_unknown_query_is_rejected(api: Api) -> None:
    assert await api.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_too_long_callback_answer_can_be_retried(
    api: Api, person: SimulatedPerson, number: int
) -> None:
    await person.press("yes", wait=0)
    query = await take(api, "callback_query")
    long = {"callback_query_id": query["id"], "text": "ә" * 201}
    assert await api.refusal("answerCallbackQuery", **long) == "MESSAGE_TOO_LONG"
    await api.call("answerCallbackQuery", **long | {"text": "ә" * 200})


async def test_link_button_returns_url(person: SimulatedPerson, number: int) -> None:
    pressed = await person.press("eGov")
    assert (pressed["answer"], pressed["url"]) == (None, "https://egov.kz")


async def test_switch_button_returns_query(person: SimulatedPerson, number: int) -> None:
    pressed = await person.press("Іздеу")
    assert pressed["switch_inline_query_current_chat"] == "куәлік"


async def test_forged_callback_data_reaches_bot(api: Api, person: SimulatedPerson, number: int) -> None:
    await person.send_callback("forged", number, wait=0)
    query = await take(api, "callback_query")
    assert (query["data"], query["message"]["message_id"]) == ("forged", number)


async def test_press_on_deleted_message_has_no_content(
    api: Api, person: SimulatedPerson, number: int
) -> None:
    await person.delete(number)
    await person.send_callback("yes", number, wait=0)
    query = await take(api, "callback_query")
    assert query["message"] == {
        "message_id": number,
        "date": 0,
        "chat": {"id": person.number, "type": "private", "first_name": "Айгүл"},
    }


ARTICLE = {
    "type": "article",
    "id": "svc_1",
    "title": "Куәлік",
    "description": "15 күн",
    "input_message_content": {"message_text": "<b>Куәлік</b>", "parse_mode": "HTML"},
}


async def test_button_above_inline_results_opens_bot(
    api: Api, client: SimulatorClient, person: SimulatedPerson, number: int
) -> None:
    async with asyncio.TaskGroup() as group:
        asked = group.create_task(client.post(f"/people/{person.number}/inline", {"query": ""}))
        query = await take(api, "inline_query")
        button = {"text": "Боттың өзінде", "start_parameter": "inline"}
        await api.call("answerInlineQuery", inline_query_id=query["id"], results=[], button=button)
    assert (asked.result()["results"], asked.result()["button"]) == ([], button)


async def offer(api: Api, person: SimulatedPerson, results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    async with asyncio.TaskGroup() as group:
        asked = group.create_task(person.ask_inline("куәлік"))
        query = await take(api, "inline_query")
        assert (query["query"], query["from"]["id"]) == ("куәлік", person.number)
        await api.call("answerInlineQuery", inline_query_id=query["id"], results=results)
    return asked.result()


async def test_inline_results_are_shown_in_order(api: Api, person: SimulatedPerson, number: int) -> None:
    assert await offer(api, person, [ARTICLE]) == [ARTICLE]


async def test_chosen_inline_result_is_sent_by_person(
    api: Api, client: SimulatorClient, person: SimulatedPerson, number: int
) -> None:
    group = await client.group("Ауыл")
    await offer(api, person, [ARTICLE | {"reply_markup": KEYBOARD}])
    sent = await person.choose("svc_1", chat=group)
    assert (sent["text"], sent["entities"][0]["type"]) == ("Куәлік", "bold")
    assert (sent["from"]["id"], sent["via_bot"]["is_bot"]) == (person.number, True)

    message, chosen = await api.updates(timeout=10)
    assert message["message"]["via_bot"]["id"] == 42
    assert chosen["chosen_inline_result"]["result_id"] == "svc_1"
    assert chosen["chosen_inline_result"]["query"] == "куәлік"
    place = {"inline_message_id": chosen["chosen_inline_result"]["inline_message_id"]}
    assert await api.call("editMessageText", **place, text="жаңа") is True
    assert (await person.messages(chat=group))[-1]["text"] == "жаңа"


async def test_press_on_inline_result_has_inline_message_id(
    api: Api, person: SimulatedPerson, number: int
) -> None:
    await offer(api, person, [ARTICLE | {"reply_markup": KEYBOARD}])
    sent = await person.choose("svc_1")
    _, chosen = await api.updates()
    await person.press("yes", sent["message_id"], wait=0)
    query = (await api.updates())[-1]["callback_query"]
    assert "message" not in query
    assert query["inline_message_id"] == chosen["chosen_inline_result"]["inline_message_id"]


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([ARTICLE | {"id": str(n)} for n in range(51)], "too many inline query results specified"),
        ([ARTICLE, ARTICLE], "RESULT_ID_DUPLICATE"),
        ([ARTICLE | {"id": "x" * 65}], "RESULT_ID_INVALID"),
        ([ARTICLE | {"id": ""}], "RESULT_ID_INVALID"),
        ([ARTICLE | {"title": ""}], "ARTICLE_TITLE_EMPTY"),
        ([ARTICLE | {"type": "dance"}], 'can\'t parse inline query result: type "dance" is unsupported'),
        (
            [ARTICLE | {"input_message_content": None}],
            "can't parse inline query result: Input message content is not specified",
        ),
        (["x"], "can't parse inline query result: Inline query result must be an object"),
        ({"id": 1}, "expected an Array of inline query results"),
        ("[", "can't parse JSON encoded inline query results: Unexpected end"),
        ("[1 2]", "can't parse JSON encoded inline query results: Unexpected symbol"),
        ("moon", "can't parse JSON encoded inline query results: Unexpected symbol 'm'"),
        ("nil", "can't parse JSON encoded inline query results: Starts with 'n' -- null expected"),
        (
            [ARTICLE | {"input_message_content": {"message_text": "<p>", "parse_mode": "HTML"}}],
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        (
            [ARTICLE | {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}}],
            "BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_invalid_inline_results_are_rejected(
    api: Api, person: SimulatedPerson, number: int, results: Any, reason: str
) -> None:
    await person.ask_inline("куәлік", wait=0)
    query = await take(api, "inline_query")
    arguments = {"inline_query_id": query["id"], "results": results}
    assert await api.refusal("answerInlineQuery", **arguments) == reason


async def test_late_inline_answer_is_rejected(
    api: Api, person: SimulatedPerson, number: int, clock: FixedClock
) -> None:
    await person.ask_inline("куәлік", wait=0)
    query = await take(api, "inline_query")
    clock.advance(timedelta(seconds=10))
    assert await api.refusal("answerInlineQuery", inline_query_id=query["id"], results=[]) == TOO_OLD
