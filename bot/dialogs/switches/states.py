from aiogram.fsm.state import State, StatesGroup


class Switches(StatesGroup):
    main = State()
    job = State()
    reason = State()
