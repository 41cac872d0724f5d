"""Front-end files come by name and digest; the lock names no address; a wrong file stops everything."""

import hashlib
import json
from pathlib import Path

import pytest

from tidewaiter.node.ui import vendor


def test_the_lock_names_no_address_and_pins_every_package() -> None:
    lock = json.loads((vendor.ROOT / "package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    for name, one in packages.items():
        assert "resolved" not in one, name
        assert one["integrity"].startswith("sha512-"), name
        assert not one.get("hasInstallScript"), name


def test_every_file_of_a_style_sheet_or_page_is_on_the_list() -> None:
    import re

    names = [one.name for one in vendor.wanted(vendor.LIST.read_text())]
    static = vendor.HERE / "static" / "ui"
    used = {m for path in static.glob("*.css") for m in re.findall(r'url\("\.\./vendor/([^"]+)"\)', path.read_text())}
    pages = [*(vendor.HERE / "templates").rglob("*.html")]
    used |= {m for path in pages for m in re.findall(r'{% static "vendor/([^"]+)" %}', path.read_text())}
    assert used <= set(names)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "node_modules" / "sails"
    folder.mkdir(parents=True)
    (folder / "a.css").write_text(
        "a{}\n/*# sourceMappingURL=a.css.map */\nb{src:url(x.woff2) format('woff2'),url(x.woff) format('woff')}"
    )
    digest = hashlib.sha256((folder / "a.css").read_bytes()).hexdigest()
    listing = tmp_path / "vendor.toml"
    listing.write_text(f'[[file]]\npackage = "sails"\npath = "a.css"\nname = "b.css"\nsha256 = "{digest}"\n')
    monkeypatch.setattr(vendor, "LIST", listing)
    return tmp_path


def test_what_is_served_has_no_source_map_and_no_old_font(package: Path) -> None:
    assert vendor.copy(package / "node_modules", package / "out", package / "tests") == 1
    assert (package / "out" / "b.css").read_text() == "a{}\n\nb{src:url(x.woff2) format('woff2')}".replace("\n\n", "\n")


def test_a_file_that_is_another_stops_and_leaves_the_old_ones(package: Path) -> None:
    vendor.copy(package / "node_modules", package / "out", package / "tests")
    (package / "node_modules" / "sails" / "a.css").write_text("c{}")
    with pytest.raises(vendor.VendorError, match="is not the file that was chosen"):
        vendor.copy(package / "node_modules", package / "out", package / "tests")
    assert (package / "out" / "b.css").is_file()


def test_a_file_that_is_gone_is_named(package: Path) -> None:
    (package / "node_modules" / "sails" / "a.css").unlink()
    with pytest.raises(vendor.VendorError, match=r"sails has no a\.css"):
        vendor.copy(package / "node_modules", package / "out", package / "tests")


def test_renewing_writes_the_digest_that_is_there(package: Path) -> None:
    (package / "node_modules" / "sails" / "a.css").write_text("c{}")
    text = vendor.renewed(vendor.LIST.read_text(), package / "node_modules")
    assert hashlib.sha256(b"c{}").hexdigest() in text
