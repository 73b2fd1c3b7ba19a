"""The languages people read and write."""

from enum import StrEnum


class Language(StrEnum):
    KK = "kk"
    RU = "ru"
    EN = "en"
