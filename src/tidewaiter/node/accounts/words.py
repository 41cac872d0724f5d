"""The words that accounts lend to the audit log."""

from tidewaiter.node.accounts.models import Office
from tidewaiter.refdata import offices as refdata


class OfficeWords:
    """Offices by their code, for apps that know no accounts."""

    def name(self, code: str) -> str:
        """The name in the active language; the code of an office that is not known. No query for reference data."""
        if refdata.find(code) is not None:
            return Office(code=code).name
        office = Office.objects.filter(pk=code).first()
        return code if office is None else office.name

    def below(self, code: str) -> frozenset[str]:
        """The codes of the office and of all below it; empty for an unknown one."""
        found = Office.objects.under(Office.objects.filter(pk=code))
        return frozenset(found.values_list("pk", flat=True))
