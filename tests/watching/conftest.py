"""The bot in parts on one PostgreSQL, and free ports."""

import socket

import pytest


@pytest.fixture
def free_ports() -> tuple[int, int, int]:
    """Three ports that were free a moment ago."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports[0], ports[1], ports[2]
