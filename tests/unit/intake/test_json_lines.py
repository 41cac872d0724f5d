"""JSON Lines: objects in our own shape, mapped ones, and bad lines."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Load = Callable[..., Any]
ROW: dict[str, Any] = {
    "administration": "hk",
    "lodged_at": "2026-05-01T10:00:00+08:00",
    "references": [{"type": "house_bill", "value": "H1"}],
    "goods": [{"hs": "6403.99", "description": "球鞋", "quantity": 2}],
    "unknown": {"kept": False},
}


def lines(*rows: Any) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def test_an_object_in_our_shape_is_a_consignment(load_bytes: Load) -> None:
    (row,) = load_bytes(lines(ROW), "a.jsonl").consignments
    assert (row["administration"], row["consignment_id"], row["function"]) == ("HK", "HK:house_bill:H1", "original")
    assert (row["lodged_offset"], row["lodged_at"].hour) == (480, 2)
    assert row["goods"] == [
        {**dict.fromkeys(row["goods"][0]), "sequence": 1, "hs": "640399", "description": "球鞋", "quantity": 2.0}
    ]
    assert row["source_position"] == "1"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "malformed_json"),
        ("[1]", "wrong_structure"),
        ('{"a": 1, "a": 2}', "duplicate_key"),
        ('{"goods": [{"hs": "1", "hs": "2"}]}', "duplicate_key"),
        ('{"value": NaN}', "malformed_json"),
        ('{"value": -Infinity}', "malformed_json"),
        ('{"version": ' + "9" * 5000 + "}", "malformed_json"),
        ("[" * 100_000, "too_deep"),
        ('{"a":' * 50_000, "too_deep"),
        ('{"goods": "shoes"}', "wrong_structure"),
        ('{"office": ["a"]}', "wrong_structure"),
        ('{"references": [{"type": "plate"}]}', "wrong_structure"),
        ('{"administration": "HK"}', "no_identity"),
        ('{"goods": [{"hs": "64"}]}', "missing_required"),
        ('{"office": "a\\u0000b"}', "embedded_null"),
        ('{"office": "\\ud800"}', "wrong_encoding"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(load_bytes: Load, line: str, code: str) -> None:
    loaded = load_bytes(lines(ROW, "", line, ROW), "a.jsonl")
    assert (loaded.read, loaded.accepted, loaded.codes, loaded.positions) == (3, 2, [code], ["3"])


def test_values_that_do_not_convert_are_flagged(load_bytes: Load) -> None:
    odd = {
        "version": 1e300,
        "value": 10**400,
        "mode": 12,
        "lodged_at": "2026-02-30",
        "courier": "perhaps",
        "regime": "x",
    }
    (row,) = load_bytes(lines({**ROW, **odd, "goods": [{"hs": "64O3", "quantity": True}]}), "a.jsonl").consignments
    assert {(flag["field"], flag["code"]) for flag in row["flags"]} == {
        ("version", "unreadable_number"),
        ("value", "unreadable_number"),
        ("mode", "unknown_code"),
        ("lodged_at", "unreadable_date"),
        ("courier", "unreadable_yes_no"),
        ("regime", "unknown_code"),
        ("goods[1].hs", "unreadable_code"),
        ("goods[1].quantity", "unreadable_number"),
    }


def test_a_huge_line_is_refused_and_the_next_is_read(load_bytes: Load) -> None:
    huge = '{"office": "' + "x" * 9_000_000 + '"}'
    loaded = load_bytes(lines(ROW, huge, ROW), "a.jsonl")
    assert (loaded.accepted, loaded.codes, loaded.positions) == (2, ["row_too_long"], ["2"])


def test_a_wrong_encoding_costs_its_line(load_bytes: Load) -> None:
    loaded = load_bytes(
        lines(ROW) + b'\n{"office": "\xff"}\n' + lines(ROW),
        "a.jsonl",
    )
    assert (loaded.accepted, loaded.codes) == (2, ["wrong_encoding"])


def test_utf16_with_a_mark_is_read(load_bytes: Load) -> None:
    assert load_bytes(lines(ROW).decode().encode("utf-16"), "a.jsonl").accepted == 1


def test_a_truncated_gzip_never_gives_half_an_object(load_bytes: Load) -> None:
    packed = gzip.compress(lines(*[{**ROW, "value": at * 0.37} for at in range(500)]))
    loaded = load_bytes(packed[:-40], "a.jsonl.gz")
    assert loaded.codes == ["truncated_input"]
    assert 0 < loaded.accepted < 500


def test_a_json_list_is_refused_with_advice(load_bytes: Load) -> None:
    (reject,) = load_bytes(b'[\n {"a": 1}\n]', "a.json").rejects
    assert reject["code"] == "unknown_format" and "one object a line" in reject["message"]


MAPPING = """
[mapping]
name = "parcels"
[file]
timezone = "+08:00"
[constants]
administration = "MO"
[columns]
"parcel.no" = "references.postal_item"
"parcel.sent" = "lodged_at"
"items.code" = "goods.hs"
"items.grams" = { to = "goods.net_mass_kg", unit = "g" }
"""


def test_a_mapping_reads_paths_and_lists(load_bytes: Load, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(MAPPING)
    good = {"parcel": {"no": "P1", "sent": "2026-05-01"}, "items": [{"code": "6403", "grams": 500}, {"code": "6404"}]}
    loaded = load_bytes(lines(good, {"parcel": {}}, {"items": []}, "{"), "a.jsonl", mapping=str(tmp_path / "m.toml"))
    (row,) = loaded.consignments
    assert row["consignment_id"] == "MO:postal_item:P1"
    assert [(item["sequence"], item["hs"], item["net_mass_kg"]) for item in row["goods"]] == [
        (1, "6403", 0.5),
        (2, "6404", None),
    ]
    assert (loaded.read, loaded.accepted) == (4, 1)
    assert sorted(zip(loaded.positions, loaded.codes, strict=True)) == [
        ("2", "no_identity"),
        ("3", "no_identity"),
        ("4", "malformed_json"),
    ]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "value", "hs", "role"]), inner)
    ),
    max_leaves=6,
)
_NAMES = st.sampled_from(
    ["administration", "goods", "references", "lodged_at", "mode", "version", "partial", "consignment_id"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(_NAMES, _VALUES), max_size=6))
def test_any_object_keeps_the_balance(load_bytes: Load, rows: list[dict[str, Any]]) -> None:
    loaded = load_bytes(lines(*rows), "a.jsonl", administration="HK")
    assert loaded.read == len(rows)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200))
def test_random_bytes_are_read_without_an_error(load_bytes: Load, body: bytes) -> None:
    load_bytes(b"{" + body, "a.jsonl")
