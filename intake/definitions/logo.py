"""A practice's logo: a picture from anybody's machine, read with care and made ready for paper."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final

from intake.domain.practice import Logo
from intake.errors import IntakeError

MOST_BYTES: Final = 1024 * 1024
MOST_PX: Final = 2000
PRINTED_PX: Final = (560, 176)
"""What the room of a letterhead takes at 300 dots to the inch; more would only make every paper larger."""


def read_logo(content: bytes) -> Logo:
    """Return the picture as it is printed: its pixels on white and nothing else of the file, never larger than ``PRINTED_PX``.

    Raises IntakeError ``logo_too_large`` (more than 1 MB), ``logo_not_a_picture`` (neither PNG nor JPEG), ``logo_too_many_pixels``
    (more than 2000 across or down), ``logo_damaged``.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - costs 40 ms, and only a practice with a logo needs it

    if len(content) > MOST_BYTES:
        raise IntakeError("logo_too_large")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > MOST_PX:
                raise IntakeError("logo_too_many_pixels")
            picture.load()
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise IntakeError("logo_too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise IntakeError("logo_not_a_picture") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error) as error:
        raise IntakeError("logo_damaged") from error
    white = Image.new("RGBA", upright.size, "white")
    flat = Image.alpha_composite(white, upright).convert("RGB")
    flat.thumbnail(PRINTED_PX, Image.Resampling.LANCZOS)
    target = io.BytesIO()
    flat.save(target, "PNG")
    return Logo(png=target.getvalue(), width_px=flat.width, height_px=flat.height)
