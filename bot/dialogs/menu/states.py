from aiogram.fsm.state import State, StatesGroup


class Menu(StatesGroup):
    main = State()
    ask = State()
    situations = State()
    services = State()
    language = State()
    help = State()
