"""The program's own registry, read once, and a database that holds it."""

import shutil
from pathlib import Path

import pytest

from registry_data.contents import Registry, load_registry


@pytest.fixture(scope="session")
def own() -> Registry:
    return load_registry()


@pytest.fixture
def registry_url(loaded_registry: Path, tmp_path: Path) -> str:
    """A SQLite database with the program's registry, of this test alone."""
    return f"sqlite:///{shutil.copy(loaded_registry, tmp_path / 'registry.sqlite3')}"
