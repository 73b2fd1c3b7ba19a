"""The settings, read from environment variables QYZMET_…"""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE = Path("var") / "qyzmet.sqlite3"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="QYZMET_",
        env_file=".env",
        env_ignore_empty=True,  # an empty line of the example is no secret
        extra="ignore",
    )

    bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = f"sqlite:///{DEFAULT_DATABASE}"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8443
    metrics_host: str = "127.0.0.1"
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = None  # none: nobody watches
    data_key: SecretStr | None = None  # keys of what people keep, the newest first, separated by commas
    key_service: str = ""  # "package.module:name" of what gives the data keys instead; empty: nobody
    backup_key: SecretStr | None = None  # of the HMAC under the manifest of a backup
    backup_recipients: str = ""  # public keys of age; empty: backups are not encrypted
    backup_days: Annotated[int, Field(ge=1)] = 30  # older backups beside a new one are deleted
    files: Path = Path("var") / "files"  # where the files of complaints lie
    person_burst: Annotated[int, Field(ge=5)] = 30  # updates of one person at once
    person_per_minute: Annotated[float, Field(gt=0)] = 60  # and how many more each minute
    all_per_second: Annotated[float, Field(gt=0)] = 200  # updates of all people, of one process
    complaints_per_day: Annotated[int, Field(ge=1)] = 5  # of one person
    workers: Annotated[int, Field(ge=1, le=64)] = 8
    clamd: str = (
        ""  # where clamd listens, a socket's path or host:port; empty: files are not given to an antivirus
    )
    speech_recogniser: str = ""  # "package.module:name" of what hears voice messages; empty: nobody
    refresh_seconds: Annotated[float, Field(gt=0, le=60)] = 20  # how long a changed registry may go unnoticed
