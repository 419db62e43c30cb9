"""Pictures from strangers: read once, drawn anew, so that only what can be seen is kept."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

MAX_PIXELS = 40_000_000
#: format as Pillow names it: (extension, how it is written)
FORMATS: dict[str, tuple[str, dict]] = {
    "JPEG": ("jpg", {"quality": 90, "optimize": True}),
    "PNG": ("png", {}),
    "WEBP": ("webp", {"quality": 90}),
}
#: what each format can hold without loss; anything else becomes RGB
MODES = {"JPEG": {"L", "RGB"}, "PNG": {"L", "LA", "RGB", "RGBA"}, "WEBP": {"RGB", "RGBA"}}


class NoPicture(Exception):
    """The file is no picture, or a broken one."""


class TooManyPixels(Exception):
    """The picture would fill the memory."""


@dataclass(frozen=True)
class Picture:
    """A picture without metadata."""

    content: bytes
    extension: str


def redrawn(content: bytes) -> Picture:
    """The picture in `content`, upright, in sRGB, without metadata and without whatever else the file carried.

    Raises NoPicture for what is none or is cut off, TooManyPixels above MAX_PIXELS.
    """
    try:
        with Image.open(BytesIO(content), formats=list(FORMATS)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise TooManyPixels
            return _written(_plain(opened), opened.format or "")
    except (TooManyPixels, Image.DecompressionBombError) as error:
        raise TooManyPixels from error
    except Exception as error:
        # A hostile file makes a decoder raise whatever it likes.
        raise NoPicture from error


def _plain(opened: Image.Image) -> Image.Image:
    profile = opened.info.get("icc_profile")
    modes = MODES[opened.format or ""]
    image = ImageOps.exif_transpose(opened)
    if image.mode not in modes:
        transparent = image.has_transparency_data and "RGBA" in modes
        image = image.convert("RGBA" if transparent else "RGB")
    if profile and image.mode == "RGB":
        image = _in_srgb(image, profile)
    return Image.frombytes(image.mode, image.size, image.tobytes())


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return (
            ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            or image
        )
    except (ImageCms.PyCMSError, OSError):
        # The profile is broken, or one for print; the colours stay as they are.
        return image


def _written(image: Image.Image, format_name: str) -> Picture:
    extension, options = FORMATS[format_name]
    output = BytesIO()
    image.save(output, format_name, **options)
    return Picture(output.getvalue(), extension)
