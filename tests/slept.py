"""A sleep that only notes how long it was asked for."""


class Slept(list[float]):
    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
