"""Files as attachments of a message: document, photo, voice, sticker or video."""

from typing import Any, TypeVar

import telegram

from localgram import images
from localgram.errors import bad_request
from localgram.files import UploadedFile

MovingT = TypeVar("MovingT", telegram.Video, telegram.Animation)

STICKER_PIXELS = 512
VIDEO_NOTE_PIXELS = 240
LARGEST_PHOTO_BYTES = 10 * 1024 * 1024


def document(stored: UploadedFile) -> dict[str, Any]:
    upload = stored.upload
    body = telegram.Document(
        stored.file_id, stored.unique_id, file_name=upload.name, mime_type=upload.mime, file_size=stored.size
    )
    return {"document": body}


def photo(stored: UploadedFile) -> dict[str, Any]:
    """Raises Telegram's 400 for a file that is not a picture or is over 10 MB."""
    if stored.size > LARGEST_PHOTO_BYTES:
        raise bad_request(
            f"file of size {stored.size} bytes is too big for a photo; "
            f"the maximum size is {LARGEST_PHOTO_BYTES} bytes"
        )
    pixels = images.size(stored.upload.content)
    if pixels is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    body = telegram.PhotoSize(stored.file_id, stored.unique_id, *pixels, file_size=stored.size)
    return {"photo": (body,)}


def voice(stored: UploadedFile) -> dict[str, Any]:
    body = telegram.Voice(
        stored.file_id, stored.unique_id, duration=1, mime_type=stored.upload.mime, file_size=stored.size
    )
    return {"voice": body}


def video(stored: UploadedFile) -> dict[str, Any]:
    return {"video": _moving(telegram.Video, stored)}


def _moving(kind: type[MovingT], stored: UploadedFile) -> MovingT:
    upload = stored.upload
    return kind(
        stored.file_id,
        stored.unique_id,
        width=640,
        height=360,
        duration=1,
        file_name=upload.name,
        mime_type=upload.mime,
        file_size=stored.size,
    )


def sticker(stored: UploadedFile) -> dict[str, Any]:
    body = telegram.Sticker(
        stored.file_id,
        stored.unique_id,
        STICKER_PIXELS,
        STICKER_PIXELS,
        is_animated=False,
        is_video=False,
        type="regular",
        file_size=stored.size,
    )
    return {"sticker": body}


def audio(stored: UploadedFile) -> dict[str, Any]:
    upload = stored.upload
    body = telegram.Audio(
        stored.file_id,
        stored.unique_id,
        duration=1,
        mime_type=upload.mime,
        file_size=stored.size,
        file_name=upload.name,
    )
    return {"audio": body}


def animation(stored: UploadedFile) -> dict[str, Any]:
    """Telegram describes an animation as a document, too."""
    return {"animation": _moving(telegram.Animation, stored)} | document(stored)


def video_note(stored: UploadedFile) -> dict[str, Any]:
    body = telegram.VideoNote(
        stored.file_id, stored.unique_id, length=VIDEO_NOTE_PIXELS, duration=1, file_size=stored.size
    )
    return {"video_note": body}


KINDS = {
    "document": document,
    "photo": photo,
    "voice": voice,
    "video": video,
    "sticker": sticker,
    "audio": audio,
    "animation": animation,
    "video_note": video_note,
}
