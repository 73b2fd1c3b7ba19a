from aiogram.fsm.state import State, StatesGroup


class Joining(StatesGroup):
    invitation = State()
    name = State()
