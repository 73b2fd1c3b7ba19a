"""Sent files, by Telegram's file identifiers."""

from dataclasses import dataclass
from pathlib import PurePosixPath

import telegram

from localgram import ids
from localgram.arguments import Upload
from localgram.errors import bad_request

LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    file_id: str
    unique_id: str
    kind: str
    path: str
    upload: Upload

    @property
    def size(self) -> int:
        return len(self.upload.content)

    def described(self) -> telegram.File:
        """What getFile answers; raises a 400 for a file over 20 MB, which the Bot API does not serve."""
        if self.size > LARGEST_DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return telegram.File(self.file_id, self.unique_id, file_size=self.size, file_path=self.path)


class FileStore:
    def __init__(self) -> None:
        self._files: dict[str, UploadedFile] = {}
        self._paths: dict[str, UploadedFile] = {}

    def add(self, upload: Upload, kind: str) -> UploadedFile:
        suffix = PurePosixPath(upload.name).suffix
        stored = UploadedFile(
            file_id=ids.file_id(),
            unique_id=ids.file_unique_id(),
            kind=kind,
            path=f"{kind}s/file_{len(self._files) + 1}{suffix}",
            upload=upload,
        )
        self.keep(stored)
        return stored

    def keep(self, stored: UploadedFile) -> None:
        self._files[stored.file_id] = stored
        self._paths[stored.path] = stored

    def all(self) -> list[UploadedFile]:
        return list(self._files.values())

    def by_id(self, file_id: str) -> UploadedFile | None:
        return self._files.get(file_id)

    def by_path(self, path: str) -> UploadedFile | None:
        return self._paths.get(path)
