"""Old backups are deleted, so that the forgotten do not live on in them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FORMAT = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"qyzmet-(\d{8}T\d{6}Z)\.tar\.gz(?:\.age)?")


def backup_name(at: datetime, *, encrypted: bool) -> str:
    """The name of a backup made at the instant `at`, by which it is pruned."""
    return f"qyzmet-{at.astimezone(UTC).strftime(_FORMAT)}.tar.gz{'.age' if encrypted else ''}"


def prune(folder: Path, days: int, now: datetime) -> list[Path]:
    """Delete the backups older than `days` days. Their age is in their names, which copying keeps."""
    old = sorted(path for path in folder.iterdir() if _is_older(path, now - timedelta(days=days)))
    for path in old:
        path.unlink()
    return old


def _is_older(path: Path, than: datetime) -> bool:
    named = _NAME.fullmatch(path.name)
    if named is None or not path.is_file():
        return False
    try:
        made_at = datetime.strptime(named[1], _FORMAT).replace(tzinfo=UTC)
    except ValueError:  # such as a 13th month
        return False
    return made_at < than
