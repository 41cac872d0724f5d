"""Names of messages and consignments, and the rows that say why something was refused."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.intake import identity
from tidewaiter.intake.rejects import RAW_BYTES, SENTENCES, Reason, Reject, reject_batch

_TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@given(declaration=_TEXT, functional=_TEXT, declarant=_TEXT, house=_TEXT, postal=_TEXT)
def test_the_scalar_and_the_bulk_rule_agree(
    declaration: str | None, functional: str | None, declarant: str | None, house: str | None, postal: str | None
) -> None:
    transport = next(((kind, value) for kind, value in (("house_bill", house), ("postal_item", postal)) if value), None)
    one = identity.consignment_id(
        "HK",
        "m-1",
        declaration_number=declaration,
        functional_reference=functional,
        declarant=declarant,
        transport=transport,
    )
    columns = {"d": declaration, "f": functional, "p": declarant, "h": house, "s": postal}
    frame = pl.DataFrame({name: pl.Series([value], dtype=pl.String) for name, value in columns.items()})
    bulk = identity.consignment_ids(
        pl.lit("HK"),
        pl.lit("m-1"),
        declaration_number=pl.col("d"),
        functional_reference=pl.col("f"),
        declarant=pl.col("p"),
        transport={"house_bill": pl.col("h"), "postal_item": pl.col("s")},
    )
    assert frame.select(bulk.alias("id"))["id"].to_list() == [one]


def test_a_house_bill_is_not_a_version_of_a_declaration_of_that_number() -> None:
    house = identity.consignment_id("HK", "m", transport=("house_bill", "17"))
    assert house != identity.consignment_id("HK", "m", declaration_number="17")
    assert identity.consignment_id("HK", "m") == "HK:message:m"


def test_message_ids() -> None:
    ids = pl.DataFrame({"at": [1, 2]}).select(identity.message_ids("a.csv", pl.col("at")).alias("id"))["id"].to_list()
    assert ids == [identity.message_id("a.csv", 1), identity.message_id("a.csv", 2)]
    assert identity.message_id("x/a.csv", 1) != identity.message_id("y/a.csv", 1)


def test_every_reason_has_one_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a", "a"),
        (b"a\xff", "a\\xff"),
        ("\ud800", "\\ud800"),
        ("品" * 30_000, "品" * (RAW_BYTES // 3)),
        (b"x" * 70_000, "x" * RAW_BYTES),
    ],
)
def test_the_raw_text_is_shown_whatever_it_is(raw: str | bytes, shown: str) -> None:
    (row,) = reject_batch([Reject(Reason.NO_IDENTITY, "f", "1", raw=raw)]).to_pylist()
    assert row["raw"] == shown
    assert row["message"] == SENTENCES[Reason.NO_IDENTITY]
