"""Documents for the card shown last: the memo, the main requirements, the receipt of refusal."""

import asyncio
import re
from collections.abc import Callable

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, Message

from bot.app.filters import PRIVATE
from bot.handlers.questions import recall
from bot.request_context import RequestContext
from registry_data.schema import ServiceCard
from reports.documents.cards import memo, receipt, required_documents, requirements
from reports.documents.model import DataSheet, RefusalReceipt


async def give_memo(message: Message, context: RequestContext, state: FSMContext) -> None:
    await _send_sheet(message, context, state, "memo")


async def give_requirements(message: Message, context: RequestContext, state: FSMContext) -> None:
    await _send_sheet(message, context, state, "requirements")


async def give_receipt(
    message: Message, command: CommandObject, context: RequestContext, state: FSMContext
) -> None:
    """With the numbers of the missing papers, send the receipt; without them, ask for the papers."""
    card = await _card(message, context, state, "/receipt")
    if card is None:
        return
    numbers = tuple(map(int, re.findall(r"\b\d{1,3}\b", command.args or "", re.ASCII)))
    try:
        form = receipt(card, numbers, context.language)
    except ValueError:
        name, papers = card.names.in_language(context.language), required_documents(card, context.language)
        await message.answer(context.html("report.receipt_choose", name=name, papers=papers))
        return
    await _give(message, context, card, "receipt", lambda: _receipt(form))


async def _send_sheet(message: Message, context: RequestContext, state: FSMContext, kind: str) -> None:
    card = await _card(message, context, state, f"/{kind}")
    if card is None:
        return
    act = context.catalogue.acts.get(card.act) if card.act else None
    sheet = (memo if kind == "memo" else requirements)(card, act, context.language)
    await _give(message, context, card, kind, lambda: _sheet(sheet))


async def _card(
    message: Message, context: RequestContext, state: FSMContext, command: str
) -> ServiceCard | None:
    context.check_answers()
    remembered = await recall(state, context.now)
    card = context.catalogue.cards.get(remembered.about or "")
    if card is None:
        await message.answer(context.html("report.paper_no_card", command=command))
    return card


async def _give(
    message: Message, context: RequestContext, card: ServiceCard, kind: str, make: Callable[[], bytes]
) -> None:
    content = await asyncio.to_thread(make)
    name = card.names.in_language(context.language)
    document = BufferedInputFile(content, filename=f"{kind}_{card.slug}.docx")
    await message.answer_document(document, caption=context.html(f"report.{kind}_caption", name=name))


def _sheet(sheet: DataSheet) -> bytes:
    from reports.documents.files import sheet_docx  # noqa: PLC0415  lazy: slow import

    return sheet_docx(sheet)


def _receipt(form: RefusalReceipt) -> bytes:
    from reports.documents.files import receipt_docx  # noqa: PLC0415  lazy: slow import

    return receipt_docx(form)


def make_router() -> Router:
    router = Router(name="card_documents")
    router.message.filter(PRIVATE)
    router.message.register(give_memo, Command("memo"))
    router.message.register(give_requirements, Command("requirements"))
    router.message.register(give_receipt, Command("receipt"))
    return router
