"""How the pages' rules of numbers, dates and money serve the reports."""

from datetime import date, datetime
from decimal import Decimal

from tidewaiter.node.ui import formats, money


class PageWriter:
    """Writes as pages do; moments in the zone that they are given in."""

    def number(self, value: int | Decimal, lang: str, *, table: bool = False) -> str:
        """A number with all the decimals that it has."""
        return formats.number(value, lang, table=table)

    def percent(self, ratio: Decimal, lang: str) -> str:
        """A ratio of 0 to 1 as per cent."""
        return formats.percent(ratio, lang)

    def money(self, amount: Decimal, currency: str, lang: str) -> str:
        """An exact amount with its currency."""
        return money.in_table(amount, currency, lang)

    def period(self, first: date, last: date, lang: str) -> str:
        """From day to day."""
        return formats.period(first, last, lang)

    def day(self, day: date, lang: str) -> str:
        """A day with month and year."""
        return formats.long_date(day, lang)

    def moment(self, moment: datetime, lang: str) -> str:
        """A day and a time with its zone."""
        space = "" if lang.startswith("zh") else " "
        return f"{formats.long_date(moment.date(), lang)}{space}{formats.clock_time(moment, lang, zone=True)}"
