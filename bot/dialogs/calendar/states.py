from aiogram.fsm.state import State, StatesGroup


class Calendar(StatesGroup):
    choose = State()
    main = State()
    address = State()
    ladder = State()
    switches = State()
    overview = State()
