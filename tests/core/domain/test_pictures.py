"""Pictures are drawn anew: upright, without metadata, without what else a file may carry."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from portal.core.domain.pictures import NoPicture, TooManyPixels, redrawn
from tests.factories.pictures import encoded, png_that_claims


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(redrawn(content).content))


def test_a_photo_loses_where_it_was_taken_and_stands_upright():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Telephone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (50.0, 39.0, 0.0)
    photo = encoded(Image.new("RGB", (40, 20), "red"), "JPEG", exif=exif)
    assert b"Telephone" in photo
    picture = opened(photo)
    assert (picture.size, dict(picture.getexif())) == ((20, 40), {})


def test_words_in_a_png_are_left_behind():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    source = encoded(Image.new("RGBA", (4, 4), (255, 0, 0, 128)), "PNG", pnginfo=words)
    result = redrawn(source).content
    assert (b"script" in source, b"script" in result) == (True, False)
    assert Image.open(BytesIO(result)).getpixel((0, 0)) == (255, 0, 0, 128)


@pytest.mark.parametrize(
    "payload", [b"PK\x03\x04 an archive", b"<?php system($_GET[0]); ?>", b"<script>alert(1)</script>"]
)
@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
def test_what_hangs_behind_a_picture_is_cut_off(format_name, payload):
    polyglot = encoded(Image.new("RGB", (4, 4)), format_name) + payload
    assert payload not in redrawn(polyglot).content


def test_a_picture_for_print_becomes_one_for_the_screen():
    assert opened(encoded(Image.new("CMYK", (4, 4)), "JPEG")).mode == "RGB"


def test_transparent_palettes_stay_transparent():
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([255, 0, 0])
    assert opened(encoded(picture, "PNG", transparency=0)).getpixel((0, 0))[3] == 0


def test_colours_of_a_wider_space_are_brought_home():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = opened(encoded(Image.new("RGB", (4, 4), "red"), "PNG", icc_profile=profile))
    assert (picture.getpixel((0, 0)), picture.info) == ((255, 0, 0), {})


def test_a_broken_colour_profile_does_not_matter():
    assert opened(encoded(Image.new("RGB", (4, 4), "red"), "PNG", icc_profile=b"junk")).getpixel((0, 0)) == (
        255,
        0,
        0,
    )


def test_the_extension_is_that_of_what_the_file_is():
    assert redrawn(encoded(Image.new("RGB", (4, 4)), "WEBP")).extension == "webp"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        encoded(Image.new("RGB", (300, 300), "red"), "JPEG")[:-700],
        encoded(Image.new("RGB", (300, 300), "red"), "PNG")[:120],
        encoded(Image.new("RGB", (4, 4)), "JPEG")[:20],
        encoded(Image.new("RGB", (4, 4)), "BMP"),
        encoded(Image.new("RGB", (4, 4)), "TIFF"),
    ],
    ids=["empty", "words", "svg", "cut JPEG", "cut PNG", "only a header", "BMP", "TIFF"],
)
def test_what_is_no_whole_picture_is_refused(content):
    with pytest.raises(NoPicture):
        redrawn(content)


@pytest.mark.parametrize("side", [6400, 60_000], ids=["large", "a bomb"])
def test_more_pixels_than_memory_should_hold_are_refused_unread(side):
    with pytest.raises(TooManyPixels):
        redrawn(png_that_claims(side, side))


def test_a_header_that_promises_more_than_follows_is_refused():
    with pytest.raises(NoPicture):
        redrawn(png_that_claims(900, 900))
