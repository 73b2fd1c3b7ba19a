"""The in-memory state of the local Telegram: people, chats, files and pending updates."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import telegram

from localgram import ids
from localgram.arguments import Arguments
from localgram.call_log import CallLog
from localgram.chats import ChatState
from localgram.clock import SimulatorClock
from localgram.errors import bad_request, forbidden
from localgram.faults import FaultQueue
from localgram.files import FileStore
from localgram.profile import BotProfile
from localgram.queries import CALLBACK_LIFE, INLINE_LIFE, PendingQueries
from localgram.sending_limits import SendingLimits
from localgram.updates import UpdateQueue
from localgram.webhook import WebhookState

NAME = "Qyzmet"  # of a bot that is given none


@dataclass(slots=True, kw_only=True, eq=False)
class PersonState:
    user: telegram.User
    started: bool = False  # has written to the bot, which may not write first
    blocked: bool = False
    asked: str = ""  # the last inline query; `offered` are its results, by id
    offered: dict[str, dict[str, Any]] = field(default_factory=dict)


class TelegramWorld:
    def __init__(self, *, token: str, clock: SimulatorClock, name: str = NAME) -> None:
        self.token = token
        self.clock = clock
        self.me = _bot(token, name)
        self.bot = telegram.User(self.me.id, self.me.first_name, is_bot=True, username=self.me.username)
        self.people: dict[int, PersonState] = {}
        self.chats: dict[int, ChatState] = {}
        self.inline_messages: dict[str, tuple[ChatState, int]] = {}
        self.files = FileStore()
        self.profile = BotProfile(name=self.bot.first_name)
        # A bot's database outlives a run, so ids of people and updates must not repeat.
        first = int(clock.now().timestamp())
        self.updates = UpdateQueue(first_id=first)
        self.webhook = WebhookState()
        self.callbacks = PendingQueries(clock, CALLBACK_LIFE)
        self.inline = PendingQueries(clock, INLINE_LIFE)
        self.faults = FaultQueue()
        self.call_log = CallLog()
        self.limits = SendingLimits()
        self._person_ids = itertools.count(first)
        self._group_ids = itertools.count(ids.FIRST_GROUP - first, -1)

    def add_person(self, *, first_name: str, language_code: str | None = None, **names: Any) -> PersonState:
        """A new person; `names`: last_name and username, both texts."""
        number = next(self._person_ids)
        user = telegram.User(number, first_name, is_bot=False, language_code=language_code, **names)
        self.people[number] = PersonState(user=user)
        self.chats[number] = ChatState(info=telegram.Chat(number, "private", first_name=first_name, **names))
        return self.people[number]

    def add_group(self, title: str, kind: str) -> ChatState:
        chat = ChatState(info=telegram.Chat(next(self._group_ids), kind, title=title))
        self.chats[chat.info.id] = chat
        return chat

    def reachable(self, arguments: Arguments) -> ChatState:
        """The chat that a call names, if the bot may write there; otherwise raises Telegram's 400 or 403."""
        if arguments.has("business_connection_id"):
            raise bad_request("business connection not found")
        chat = self.chat(arguments)
        person = self.people.get(chat.info.id)
        if person is not None and person.blocked:
            raise forbidden("bot was blocked by the user")
        if person is not None and not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def chat(self, arguments: Arguments) -> ChatState:
        """The chat that a call names; raises a 400 if there is none."""
        if not arguments.has("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(arguments.integer("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        return chat


def _bot(token: str, name: str) -> telegram.User:
    plain = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())
    number = token.partition(":")[0]
    return telegram.User(
        int(number),
        name,
        is_bot=True,
        username=f"{plain or f'n{number}'}_bot",
        can_join_groups=True,
        can_read_all_group_messages=True,
        supports_inline_queries=True,
        can_connect_to_business=False,
        has_main_web_app=False,
    )
