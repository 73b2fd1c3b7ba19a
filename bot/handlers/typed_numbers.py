"""A complaint's number typed alone opens the complaint."""

import re
from typing import Any

from aiogram.types import Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.errors import GoneError
from bot.dialogs.complaints.inbox.handlers import open_case
from bot.dialogs.complaints.mine.handlers import open_my_complaints
from bot.dialogs.complaints.mine.states import Mine
from bot.request_context import RequestContext
from bot.views.answers.intent import ways_on
from complaints.case import ComplaintCase
from complaints.errors import ComplaintNumberError
from complaints.numbers import ComplaintNumber
from complaints.queries.cases import CaseQueries
from registry_data.intents import Intent

_ALONE = re.compile(r"[^\d]{0,30}(\d{2}[\s\-–]?\d{8}[\s\-–]?\d)[^\d]{0,15}")
_FIRST_YEAR = 24  # no complaint is older; a telephone number begins with 77 or 87


async def is_number(message: Message, context: RequestContext) -> bool | dict[str, Any]:
    """Filter: the message is a number of the shape that complaints have, right or wrong."""
    found = _ALONE.fullmatch(message.text or "")
    if found is None or not _FIRST_YEAR <= int(found[1][:2]) <= context.now.year % 100:
        return False
    return {"typed": found[1]}


@inject
async def open_typed(
    message: Message,
    typed: str,
    context: RequestContext,
    dialog_manager: DialogManager,
    queries: FromDishka[CaseQueries],
) -> None:
    """Another person's complaint gets the same words as none."""
    case = await _find(queries, context.person.telegram_id, typed)
    if case is None:
        buttons = ways_on(context, (Intent.MY_COMPLAINTS, Intent.MENU))
        await message.answer(context.html("my_complaints.not_found"), reply_markup=buttons)
    elif case.person == context.person.telegram_id:
        await open_my_complaints(dialog_manager, Mine.case, complaint=case.id)
    else:
        await open_case(dialog_manager, case.id, case.organisation)


async def _find(queries: CaseQueries, person: int, typed: str) -> ComplaintCase | None:
    try:
        return await queries.by_number(person, ComplaintNumber.read(typed))
    except (ComplaintNumberError, GoneError):
        return None
