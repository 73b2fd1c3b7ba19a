"""Keys of the web application's shared state."""

from aiohttp import web

from simulator.clock import MovableSimulatorClock
from simulator.world import World

WORLD = web.AppKey("world", World)
MOVABLE = web.AppKey("movable", MovableSimulatorClock)
