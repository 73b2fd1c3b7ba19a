"""A chat as it stands: its messages, their edits, and the keyboard under it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import telegram

from simulator.signals import Signal

ReplyKeyboard = telegram.ReplyKeyboardMarkup | telegram.ReplyKeyboardRemove | telegram.ForceReply


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message, and the reply keyboard it brought: Telegram shows that to the person, never to the bot."""

    message: telegram.Message
    keyboard: ReplyKeyboard | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Room:
    """One chat. `version` grows with every change that its people can see."""

    chat: telegram.Chat
    posts: dict[int, Post] = field(default_factory=dict)
    version: int = 0
    action: str | None = None
    keyboard: ReplyKeyboard | None = None
    news: Signal = field(default_factory=Signal)
    _last_id: int = 0

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def put(self, post: Post) -> None:
        """Add a new message; its reply keyboard, if any, takes the place of the one that stood."""
        self.posts[post.message.message_id] = post
        if post.keyboard is not None:
            gone = isinstance(post.keyboard, telegram.ReplyKeyboardRemove)
            self.keyboard = None if gone else post.keyboard
        self.action = None
        self._changed()

    def replace(self, message: telegram.Message) -> None:
        """Put the edited form of a message in its place."""
        self.posts[message.message_id] = replace(self.posts[message.message_id], message=message)
        self._changed()

    def remove(self, message_id: int) -> None:
        del self.posts[message_id]
        self._changed()

    def show(self, action: str) -> None:
        self.action = action
        self._changed()

    def since(self, after: int) -> Iterator[Post]:
        """The messages with an id above `after`, oldest first."""
        return (post for number, post in sorted(self.posts.items()) if number > after)

    def _changed(self) -> None:
        self.version += 1
        self.news.fire()
