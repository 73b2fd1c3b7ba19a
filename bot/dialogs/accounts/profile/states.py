from aiogram.fsm.state import State, StatesGroup

from accounts.profile.fields import Field


class Me(StatesGroup):
    main = State()
    consent = State()
    name = State()
    number = State()
    telephone = State()
    region = State()
    district = State()
    forget = State()


ASKING = {
    Field.NAME: Me.name,
    Field.NUMBER: Me.number,
    Field.TELEPHONE: Me.telephone,
    Field.REGION: Me.region,
}
