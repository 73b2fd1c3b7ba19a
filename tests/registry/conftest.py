"""The shipped registry, read once, and a database containing it."""

import pytest

from registry_data.contents import Registry, load_registry


@pytest.fixture(scope="session")
def own() -> Registry:
    return load_registry()
