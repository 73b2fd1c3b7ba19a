"""The whole bot, to be hurt."""

from tests.bot.conftest import catalogue, loaded_registry, registry_database

__all__ = ["catalogue", "loaded_registry", "registry_database"]
