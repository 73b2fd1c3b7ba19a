"""Everything the local Telegram knows: people, chats, files, and what waits for the bot. All in memory."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import telegram

from simulator import ids
from simulator.arguments import Arguments
from simulator.clock import Clock
from simulator.errors import bad_request, forbidden
from simulator.faults import Faults
from simulator.files import FileStore
from simulator.journal import Journal
from simulator.limits import Limits
from simulator.profile import Profile
from simulator.queries import INLINE_LIFE, PRESS_LIFE, Queries
from simulator.rooms import Room
from simulator.updates import UpdateQueue
from simulator.webhook import Webhook


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    user: telegram.User
    started: bool = False  # has written to the bot: before that the bot may not write first
    blocked: bool = False
    asked: str = ""  # the last inline query, and the results that it was shown, by id
    offered: dict[str, dict[str, Any]] = field(default_factory=dict)


class World:
    def __init__(self, *, token: str, clock: Clock) -> None:
        self.token = token
        self.clock = clock
        self.me = _bot(token)
        self.bot = telegram.User(self.me.id, self.me.first_name, is_bot=True, username=self.me.username)
        self.people: dict[int, Person] = {}
        self.rooms: dict[int, Room] = {}
        self.inline_posts: dict[str, tuple[Room, int]] = {}
        self.files = FileStore()
        self.profile = Profile(name=self.bot.first_name)
        # A bot's database outlives a run: its people and updates must not come again as somebody else's.
        first = int(clock.now().timestamp())
        self.updates = UpdateQueue(first_id=first)
        self.webhook = Webhook()
        self.presses = Queries(clock, PRESS_LIFE)
        self.inline = Queries(clock, INLINE_LIFE)
        self.faults = Faults()
        self.journal = Journal()
        self.limits = Limits()
        self._person_ids = itertools.count(first)
        self._group_ids = itertools.count(ids.FIRST_GROUP - first, -1)

    def add_person(self, *, first_name: str, language_code: str | None = None, **names: Any) -> Person:
        """A new person; `names`: last_name and username, both texts."""
        number = next(self._person_ids)
        user = telegram.User(number, first_name, is_bot=False, language_code=language_code, **names)
        self.people[number] = Person(user=user)
        self.rooms[number] = Room(chat=telegram.Chat(number, "private", first_name=first_name, **names))
        return self.people[number]

    def add_group(self, title: str, kind: str) -> Room:
        room = Room(chat=telegram.Chat(next(self._group_ids), kind, title=title))
        self.rooms[room.chat.id] = room
        return room

    def reachable(self, arguments: Arguments) -> Room:
        """The chat that a call names, if the bot may write there; raises Telegram's 400 or 403 if not."""
        room = self.room(arguments)
        person = self.people.get(room.chat.id)
        if person is not None and person.blocked:
            raise forbidden("bot was blocked by the user")
        if person is not None and not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return room

    def room(self, arguments: Arguments) -> Room:
        """The chat that a call names; raises a 400 if there is none."""
        if not arguments.has("chat_id"):
            raise bad_request("chat_id is empty")
        room = self.rooms.get(arguments.whole("chat_id"))
        if room is None:
            raise bad_request("chat not found")
        return room


def _bot(token: str) -> telegram.User:
    return telegram.User(
        int(token.partition(":")[0]),
        "Qyzmet",
        is_bot=True,
        username="qyzmet_bot",
        can_join_groups=True,
        can_read_all_group_messages=True,
        supports_inline_queries=True,
        can_connect_to_business=False,
        has_main_web_app=False,
    )
