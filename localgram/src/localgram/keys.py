"""Keys of the web application's shared state."""

from aiohttp import web

from localgram.clock import MovableSimulatorClock
from localgram.world import TelegramWorld

# The bot whose people and chats this address serves, and every bot whose calls it takes, by token.
WORLD = web.AppKey("world", TelegramWorld)
WORLDS = web.AppKey("worlds", dict[str, TelegramWorld])
MOVABLE = web.AppKey("movable", MovableSimulatorClock)
