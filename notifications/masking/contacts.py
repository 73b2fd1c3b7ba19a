"""E-mail, handles and links to people, also where their signs are spelled out; pure."""

import re
from collections.abc import Iterator
from typing import Final

from notifications.masking.plain_text import Span, found

_DOT: Final = r"\s*(?:\.|\(\.\)|\[\.\]|[(\[]?\b(?:dot|точка|тчк|нүкте|нукте)\b[)\]]?)\s*"
_SPELLED_DOT: Final = r"\s*(?:\(\.\)|\[\.\]|[(\[](?:dot|точка|тчк|нүкте|нукте)[)\]])\s*"
_PROVIDER: Final = (
    r"(?:g?mail|мейл|мэйл|маил|майл|майыл|джи?мейл|джи?мэйл|г?мейл|гмаил|yandex|яндекс|ya\b|rambler|рамблер|bk|бк|"
    r"inbox|инбокс|list|лист|outlook|аутлук|hotmail|хотмейл|icloud|айклауд|yahoo|proton\w*|протон\w*|live|ukr|internet)"
)
_TLD: Final = r"(?:kz|ru|com|net|me|org|ру|ком|кз|кэзэ|нет)\b"
_AT: Final = r"(?:@|\(at\)|\[at\]|\{at\}|<at>|\(собака\)|\[собака\]|\(а\)|\(a\))"
# The local part is read from its beginning only: a text without addresses takes no longer than its length.
_EMAIL: Final = re.compile(
    rf"(?<![\w.+\-])[\w.+\-]+(?:{_SPELLED_DOT}[\w.+\-]+){{0,3}}(?:"
    rf"\s?{_AT}\s?[\w\-]+(?:{_DOT}[\w\-]+)+"
    rf"|\s+(?:at|эт|собака|собачка|собакa|айқұлақ|ит)\s+{_PROVIDER}\b(?:(?:{_DOT}|\s+){_TLD})?"
    rf"|\s+at\s+[\w\-]+(?:{_DOT}[\w\-]+)*\s+dot\s+\w{{2,}}"
    rf"|\s?@\s?{_PROVIDER}(?:{_DOT}|\s+){_TLD}"
    rf"|[\s\-_]+(?:собака|собачка|айқұлақ)[\s\-_]+[a-z][\w\-]*(?:{_DOT}|\s+)\w{{2,}}"
    r"|@[\w\-]{2,})"
    rf"|(?<![\w.+\-])(?=[\w.+\-]*[._\d])[\w.+\-]+\s+(?:at|эт)\s+[\w\-]+(?:{_DOT}[a-z]{{2,}})+",
    re.IGNORECASE,
)
_SITE: Final = (
    r"(?:t|telegram)\s?\.\s?(?:me|dog)|telegra\.ph|tlgg?\.ru|wa\s?\.\s?me|(?:api|chat|web)\.whatsapp\.com|whatsapp\.com|"
    r"instagram\s?\.\s?com|instagr\.am|ig\.me|vk\s?\.\s?(?:com|ru)|ok\.ru|odnoklassniki\.ru|facebook\.com|fb\.(?:com|me)|m\.me|tiktok\.com|"
    r"twitter\.com|\bx\.com|linkedin\.com|threads\.(?:net|com)|youtube\.com|snapchat\.com|my\.mail\.ru|twitch\.tv"
)
_LINK: Final = re.compile(
    rf"(?:https?://)?(?:www\.|m\.)?\b(?:{_SITE})\s?/\s?[@+]?\S+"
    r"|\b(?:tg|viber|whatsapp|skype|tel|sms|mailto|instagram)://?[^\s\"'<>]+|\b(?:tel|mailto|skype|sms):\S+"
    r"|(?<![\w.])\w[\w\-]{2,}\.t\.me\b",
    re.IGNORECASE,
)
_BOT: Final = re.compile(r"(?:t\.me/|@)\w+bot\b\S*|t\.me/share/\S*", re.IGNORECASE)
_HANDLE: Final = re.compile(
    r"(?<![\w/.])@\s?[^\W\d_][\w.]{2,}\w|(?<![\w/.])@\s?\d*[a-z_][\w.]{2,}", re.IGNORECASE
)
_NETWORK: Final = (
    r"(?:телеграмм?|телега|тг|telegram|tg|tme|инстаграмм?|инста|instagram|insta|inst|ig|вк|vk|тикток|tiktok|фейсбук|facebook|fb|"
    r"скайп|skype|твиттер|twitter|threads|снап|snapchat|whatsapp|ватсап|ник|никнейм|nick|nickname|логин\w*|login|username|юзернейм|"
    r"юзер|user|аккаунт\w*|account|профил\w*|profile|парақша\w*|handle)"
)
_NAMED: Final = re.compile(
    rf"\b{_NETWORK}(?:е|ом|у|а|та|те|да|де|ға|ге)?(?:\s+(?:is|мой|моя|менің|my|это|на|at|в|деген|ім|ім:))?(?:\s*[:=\-]\s*|\s+)@?"
    r"(?P<handle>[a-z_][a-z\d_.\-]*[_.\d][a-z\d_.\-]*\w|[^\W\d_]+_\w+)",
    re.IGNORECASE,
)
_UNDERSCORED: Final = re.compile(r"(?<![\w/.=?&])(?=\w*[^\W\d_])\w*[^\W_]_\w*[^\W_]\w*(?![\w/=])")
_NAMED_PLAINLY: Final = re.compile(
    rf"\b{_NETWORK}(?:\w{{0,4}})(?:\s+(?:is|мой|моя|менің|my))?\s*[:=]\s*@?(?P<handle>[a-z][a-z\d_.]{{3,}})|"
    rf"\b(?:my|мой|моя|мои|менің)\s+{_NETWORK}\w{{0,4}}\s+(?:is\s+|это\s+|[\-:]\s*)?(?P<other>[a-z][a-z\d_.]{{3,}})",
    re.IGNORECASE,
)


def addresses(plain: str) -> Iterator[Span]:
    """Of people; the bots' are for all."""
    bots = list(found(_BOT, plain))
    for pattern in (_EMAIL, _LINK, _HANDLE):
        for start, end in found(pattern, plain):
            if not any(start < last and first < end for first, last in bots):
                yield start, end


def named_handles(plain: str) -> Iterator[Span]:
    """Told by the word before them, or by an underscore, which no other word has."""
    yield from found(_NAMED, plain, "handle")
    yield from found(_UNDERSCORED, plain)
    for group in ("handle", "other"):
        yield from found(_NAMED_PLAINLY, plain, group)


def bots(plain: str) -> Iterator[Span]:
    yield from found(_BOT, plain)
