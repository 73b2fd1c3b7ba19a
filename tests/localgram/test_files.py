"""Files in both directions, single and in albums, and what Telegram rejects."""

import json
import struct
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from localgram.attachments import LARGEST_PHOTO_BYTES
from localgram.client import SimulatedPerson, SimulatorError
from localgram.server import Simulator

from localgram import images
from tests.localgram.conftest import Api
from tests.localgram.pictures import png

PICTURE = png(320, 200)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\xc8\x01\x40\x01\x01\x11\x00"


class FormSender:
    """Sends files to one person over multipart, as a bot would."""

    def __init__(self, session: ClientSession, token: str, person: SimulatedPerson) -> None:
        self._session = session
        self._token = token
        self._person = person

    async def send(
        self, method: str, files: dict[str, bytes], **arguments: Any
    ) -> tuple[int, dict[str, Any]]:
        form = FormData({"chat_id": str(self._person.number)} | arguments)
        for name, content in files.items():
            form.add_field(name, BytesIO(content), filename=f"{name}.bin", content_type="application/pdf")
        async with self._session.post(f"/bot{self._token}/{method}", data=form) as response:
            return response.status, await response.json()

    async def sent(self, method: str, files: dict[str, bytes], **arguments: Any) -> Any:
        status, body = await self.send(method, files, **arguments)
        assert status == 200, body
        return body["result"]

    async def refusal(self, method: str, files: dict[str, bytes], **arguments: Any) -> str:
        status, body = await self.send(method, files, **arguments)
        assert status == 400, body
        return str(body["description"]).removeprefix("Bad Request: ")


@pytest.fixture
def sender(session: ClientSession, simulator: Simulator, person: SimulatedPerson) -> FormSender:
    return FormSender(session, simulator.token, person)


async def test_document_has_caption_and_content(
    sender: FormSender, person: SimulatedPerson, session: ClientSession
) -> None:
    message = await sender.sent(
        "sendDocument", {"document": b"%PDF"}, caption="<b>Нысан</b>", parse_mode="HTML"
    )
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("Нысан", "bold")
    document = message["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "document.bin",
        "application/pdf",
        4,
    )
    async with session.get(f"/people/{person.number}/files/{document['file_id']}") as response:
        assert await response.read() == b"%PDF"


async def test_photo_has_its_size(sender: FormSender) -> None:
    message = await sender.sent("sendPhoto", {"photo": PICTURE})
    (size,) = message["photo"]
    assert (size["width"], size["height"]) == (320, 200)


async def test_file_is_resent_by_id(sender: FormSender, api: Api, person: SimulatedPerson) -> None:
    first = (await sender.sent("sendDocument", {"document": b"x"}))["document"]
    again = await api.call("sendDocument", chat_id=person.number, document=first["file_id"])
    assert again["document"] == first


async def test_bot_downloads_persons_file(
    api: Api, person: SimulatedPerson, session: ClientSession, simulator: Simulator
) -> None:
    said = await person.upload(b"data", name="a.pdf", caption="міне")
    assert said["caption"] == "міне"
    received = (await api.updates())[-1]["message"]["document"]
    found = await api.call("getFile", file_id=received["file_id"])
    assert (found["file_size"], found["file_path"].endswith(".pdf")) == (4, True)
    async with session.get(f"/file/bot{simulator.token}/{found['file_path']}") as response:
        assert await response.read() == b"data"
    async with session.get(f"/file/bot{simulator.token}/documents/none") as response:
        assert response.status == 404
    async with session.get(f"/file/bot1:wrong/{found['file_path']}") as response:
        assert response.status == 401


async def test_album_shares_media_group_id(sender: FormSender) -> None:
    media = [
        {"type": "photo", "media": "attach://a", "caption": "бір"},
        {"type": "photo", "media": "attach://b"},
    ]
    first, second = await sender.sent("sendMediaGroup", {"a": PICTURE, "b": PICTURE}, media=json.dumps(media))
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("бір", False)


async def test_album_of_one_is_plain_message(sender: FormSender) -> None:
    media = [{"type": "document", "media": "attach://a"}]
    (message,) = await sender.sent("sendMediaGroup", {"a": b"x"}, media=json.dumps(media))
    assert "media_group_id" not in message


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        ([], "there are no messages to send"),
        ([{"type": "photo", "media": "attach://a"}] * 11, "too many messages to send as an album"),
        (
            [{"type": "photo", "media": "attach://a"}, {"type": "document", "media": "attach://a"}],
            "document can't be mixed with other media types",
        ),
        (
            [{"type": "dance", "media": "attach://a"}] * 2,
            'can\'t parse InputMedia: type "dance" is unsupported',
        ),
        (["x", "y"], "can't parse InputMedia: expected an Object"),
        ([{"type": "photo", "media": "attach://none"}] * 2, "can't parse InputMedia: media not found"),
        ([{"type": "photo"}] * 2, "can't parse InputMedia: media not found"),
        ({"type": "photo"}, "expected an Array of InputMedia"),
        (
            [{"type": "photo", "media": "attach://a", "caption": "x" * 1025}] * 2,
            "message caption is too long",
        ),
    ],
)
async def test_invalid_album_is_rejected(
    sender: FormSender, person: SimulatedPerson, media: Any, reason: str
) -> None:
    assert await sender.refusal("sendMediaGroup", {"a": PICTURE}, media=json.dumps(media)) == reason
    assert len(await person.messages()) == 1  # nothing of it was sent


@pytest.mark.parametrize(
    ("method", "files", "arguments", "reason"),
    [
        ("sendDocument", {"document": b"x"}, {"caption": "ә" * 1025}, "message caption is too long"),
        ("sendDocument", {}, {}, "there is no document in the request"),
        ("sendDocument", {}, {"document": "attach://none"}, "there is no document in the request"),
        ("sendDocument", {"document": b""}, {}, "file must be non-empty"),
        ("sendDocument", {}, {"document": "no-such-id"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": b"no picture"}, {}, "IMAGE_PROCESS_FAILED"),
        (
            "sendPhoto",
            {"photo": PICTURE + b"0" * LARGEST_PHOTO_BYTES},
            {},
            "file of size 10485793 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_invalid_file_is_rejected(
    *, sender: FormSender, method: str, files: dict[str, bytes], arguments: dict[str, str], reason: str
) -> None:
    assert await sender.refusal(method, files, **arguments) == reason


async def test_caption_of_1024_characters_is_accepted(sender: FormSender) -> None:
    message = await sender.sent("sendDocument", {"document": b"x"}, caption="ә" * 1024)
    assert len(message["caption"]) == 1024


async def test_document_id_is_not_a_photo(sender: FormSender, api: Api, person: SimulatedPerson) -> None:
    document = (await sender.sent("sendDocument", {"document": b"x"}))["document"]
    reason = await api.refusal("sendPhoto", chat_id=person.number, photo=document["file_id"])
    assert reason == "can't use file of type Document as Photo"


async def test_file_message_has_no_text_to_edit(
    sender: FormSender, api: Api, person: SimulatedPerson
) -> None:
    message = await sender.sent("sendDocument", {"document": b"x"})
    place = {"chat_id": person.number, "message_id": message["message_id"]}
    assert (
        await api.refusal("editMessageText", **place, text="x") == "there is no text in the message to edit"
    )


async def test_file_over_20_mb_is_not_served(api: Api, person: SimulatedPerson) -> None:
    await person.upload(b"0" * (20 * 1024 * 1024 + 1), name="a.bin")
    received = (await api.updates())[-1]["message"]["document"]
    assert await api.refusal("getFile", file_id=received["file_id"]) == "file is too big"


async def test_file_over_50_mb_is_rejected(sender: FormSender) -> None:
    status, body = await sender.send("sendDocument", {"document": b"0" * (50 * 1024 * 1024 + 1)})
    assert (status, body["description"]) == (413, "Request Entity Too Large")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [({}, "file_id not specified"), ({"file_id": "none"}, "invalid file_id")],
)
async def test_unknown_file_is_rejected(api: Api, arguments: dict[str, str], reason: str) -> None:
    assert await api.refusal("getFile", **arguments) == reason


@pytest.mark.parametrize("kind", ["document", "voice", "sticker", "video"])
async def test_person_sends_every_kind_of_file(api: Api, person: SimulatedPerson, kind: str) -> None:
    await person.upload(b"data", name="a", kind=kind)
    assert (await api.updates())[-1]["message"][kind]["file_size"] == 4


async def test_persons_album_arrives_as_one_media_group(api: Api, person: SimulatedPerson) -> None:
    for _ in range(2):
        await person.upload(PICTURE, name="a.png", kind="photo", album="7")
    groups = [update["message"]["media_group_id"] for update in (await api.updates())[1:]]
    assert groups == ["7", "7"]


@pytest.mark.parametrize("more", [{"kind": "dance"}, {"caption": "x" * 1025}, {"kind": "photo"}])
async def test_persons_invalid_file_is_rejected(person: SimulatedPerson, more: dict[str, str]) -> None:
    with pytest.raises(SimulatorError, match="400"):
        await person.upload(b"x", name="a", **more)


async def test_html_file_is_served_as_download(person: SimulatedPerson, session: ClientSession) -> None:
    said = await person.upload(b"<script>", name="a.html", mime="text/html")
    async with session.get(f"/people/{person.number}/files/{said['document']['file_id']}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
    async with session.get(f"/people/{person.number}/files/none") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PICTURE, (320, 200)),
        (b"GIF89a" + struct.pack("<HH", 7, 9), (7, 9)),
        (JPEG, (320, 200)),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8\xff\xe0\x00\x04abcdefghij", None),
        (b"RIFF", None),
        (b"", None),
    ],
)
def test_picture_size_is_read_from_header(content: bytes, size: tuple[int, int] | None) -> None:
    assert images.size(content) == size
