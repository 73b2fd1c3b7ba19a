"""The program's own registry, read once, and a database that holds it."""

import pytest

from registry_data.contents import Registry, load_registry


@pytest.fixture(scope="session")
def own() -> Registry:
    return load_registry()
