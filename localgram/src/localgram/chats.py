"""The current state of a chat: its messages and its reply keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import telegram

from localgram.signals import Signal

ReplyKeyboard = telegram.ReplyKeyboardMarkup | telegram.ReplyKeyboardRemove | telegram.ForceReply


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """A message with the reply keyboard that it brought, which Telegram shows to the person only."""

    message: telegram.Message
    keyboard: ReplyKeyboard | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class ChatState:
    """One chat. `version` grows with every visible change."""

    info: telegram.Chat
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    version: int = 0
    action: str | None = None
    keyboard: ReplyKeyboard | None = None
    pinned: list[int] = field(default_factory=list)
    reactions: dict[int, list[str]] = field(default_factory=dict)  # the bot's, by message
    news: Signal = field(default_factory=Signal)
    last_id: int = 0

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def put(self, post: StoredMessage) -> None:
        """Add a new message; its reply keyboard, if any, replaces the current one."""
        self.messages[post.message.message_id] = post
        if post.keyboard is not None:
            gone = isinstance(post.keyboard, telegram.ReplyKeyboardRemove)
            self.keyboard = None if gone else post.keyboard
        self.action = None
        self._changed()

    def replace(self, message: telegram.Message) -> None:
        """Replace a message with its edited version."""
        self.messages[message.message_id] = replace(self.messages[message.message_id], message=message)
        self._changed()

    def remove(self, message_id: int) -> None:
        del self.messages[message_id]
        self._changed()

    def react(self, message_id: int, emoji: list[str]) -> None:
        self.reactions[message_id] = emoji
        self._changed()

    def show(self, action: str) -> None:
        self.action = action
        self._changed()

    def since(self, after: int) -> Iterator[StoredMessage]:
        """The messages with an id above `after`, oldest first."""
        return (post for number, post in sorted(self.messages.items()) if number > after)

    def _changed(self) -> None:
        self.version += 1
        self.news.fire()
