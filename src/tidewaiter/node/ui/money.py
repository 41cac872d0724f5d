"""Amounts of money: the code and the plain number in data and tables, words in sentences. Never a bare $, never
without its currency."""

from decimal import Decimal

from tidewaiter.node.ui.formats import NBSP, Number, exact, large, number

_BEFORE_EN = {"HKD": "HK$", "USD": "US$", "MOP": "MOP", "CNY": f"RMB{NBSP}", "EUR": f"EUR{NBSP}"}
_AFTER_ZH = {
    "HKD": ("港元", "港元"),
    "MOP": ("澳門元", "澳门元"),
    "USD": ("美元", "美元"),
    "EUR": ("歐元", "欧元"),
    "CNY": ("元人民幣", ""),
}
_AFTER_PT = {
    "HKD": ("dólar de Hong Kong", "dólares de Hong Kong"),
    "MOP": ("pataca", "patacas"),
    "CNY": ("renminbi", "renminbis"),
    "USD": ("dólar americano", "dólares americanos"),
    "EUR": ("euro", "euros"),
}


def in_table(amount: Number, currency: str, lang: str) -> str:
    """HKD 16,000,000.00; always two decimals, always grouped, in Portuguese HKD 16 000 000,00."""
    return f"{currency}{NBSP}{number(amount, lang, decimals=2, table=True)}"


def in_sentence(amount: Number, currency: str, lang: str) -> str:
    """HK$16 million, 1,600萬港元, 人民币921.15万元, 16 milhões de dólares de Hong Kong. An unknown currency stands as
    its
    code."""
    value = exact(amount)
    if lang.startswith("zh"):
        return _chinese(value, currency, lang)
    figures = large(value, lang) if _is_round(value, 10**6) else number(value, lang, decimals=_decimals(value))
    if lang == "pt":
        if currency not in _AFTER_PT:
            return f"{currency}{NBSP}{figures}"
        one, many = _AFTER_PT[currency]
        of = "de " if "milh" in figures else ""
        return f"{figures}{NBSP}{of}{one if value == 1 else many}"
    return _BEFORE_EN.get(currency, f"{currency}{NBSP}") + figures


def _chinese(value: Decimal, currency: str, lang: str) -> str:
    figures = large(value, lang) if _is_round(value, 10**4) else number(value, lang, decimals=_decimals(value))
    if currency not in _AFTER_ZH:
        return f"{currency}{NBSP}{figures}"
    if currency == "CNY" and lang == "zh-Hans":
        return f"人民币{figures}元"
    return figures + _AFTER_ZH[currency][1 if lang == "zh-Hans" else 0]


def _is_round(value: Decimal, step: int) -> bool:
    """Whether four decimals of the larger step say the amount exactly."""
    return abs(value) >= step and (value / step * 10**4) % 1 == 0


def _decimals(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 2
