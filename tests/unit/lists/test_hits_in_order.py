"""Of several finds of one rule in one field the best is kept, and hits stand in the order of the batch."""

from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.domain.vocabulary import HitKind
from tidewaiter.schemas import HIT
from tidewaiter.screening.lists.hits import MANNERS, Finds, hit_batch

BATCH = pa.record_batch({"message_id": ["m0", "m1", "m2"]})
FIND = st.fixed_dictionaries(
    {
        "row": st.integers(0, 2),
        "element": st.sampled_from([1, 2, 10]),
        "rule": st.sampled_from(["R1", "R10", "R2", "Ａ", "é"]),
        "start": st.integers(0, 3),
        "end": st.integers(4, 6),
        "manner": st.integers(0, len(MANNERS) - 1),
    }
)
FIELDS = (("goods", "description"), ("goods", "brand"), ("references", "value"))
SEVERAL = st.tuples(*[st.lists(FIND, max_size=8)] * len(FIELDS))


def finds_of(column: str, field: str, rows: list[dict[str, Any]]) -> Finds:
    def numbers(name: str) -> Any:
        return np.array([row[name] for row in rows], np.int64)

    return Finds(
        column=column,
        field=field,
        row=numbers("row"),
        element=numbers("element"),
        rule=pa.array([row["rule"] for row in rows], pa.string()),
        start=numbers("start"),
        end=numbers("end"),
        text=pa.array([f"{row['start']}-{row['end']}" for row in rows], pa.string()),
        manner=numbers("manner"),
        mandatory=pa.array([row["rule"] == "R1" for row in rows], pa.bool_()),
        priority=pa.array([row["element"] for row in rows], pa.int16()),
        channel=pa.nulls(len(rows), pa.string()),
    )


def expected(several: tuple[list[dict[str, Any]], ...]) -> list[tuple[Any, ...]]:
    best: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for (column, field), rows in zip(FIELDS, several, strict=True):
        for row in rows:
            place = (row["row"], column, row["element"], field, row["rule"])
            rank = (row["manner"], row["start"] - row["end"], row["start"])
            best[place] = min(best.get(place, rank), rank)
    return [
        (f"m{row}", f"{column}[{element}].{field}", rule, str(MANNERS[manner]), start, start - minus_length)
        for (row, column, element, field, rule), (manner, minus_length, start) in sorted(best.items())
    ]


@settings(deadline=None)
@given(SEVERAL)
def test_the_strictest_then_the_longest_then_the_first_is_kept(several: tuple[list[dict[str, Any]], ...]) -> None:
    finds = [finds_of(*names, rows) for names, rows in zip(FIELDS, several, strict=True)]
    hits = hit_batch(BATCH, HitKind.TERM, finds)
    assert hits.schema.equals(HIT, check_metadata=True)
    hits.validate(full=True)
    seen = hits.select(["message_id", "field", "rule", "manner", "start", "end"]).to_pylist()
    assert [tuple(row.values()) for row in seen] == expected(several)
    for hit in hits.to_pylist():
        assert hit["text"] == f"{hit['start']}-{hit['end']}"
        assert hit["mandatory"] == (hit["rule"] == "R1")
        assert hit["field"].startswith(("goods", "references"))
        assert f"[{hit['priority']}]" in hit["field"]
