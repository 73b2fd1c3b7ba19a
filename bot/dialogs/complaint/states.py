from aiogram.fsm.state import State, StatesGroup


class Complain(StatesGroup):
    consent = State()
    refused = State()
    resume = State()
    leave = State()
    service = State()
    concern = State()
    whom = State()
    region = State()
    district = State()
    text = State()
    kind = State()
    delivery = State()
    day = State()
    who = State()
    represented = State()
    name = State()
    number = State()
    phone = State()
    summary = State()
    change = State()
    twin = State()
    added = State()
    sent = State()
    unconnected = State()
    filed_on = State()
    filed = State()


TYPING = frozenset(
    {
        Complain.service,
        Complain.text,
        Complain.kind,
        Complain.day,
        Complain.represented,
        Complain.name,
        Complain.number,
        Complain.phone,
        Complain.filed_on,
    }
)  # the windows that take words or files
