from aiogram.fsm.state import State, StatesGroup


class Calendar(StatesGroup):
    choose = State()
    main = State()
    address = State()
    schedule = State("ladder")
    switches = State()
    overview = State()
