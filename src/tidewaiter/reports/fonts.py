"""The Chinese fonts of printed papers. Nothing is fetched: a font lies in one of the named folders, or it is missing.

The folders are looked at in this order: those that the caller names (a node's own approved fonts), then where Debian's
package ``fonts-noto-cjk`` puts its fonts. The first one that holds all three families decides. Papers are the same
byte for byte wherever the same fonts are.
"""

from collections.abc import Iterable
from pathlib import Path

DEBIAN = (Path("/usr/share/fonts/opentype/noto"),)
FAMILIES = {
    "zh-Hant": ("Noto Serif CJK HK", "Noto Serif CJK TC"),
    "zh-Hant-MO": ("Noto Serif CJK HK", "Noto Serif CJK TC"),
    "zh-Hans": ("Noto Serif CJK SC",),
}
"""The families of each Chinese language, first choice first. Latin letters come from the font that typst carries."""
_FILES = ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")


class FontsMissing(Exception):
    """No folder holds the Chinese fonts. Nothing was written; the message says what to do."""


def chinese_fonts(folders: Iterable[Path] = ()) -> Path:
    """The folder with the Chinese fonts. Raises FontsMissing."""
    looked = (*folders, *DEBIAN)
    for folder in looked:
        if all((folder / name).is_file() for name in _FILES):
            return folder
    raise FontsMissing(
        f"{' and '.join(_FILES)} lie in none of {', '.join(map(str, looked))}; no paper was printed. Install them with "
        "`apt-get install fonts-noto-cjk`, or put them into the node's folder of fonts."
    )
