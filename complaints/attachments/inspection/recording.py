"""OGG: pages from beginning to end, a voice in them; pure."""

from complaints.attachments.inspection.marks import ends_as_archive, holds_script

_HEAD = 27  # bytes of a page before its table of segments


def is_harmless_voice(content: bytes) -> bool:
    if holds_script(content) or ends_as_archive(content):
        return False
    at, count = 0, 0
    while at < len(content):
        if content[at : at + 5] != b"OggS\0" or at + _HEAD > len(content):
            return False
        segments = content[at + 26]
        table = content[at + _HEAD : at + _HEAD + segments]
        end = at + _HEAD + segments + sum(table)
        if len(table) != segments or end > len(content):
            return False
        if count == 0 and not _is_voice(content[at + _HEAD + segments : end]):
            return False
        at, count = end, count + 1
    return count > 0


def _is_voice(head: bytes) -> bool:
    return head.startswith((b"OpusHead", b"\x01vorbis"))
