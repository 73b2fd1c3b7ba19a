from aiogram.fsm.state import State, StatesGroup


class Region(StatesGroup):
    overview = State()
