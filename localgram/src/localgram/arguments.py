"""The arguments of a call, from JSON, a urlencoded form, multipart or the query string."""

import json
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, field
from email.message import Message as EmailMessage
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from localgram.broken_json import json_fault
from localgram.errors import ApiError, bad_request

TRUE = ("true", "yes", "1")
Parts = AsyncIterable[MultipartReader | BodyPartReader | None]
LARGEST_UPLOAD_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The argument as a string; empty if it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value)

    def required(self, name: str) -> str:
        """The argument as a string; raises a 400 if it is missing or empty."""
        if not self.has(name):
            raise bad_request(f'parameter "{name}" is required')
        return self.text(name)

    def integer(self, name: str, default: int = 0) -> int:
        """The argument as a whole number; like Telegram, anything else becomes the default."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in TRUE

    def structure(self, name: str, fault: str) -> Any:
        """The argument's JSON value, None if it is missing; raises a 400 with `fault` if it is not JSON."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(fault) from None


async def read(request: web.Request) -> Arguments:
    """The arguments of a request; raises a 400 for an unreadable body, a 413 for one that is too large."""
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        return Arguments(values=values | await _json(request))
    if request.content_type == "multipart/form-data":
        if "boundary" not in request.headers.get("Content-Type", "").lower():
            raise bad_request("boundary not found")
        return await read_parts(await request.multipart(), values)
    if request.content_type == "application/x-www-form-urlencoded":
        form = (await request.read()).decode(errors="replace")  # of a GET, too: some libraries send one
        values |= dict(parse_qsl(form, keep_blank_values=True))
    return Arguments(values=values)


async def _json(request: web.Request) -> dict[str, Any]:
    body = await request.read()
    if not body.strip():
        return {}
    try:
        values = json.loads(body)
    except ValueError:
        raise bad_request(json_fault(body.decode(errors="replace"))) from None
    if not isinstance(values, dict):
        raise bad_request("JSON object expected")
    return values


async def read_parts(parts: Parts, values: dict[str, Any]) -> Arguments:
    """The arguments of a multipart body, added to `values`."""
    uploads: dict[str, Upload] = {}
    try:
        async for part in parts:
            if isinstance(part, BodyPartReader):
                await _keep(part, values, uploads)
    except ValueError:
        raise bad_request("unexpected end of request content") from None
    return Arguments(values=values, uploads=uploads)


async def _keep(part: BodyPartReader, values: dict[str, Any], uploads: dict[str, Upload]) -> None:
    content = bytes(await part.read(decode=True))
    name, file_name = _names(part)
    if not name:
        raise bad_request("field name in multipart/form-data not found")
    if file_name is None:
        values[name] = content.decode(errors="replace")
        return
    if len(content) > LARGEST_UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    mime = part.headers.get("Content-Type", "application/octet-stream").split(";")[0]
    uploads[name] = Upload(name=file_name, mime=mime, content=content)


def _names(part: BodyPartReader) -> tuple[str, str | None]:
    """The part's name and its file's name, which client libraries write with and without quotes."""
    disposition = EmailMessage()
    disposition["Content-Disposition"] = part.headers.get("Content-Disposition", "")
    return str(disposition.get_param("name", "", "Content-Disposition")), disposition.get_filename()
