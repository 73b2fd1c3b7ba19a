"""What notices to officials must not contain."""

from typing import Any

import pytest

from notifications.personal_data import PersonalDataError, mask, reject_personal_data

IIN = "900101300123"


@pytest.mark.parametrize(
    "text",
    [
        f"ЖСН {IIN}",
        "ИИН 900101 300123",
        "900 101 300 123",
        "9001-0130-0123",
        "карта 4400430012345678",
        "4400 4300 1234 5678",
        "+7 701 123-45-67",
        "8(701)1234567",
        "тел. 87011234567",
        "+77011234567",
        "7011234567",
        "aliya@example.kz",
        "жазыңыз: @aliya_k",
        '<a href="tg://user?id=1001">Әлия</a>',
    ],
)
def test_personal_number_or_address_is_rejected(text: str):
    with pytest.raises(PersonalDataError):
        reject_personal_data({"text": text})
    reject_personal_data({"text": mask(text)})  # masked text may be sent


@pytest.mark.parametrize(
    "text",
    [
        "Шағым № 2026-000123, мерзімі 31.03.2026",
        "Жалоба № 2026-000123 на услугу «Выдача удостоверения», срок 31 марта 2026 г., 18:30",
        "Complaint 17, due 2026-03-31T23:59:59+05:00",
        "АППК, 76-бап; Law 88-V; 4 325 тенге",
        "2026 ж. 19-31 наурыз, 15 жұмыс күні",
        "https://t.me/qyzmet_bot?start=c17",
    ],
)
def test_complaint_number_service_and_date_pass(text: str):
    reject_personal_data({"text": text})


@pytest.mark.parametrize(
    "payload",
    [
        {"caption": f"{IIN}"},
        {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": IIN, "callback_data": "b"}]]}},
        {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": f"x:{IIN}"}]]}},
    ],
)
def test_buttons_and_captions_are_checked(payload: dict[str, Any]):
    with pytest.raises(PersonalDataError):
        reject_personal_data(payload)


def test_chat_id_is_not_personal_data():
    reject_personal_data({"chat_id": 770112345670, "text": "a"})


def test_error_does_not_repeat_the_data():
    with pytest.raises(PersonalDataError, match=r"^long number$"):
        reject_personal_data({"text": IIN})
