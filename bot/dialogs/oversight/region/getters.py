"""Data of a region's overview; the right is checked each time."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import organisation_of
from bot.dialogs.opening import is_over
from bot.dialogs.oversight.region.place import cut_of, quarter_of, running_quarter
from bot.request_context import RequestContext
from bot.views.complaints.complaint import organisation_name
from bot.views.oversight.region import RegionView, written
from oversight.region.comparison import Cut
from oversight.region.query import SeeRegion


@inject
async def get_overview(
    dialog_manager: DialogManager, context: RequestContext, see: FromDishka[SeeRegion], **_: object
) -> dict[str, Any]:
    code, quarter = organisation_of(dialog_manager), quarter_of(dialog_manager)
    lines = await see(context.person.telegram_id, code, quarter, context.now)
    cut, running = cut_of(dialog_manager), running_quarter(dialog_manager)
    return {
        "organisation": organisation_name(context, code),
        "quarter": context.plain("filings.quarter", year=quarter.year, number=quarter.number),
        "running": quarter == running,
        "has_later": quarter.first < running.first,
        "total": written(lines.total),
        "cut": context.plain(f"region.cut_{cut.value}"),
        "rows": RegionView(context, lines, quarter).rows(cut),
        "cuts": [(one.value, context.plain(f"region.cut_{one.value}")) for one in Cut if one is not cut],
        "is_over": is_over(dialog_manager),
    }
