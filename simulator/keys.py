"""Keys of the web application's shared state."""

from aiohttp import web

from simulator.clock import MovableSimulatorClock
from simulator.world import TelegramWorld

WORLD = web.AppKey("world", TelegramWorld)
MOVABLE = web.AppKey("movable", MovableSimulatorClock)
