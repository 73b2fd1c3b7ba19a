from aiogram.fsm.state import State, StatesGroup


class Office(StatesGroup):
    choose = State()
    main = State()
    members = State()
    member = State()
    heir = State()
    revoke = State()
    invite = State()
    joins = State()
    leave = State()
    deputy = State()
    dates = State()
    connect = State()
    disconnect = State()
