"""Words in the languages of officers, as they stand in the rule files."""

from collections.abc import Mapping
from dataclasses import dataclass

from tidewaiter.refdata.languages import LANGUAGES, REQUIRED, column
from tidewaiter.refdata.messages import Value, placeholders, shown


class ProcedureDataError(ValueError):
    """A rule file that contradicts itself: names the file, the entry and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in every language; Macao's Chinese where it differs from Hong Kong's."""

    by_language: Mapping[str, str]

    @classmethod
    def read(cls, table: Mapping[str, str], where: str) -> "Words":
        """Take the texts of a table keyed by language tag. Raises ProcedureDataError for a lacking or unknown one."""
        wrong = sorted(set(table) - set(LANGUAGES))
        lacking = [language for language in REQUIRED if not table.get(language, "").strip()]
        if wrong or lacking:
            raise ProcedureDataError(f"{where}: languages lacking {lacking}, unknown {wrong}")
        if len({placeholders(text) for text in table.values()}) > 1:
            raise ProcedureDataError(f"{where}: the languages differ in their placeholders")
        return cls(dict(table))

    def text(self, language: str, **values: Value) -> str:
        """The text in ``language``, filled with ``values`` in its manner of writing. Raises UnknownCode."""
        column(language)
        own = self.by_language.get(language) or self.by_language["zh-Hant"]
        return own.format_map({name: shown(value, language) for name, value in values.items()})
