"""A damaged or foreign index is refused in words, and building leaves nothing half done."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tidewaiter.lake.reference_index import Index, IndexRefused, build, read_consignment

KEY = b"a secret of a node, for tests only"
MakeLake = Callable[..., Path]


@pytest.fixture
def root(make_lake: MakeLake) -> Path:
    root = make_lake([{"references": [{"type": "house_bill", "value": f"TW{number}"}]} for number in range(2000)])
    build(root, root.parent / "index", KEY)
    return root


def segment_of(root: Path) -> Path:
    return next((root.parent / "index").glob("administration=*.segment"))


def look_up_all(root: Path) -> list[int]:
    index = Index.open(root.parent / "index", KEY)
    return [len(index.find(f"TW{number}")) for number in range(2000)]


def test_any_damaged_byte_is_noticed_or_does_no_harm(root: Path) -> None:
    path = segment_of(root)
    whole = path.read_bytes()
    for place in [*range(64), 64, 5000, 40_000, len(whole) - 30, len(whole) - 1]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        with pytest.raises(IndexRefused, match="build the index again"):
            look_up_all(root)
    path.write_bytes(whole)
    assert look_up_all(root) == [1] * 2000


@pytest.mark.parametrize("kept", [0, 10, 64, 30_000, -1])
def test_a_segment_cut_short_is_refused(root: Path, kept: int) -> None:
    path = segment_of(root)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(IndexRefused, match="not a whole segment"):
        Index.open(root.parent / "index", KEY)


def test_a_segment_that_is_gone_is_named(root: Path) -> None:
    segment_of(root).unlink()
    with pytest.raises(IndexRefused, match=r"month=2026-05\.segment"):
        Index.open(root.parent / "index", KEY)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "cannot be read"),
        ("[]", "another release"),
        ('{"format": "tidewaiter reference index/9"}', "another release"),
    ],
)
def test_a_catalogue_that_says_something_else_is_refused(root: Path, content: str, words: str) -> None:
    (root.parent / "index" / "index.json").write_text(content)
    with pytest.raises(IndexRefused, match=words):
        Index.open(root.parent / "index", KEY)


def test_a_catalogue_that_was_changed_by_hand_is_refused(root: Path) -> None:
    path = root.parent / "index" / "index.json"
    path.write_text(path.read_text().replace('"administration": "HK"', '"administration": "MO"'))
    with pytest.raises(IndexRefused, match="digest does not fit"):
        Index.open(root.parent / "index", KEY)


def test_no_index_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexRefused, match="holds no reference index"):
        Index.open(tmp_path, KEY)


def test_a_lake_that_changed_is_noticed(root: Path) -> None:
    index = Index.open(root.parent / "index", KEY)
    (place,) = index.find("TW5")
    file = root / place.file
    file.write_bytes(file.read_bytes() + b"more")
    with pytest.raises(IndexRefused, match="not the file that was indexed"):
        index.find("TW5")
    file.unlink()
    with pytest.raises(IndexRefused, match="cannot be read"):
        read_consignment(index.root, place)


def test_a_place_that_leads_elsewhere_is_refused(root: Path) -> None:
    from dataclasses import replace

    (place,) = Index.open(root.parent / "index", KEY).find("TW5")
    with pytest.raises(IndexRefused, match="does not lie within"):
        read_consignment(root / "consignment", replace(place, file=f"../{place.file}"))
    with pytest.raises(IndexRefused, match="another message"):
        read_consignment(root, replace(place, row=place.row + 1))


def test_a_lake_that_cannot_be_read_leaves_the_old_index(root: Path) -> None:
    before = segment_of(root).read_bytes()
    file = next((root / "consignment").rglob("*.parquet"))
    file.write_bytes(b"PAR1 nothing of the kind")
    with pytest.raises(IndexRefused, match="No index was written"):
        build(root, root.parent / "index", KEY)
    assert segment_of(root).read_bytes() == before
    assert sorted(path.name for path in root.parent.iterdir()) == ["index", "result"]


def test_a_result_without_consignments_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexRefused, match="holds no consignments"):
        build(tmp_path, tmp_path / "index", KEY)
