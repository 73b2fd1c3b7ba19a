from aiogram.fsm.state import State, StatesGroup


class RegionOverview(StatesGroup):
    overview = State()
