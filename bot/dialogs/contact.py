"""The button that sends the person's own phone number."""

from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup

from bot.request_context import RequestContext
from kernel.errors import DomainError


class ContactOfAnotherError(DomainError):
    """The contact belongs to another person."""

    code = "contact_of_another"


def contact_keyboard(context: RequestContext) -> ReplyKeyboardMarkup:
    button = KeyboardButton(text=context.plain("me.contact_button"), request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def own_phone(message: Message) -> str:
    """The number in the person's own contact. Raises ContactOfAnotherError."""
    contact = message.contact
    if contact is None or message.from_user is None or contact.user_id != message.from_user.id:
        raise ContactOfAnotherError
    number = contact.phone_number
    return number if number.startswith("+") else f"+{number}"
