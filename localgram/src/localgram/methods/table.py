"""The type of a Bot API method: takes the world and the arguments, returns a result or raises ApiError."""

from collections.abc import Awaitable, Callable
from typing import Any

from localgram.arguments import Arguments
from localgram.world import TelegramWorld

Method = Callable[[TelegramWorld, Arguments], Awaitable[Any]]
