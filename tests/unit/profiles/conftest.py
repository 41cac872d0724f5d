"""What the tests of profiles share: a condition and consignments in, yes or no out, from both back-ends at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.screening.profiles import Earlier, Profiles, Rates, matches, run_profiles

DAY = date(2026, 5, 20)
RATES = Rates({"USD": 1.0, "CNY": 7.0, "HKD": 7.8})

Row = dict[str, Any]


@pytest.fixture
def consignment() -> Callable[..., Row]:
    """Makes a consignment that states nothing but what it is given."""

    def make(**values: Any) -> Row:
        fixed = {
            "message_id": "m1",
            "consignment_id": "c1",
            "function": "original",
            "partial": False,
            "administration": "HK",
            "source_file": "f",
            "source_position": "1",
            "source_rows": 1,
            "synthetic": True,
        }
        return {**fixed, **values}

    return make


@pytest.fixture
def profile_text() -> Callable[..., str]:
    """Makes the text of a file with one profile; keys can be given, or left out with None."""

    def make(when: str = "{field: regime, is: export}", **keys: str | None) -> str:
        usual: dict[str, str | None] = {
            "id": "P-1",
            "owner": "Targeting",
            "purpose": "A test",
            "valid": "{from: 2026-05-01, until: 2026-05-31}",
            "channel": "physical",
            "priority": "50",
            "sentence": "A sentence.",
            "when": when,
        }
        lines = [f"    {key}: {value}" for key, value in {**usual, **keys}.items() if value is not None]
        return "\n".join(["profiles:", "  - " + lines[0].strip(), *lines[1:]]) + "\n"

    return make


@pytest.fixture
def load(profile_text: Callable[..., str]) -> Callable[..., Profiles]:
    """Loads one profile with a condition."""

    def make(when: str, **keys: str | None) -> Profiles:
        return Profiles.read(profile_text(when, **keys).encode(), "test.yaml", DAY, RATES)[0]

    return make


@pytest.fixture
def met(load: Callable[..., Profiles], consignment: Callable[..., Row]) -> Callable[..., list[bool]]:
    """Says for each consignment whether it meets a condition, after making sure that both back-ends say the same."""

    def judge(when: str, *values: Row, earlier: Earlier | None = None) -> list[bool]:
        profiles = load(when)
        rows = [consignment(**{"message_id": f"m{number}", **some}) for number, some in enumerate(values)]
        batch = pa.RecordBatch.from_pylist(rows, schema=CONSIGNMENT)
        hits = run_profiles(batch, profiles, earlier).hits.column("message_id").to_pylist()
        bulk = [row["message_id"] in hits for row in rows]
        assert [matches(profiles.running[0], row, RATES, earlier) for row in batch.to_pylist()] == bulk
        return bulk

    return judge
