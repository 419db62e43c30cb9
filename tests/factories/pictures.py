"""Pictures as bytes, good and bad."""

import zlib
from io import BytesIO

from PIL import Image


def encoded(image: Image.Image, format_name: str, **options) -> bytes:
    """`image` as a file."""
    output = BytesIO()
    image.save(output, format_name, **options)
    return output.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny file whose header promises a picture of another size, with a checksum that agrees."""
    content = bytearray(encoded(Image.new("1", (8, 8)), "PNG"))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)
