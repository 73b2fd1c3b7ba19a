"""Keys of the web application's shared state."""

from aiohttp import web

from localgram.clock import MovableSimulatorClock
from localgram.world import TelegramWorld

WORLD = web.AppKey("world", TelegramWorld)
MOVABLE = web.AppKey("movable", MovableSimulatorClock)
