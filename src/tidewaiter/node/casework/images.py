"""Looking at pictures that people send: what is decoded is believed, nothing else; the copy holds pixels alone."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from tidewaiter.node.accounts.errors import Refused

MOST_BYTES: Final = 20_000_000
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 2_560
"""Of the copy, in pixels."""

FORMATS: Final = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_QUALITY: Final = 85
_HEIF: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that could be decoded: its own format and size in pixels, and a JPEG copy without metadata."""

    format: str
    width: int
    height: int
    copy: bytes

    @property
    def ending(self) -> str:
        """The ending of the original's file name."""
        return FORMATS[self.format]


def look(content: bytes) -> Picture:
    """Decode ``content`` whole; raises Refused, in words for the sender, for what is too large or no picture."""
    if not content:
        raise Refused(_("The file is empty. Take the picture again."), field="photograph")
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The picture is larger than {most} MB. Take it with a lower resolution.").format(
                most=MOST_BYTES // 1_000_000
            ),
            field="photograph",
        )
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        raise Refused(
            _(
                "HEIC pictures cannot be read here. In the camera settings of the phone choose “Most compatible”, "
                "or send a JPEG, PNG or WebP."
            ),
            field="photograph",
        )
    try:
        return _decoded(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels() from bomb
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError) as broken:
        raise Refused(
            _("This is no picture that can be read. Send a JPEG, PNG or WebP."), field="photograph"
        ) from broken


def _decoded(content: bytes) -> Picture:
    with warnings.catch_warnings():
        # Pillow warns of pictures somewhat larger than ours may be; the size is checked right below.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        opened = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
    with opened as image:
        width, height, kind = image.width, image.height, str(image.format)
        if width * height > MOST_PIXELS or not width or not height:
            raise _too_many_pixels()
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        upright = ImageOps.exif_transpose(image)
        copy = _plain(upright)
        copy.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        written = io.BytesIO()
        copy.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(kind, width, height, written.getvalue())


def _plain(image: Image.Image) -> Image.Image:
    """Pixels on white, without anything that a file carries beside them."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        over = image.convert("RGBA")
        ground = Image.new("RGB", over.size, "white")
        ground.paste(over, mask=over.getchannel("A"))
        return ground
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _too_many_pixels() -> Refused:
    return Refused(
        _("The picture has more than {most} million pixels. Take it with a lower resolution.").format(
            most=MOST_PIXELS // 1_000_000
        ),
        field="photograph",
    )
