"""The reference page is what the code says, and the how-to's profiles load."""

import re
from datetime import date
from pathlib import Path

from tidewaiter.screening.profiles import Profiles, reference_markdown
from tidewaiter.screening.profiles.fields import FIELDS
from tidewaiter.screening.profiles.operators import OPERATORS

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_reference_page_is_what_the_code_writes() -> None:
    page = (DOCS / "reference" / "profile-language.md").read_text(encoding="utf-8")
    assert page == reference_markdown(), "write it again: see docs/how-to/write-a-profile.md, last section"


def test_the_reference_page_names_every_field_and_operator() -> None:
    page = reference_markdown()
    assert [name for name, field in FIELDS.items() if not field.role and f"| `{name}` |" not in page] == []
    assert [name for name in OPERATORS if f"| `{name}` |" not in page] == []


def test_the_profiles_of_the_how_to_load() -> None:
    page = (DOCS / "how-to" / "write-a-profile.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(profiles:.*?)```", page, flags=re.DOTALL)
    assert examples
    for example in examples:
        profiles, _ = Profiles.read(example.encode(), "example.yaml", date(2026, 5, 20))
        assert profiles.running
