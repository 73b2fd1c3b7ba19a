"""The whole bot on the local Telegram, and a database for the switches themselves."""

from tests.bot.conftest import catalogue, loaded_registry, postgres_town, registry_database, town

__all__ = ["catalogue", "loaded_registry", "postgres_town", "registry_database", "town"]
