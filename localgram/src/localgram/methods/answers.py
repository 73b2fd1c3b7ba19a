"""Answers to callback and inline queries."""

from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.broken_json import decoding_fault
from localgram.errors import bad_request
from localgram.inline_results import read_result
from localgram.methods.table import Method
from localgram.world import TelegramWorld

LONGEST_ANSWER = 200
MOST_RESULTS = 50


async def answer_callback_query(world: TelegramWorld, arguments: Arguments) -> bool:
    text = arguments.text("text").strip()
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.callbacks.take(arguments.text("callback_query_id"))
    answer: dict[str, Any] = {"text": text, "show_alert": arguments.flag("show_alert")}
    if arguments.has("url"):
        answer["url"] = arguments.text("url")
    query.settle(answer)
    return True


async def answer_inline_query(world: TelegramWorld, arguments: Arguments) -> bool:
    fault = f"can't parse JSON encoded inline query results: {decoding_fault(arguments.text('results'))}"
    given = arguments.structure("results", fault)
    if not isinstance(given, list):
        raise bad_request("expected an Array of inline query results")
    if len(given) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    results = [read_result(item) for item in given]
    numbers = [result["id"] for result in results]
    if len(set(numbers)) < len(numbers):
        raise bad_request("RESULT_ID_DUPLICATE")
    query = world.inline.take(arguments.text("inline_query_id"))
    query.settle({"results": results, "next_offset": arguments.text("next_offset")} | _button(arguments))
    return True


def _button(arguments: Arguments) -> dict[str, Any]:
    """The button above the results, which opens the bot."""
    wire = arguments.structure("button", "can't parse inline query results button JSON object")
    if not wire:
        return {}
    if not isinstance(wire, dict) or not isinstance(wire.get("text"), str):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    return {"button": telegram.InlineQueryResultsButton.de_json(wire, None).to_dict()}


TABLE: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
