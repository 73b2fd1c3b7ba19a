"""What a method of the Bot API is: the world and the call's arguments in, an object or a refusal out."""

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.arguments import Arguments
from simulator.world import World

Method = Callable[[World, Arguments], Awaitable[Any]]
