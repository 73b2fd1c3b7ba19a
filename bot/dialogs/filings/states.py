from aiogram.fsm.state import State, StatesGroup


class Filings(StatesGroup):
    card = State()
    day = State()
    document = State()
    why = State()


TYPING = frozenset({Filings.day, Filings.document, Filings.why})
TAKING_FILES = frozenset({Filings.document})
