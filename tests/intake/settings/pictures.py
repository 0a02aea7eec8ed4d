"""Pictures to be logos, sound and otherwise."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw


def a_logo(*, width: int = 400, height: int = 100, kind: str = "PNG", mode: str = "RGB", **saved: Any) -> bytes:
    """Return a picture: two fields of color and a ring, so that a distorted one shows."""
    picture = Image.new("RGB", (width, height), (11, 110, 110))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((width // 2, 0, width, height), fill=(230, 140, 30))
    draw.ellipse((4, 4, height - 5, height - 5), outline=(255, 255, 255), width=max(height // 12, 1))
    target = io.BytesIO()
    picture.convert(mode).save(target, kind, **saved)
    return target.getvalue()


def a_huge_header(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    chunks = (struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
