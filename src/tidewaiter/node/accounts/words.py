"""The words that accounts lend to the audit log."""

from collections.abc import Iterable

from tidewaiter.node.accounts.models import Office
from tidewaiter.refdata import offices as refdata


class OfficeWords:
    """Offices by their code, for apps that know no accounts."""

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """The names in the active language; the code of an office that is not known. One query, for own offices."""
        wanted = set(codes)
        own = {code for code in wanted if refdata.find(code) is None}
        found = {office.code: office.name for office in Office.objects.filter(pk__in=own)} if own else {}
        return {code: found.get(code) or Office(code=code).name for code in wanted}

    def below(self, code: str) -> frozenset[str]:
        """The codes of the office and of all below it; empty for an unknown one."""
        found = Office.objects.under(Office.objects.filter(pk=code))
        return frozenset(found.values_list("pk", flat=True))
