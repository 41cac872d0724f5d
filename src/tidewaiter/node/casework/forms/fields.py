"""Fields that several forms share."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.rights.models import Right
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import currencies

NOTHING = ("", "–")
FIRST_CURRENCIES = ("HKD", "CNY", "MOP", "USD", "EUR")


class Choice(forms.ChoiceField):
    """A choice whose words are read when the form is made, in the language of the page."""

    def __init__(self, choices: Callable[[], list[tuple[str, str]]], *, empty: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("required", not empty)
        super().__init__(choices=lambda: [*([NOTHING] if empty else []), *choices()], **kwargs)


class Number(forms.DecimalField):
    """A quantity; thousands may be grouped by commas or spaces, as people write them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 15)
        kwargs.setdefault("decimal_places", 3)
        kwargs.setdefault("min_value", Decimal(0))
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), localize=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read it. In Portuguese the comma parts the decimals, elsewhere the thousands."""
        if isinstance(value, str):
            value = value.replace("\u00a0", "").replace(" ", "")
            value = value.replace(".", "").replace(",", ".") if tag() == "pt" and "," in value else value
            value = value.replace(",", "")
        return super().to_python(value)


class Day(forms.DateField):
    """A day, picked or typed as 2026-11-03."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), input_formats=["%Y-%m-%d"], **kwargs
        )


class Moment(forms.DateTimeField):
    """A day and time in the zone of the office."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """To the minute, as people enter it."""
        found = super().prepare_value(value)
        return found.replace(second=0, microsecond=0) if hasattr(found, "replace") and hasattr(found, "hour") else found


class RightChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A right of the register, those in force first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Right.objects.none(),
            required=False,
            empty_label="–",
            label=_("Right, from the register"),
            **kwargs,
        )

    def of(self, person: Any) -> None:
        """Offer what the person may see."""
        today = timezone.localdate()
        self.queryset = Right.objects.visible_to(person).in_force(today).select_related("holder").order_by("mark")

    def label_from_instance(self, obj: Any) -> str:
        """Mark, number, holder."""
        return f"{obj.mark} · {obj.recordal_number or obj.kind} · {obj.holder.name}"


def money() -> list[tuple[str, str]]:
    """Currencies: those of the cooperation first."""
    rest = sorted(currencies.codes() - set(FIRST_CURRENCIES))
    return [(code, f"{code} {currencies.name(code, tag())}") for code in (*FIRST_CURRENCIES, *rest)]
