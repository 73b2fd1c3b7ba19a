from aiogram.fsm.state import State, StatesGroup


class Menu(StatesGroup):
    main = State()
    ask = State()
    situations = State()
    event = State()
    topics = State()
    services = State()
    lists = State()
    language = State()
    help = State()
