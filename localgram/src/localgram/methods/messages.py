"""Sending what is no file: texts, contacts, places, polls, dice; and chat actions."""

import secrets
from typing import Any

import telegram

from localgram import ids
from localgram.arguments import Arguments
from localgram.entities.text import read_text
from localgram.errors import bad_request
from localgram.markup import read_markup
from localgram.methods.table import Method
from localgram.outgoing import link_preview, outgoing
from localgram.posting import as_text, post
from localgram.world import TelegramWorld

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
LONGEST_QUESTION, LONGEST_OPTION = 300, 100
FEWEST_OPTIONS, MOST_OPTIONS = 1, 12
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
PLACES = {"latitude": 90, "longitude": 180}


async def send_message(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    text, preview = read_text(arguments), link_preview(arguments)
    return _send(world, arguments, as_text(world, text) | {"link_preview_options": preview})


async def send_contact(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    world.reachable(arguments)
    number, name = arguments.required("phone_number"), arguments.required("first_name")
    contact = telegram.Contact(number, name, last_name=arguments.text("last_name") or None)
    return _send(world, arguments, {"contact": contact})


async def send_location(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    return _send(world, arguments, {"location": _location(arguments)})


async def send_venue(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    place, title, address = _location(arguments), arguments.text("title"), arguments.text("address")
    if not title:
        raise bad_request("title is empty")
    venue = telegram.Venue(place, title, address)
    return _send(world, arguments, {"venue": venue, "location": place})


async def send_poll(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    question = arguments.text("question").strip()
    if not question:
        raise bad_request("text must be non-empty")
    if len(question) > LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {LONGEST_QUESTION}")
    poll = telegram.Poll(
        ids.query_id(),
        question,
        [telegram.PollOption(text, 0, persistent_id=ids.query_id()) for text in _options(arguments)],
        total_voter_count=0,
        is_closed=arguments.flag("is_closed"),
        is_anonymous=not arguments.has("is_anonymous") or arguments.flag("is_anonymous"),
        type=arguments.text("type") or telegram.Poll.REGULAR,
        allows_multiple_answers=arguments.flag("allows_multiple_answers"),
        allows_revoting=arguments.flag("allows_revoting"),
        members_only=arguments.flag("members_only"),
    )
    return _send(world, arguments, {"poll": poll})


async def send_dice(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    emoji = arguments.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("emoji is not supported as a dice")
    return _send(world, arguments, {"dice": telegram.Dice(secrets.randbelow(DICE[emoji]) + 1, emoji)})


async def send_chat_action(world: TelegramWorld, arguments: Arguments) -> bool:
    action = arguments.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.reachable(arguments).show(action)
    return True


def _send(world: TelegramWorld, arguments: Arguments, content: dict[str, Any]) -> telegram.Message:
    chat = world.reachable(arguments)
    markup = read_markup(arguments, private=chat.info.id > 0)
    return post(world, chat, outgoing(world, chat, arguments) | content, markup)


def _location(arguments: Arguments) -> telegram.Location:
    """The place; raises a 400 for one that is missing or not on the globe."""
    found = {}
    for name, limit in PLACES.items():
        if not arguments.has(name):
            raise bad_request(f"{name} is empty")
        try:
            found[name] = float(arguments.text(name))
        except ValueError:
            found[name] = float("nan")
        if not -limit <= found[name] <= limit:
            raise bad_request("invalid location specified")
    return telegram.Location(longitude=found["longitude"], latitude=found["latitude"])


def _options(arguments: Arguments) -> list[str]:
    given = arguments.structure("options", "can't parse options JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of String as options")
    texts = [str(one.get("text", "") if isinstance(one, dict) else one).strip() for one in given]
    if len(texts) < FEWEST_OPTIONS:
        raise bad_request(f"poll must have at least {FEWEST_OPTIONS} option")
    if len(texts) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    if not all(texts):
        raise bad_request("text must be non-empty")
    if any(len(text) > LONGEST_OPTION for text in texts):
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return texts


TABLE: dict[str, Method] = {
    "sendMessage": send_message,
    "sendContact": send_contact,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendPoll": send_poll,
    "sendDice": send_dice,
    "sendChatAction": send_chat_action,
}
