"""Files as attachments of a message: document, photo, voice, sticker or video."""

from typing import Any

import telegram

from localgram import images
from localgram.errors import bad_request
from localgram.files import UploadedFile

STICKER_PIXELS = 512
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
    upload = stored.upload
    body = telegram.Video(
        stored.file_id,
        stored.unique_id,
        width=640,
        height=360,
        duration=1,
        file_name=upload.name,
        mime_type=upload.mime,
        file_size=stored.size,
    )
    return {"video": body}


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


KINDS = {"document": document, "photo": photo, "voice": voice, "video": video, "sticker": sticker}
