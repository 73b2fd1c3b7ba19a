"""Where the web application keeps what its handlers need."""

from aiohttp import web

from simulator.clock import MovableClock
from simulator.world import World

WORLD = web.AppKey("world", World)
MOVABLE = web.AppKey("movable", MovableClock)
