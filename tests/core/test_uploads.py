"""Hostile files in the administration's upload form: a sentence and no row, never an error page."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image
from wagtail.documents import get_document_model
from wagtail.models import Collection

from portal.core.models import PortalImage
from tests.factories.people import UserFactory
from tests.factories.pictures import encoded, png_that_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, settings):
    settings.PORTAL_DEMO = True
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def jpeg(**options) -> bytes:
    return encoded(Image.effect_noise((64, 64), 80).convert("RGB"), "JPEG", **options)


def archive() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as made:
        made.writestr("x.html", "<script>alert(1)</script>")
    return output.getvalue()


HOSTILE = {
    "empty": ("a.jpg", b""),
    "words": ("a.jpg", b"just words"),
    "page": ("a.png", b"<!doctype html><script>alert(1)</script>"),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "svg named png": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "truncated": ("a.jpg", jpeg()[:-400]),
    "only the header": ("a.jpg", jpeg()[:24]),
    "archive": ("a.jpg", archive()),
    "gif": ("a.gif", b"GIF89a/*\x01\x00\x01\x00*/=1;alert(1)//"),
    "bomb": ("a.png", png_that_claims(60_000, 60_000)),
    "too many pixels": ("a.png", png_that_claims(8_000, 6_000)),
    "less than the header says": ("a.png", png_that_claims(900, 900)),
    "too many bytes": ("a.jpg", jpeg() + b"\0" * 10 * 1024 * 1024),
    "photoshop": ("a.jpg", b"8BPS\x00\x01" + b"\0" * 100),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("address", ["/admin/images/add/", "/admin/images/multiple/add/"])
def test_it_is_refused_with_a_sentence(admin, address, name):
    response = upload(admin, address, *HOSTILE[name])
    assert (response.status_code, PortalImage.objects.count()) == (200, 0)
    assert len(said(response)) == 1
    assert said(response)[0].endswith(".")


@pytest.mark.parametrize("address", ["/admin/images/add/", "/admin/images/multiple/add/"])
def test_a_photo_with_an_archive_behind_it_is_stored_without_either_secret(admin, address):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Telephone"
    upload(admin, address, "Foto.JPEG", jpeg(exif=exif) + archive())
    picture = stored(address)
    assert (b"Telephone" in picture, b"PK\x03\x04" in picture) == (False, False)
    assert Image.open(BytesIO(picture)).size == (64, 64)


def test_a_picture_under_a_wrong_name_is_stored_under_the_right_one(admin):
    upload(admin, "/admin/images/add/", "bild.png", jpeg())
    assert PortalImage.objects.get().filename == "bild.jpg"


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a.docm", "a.js", "a"])
def test_a_document_that_could_run_is_refused(admin, name):
    response = send_document(admin, name)
    assert (response.status_code, get_document_model().objects.count()) == (200, 0)
    assert response.context["form"].errors["file"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.odt", "a.ods", "a.csv", "a.txt"])
def test_a_document_of_an_office_is_taken(admin, name):
    send_document(admin, name)
    assert get_document_model().objects.get().filename.startswith("a")


def upload(client, address: str, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    collection = Collection.get_first_root_node().pk
    if "multiple" in address:
        fields = {"title": "Bild", "files[]": file, "collection": collection}
        return client.post(address, fields, headers={"x-requested-with": "XMLHttpRequest"})
    fields = {
        "title": "Bild",
        "file": file,
        "collection": collection,
        "credit": "Wir",
        "licence": "CC BY 4.0",
    }
    return client.post(address, fields)


def said(response) -> list[str]:
    if response.headers["Content-Type"].startswith("application/json"):
        return [response.json()["error_message"].strip()]
    return list(response.context["form"].errors["file"])


def stored(address: str) -> bytes:
    """The bytes that the last upload left; of several at once they wait for their facts."""
    from wagtail.models import UploadedFile

    row = UploadedFile.objects.get() if "multiple" in address else PortalImage.objects.get()
    with row.file.open() as file:
        return file.read()


def send_document(client, name: str):
    fields = {
        "title": "Dokument",
        "file": SimpleUploadedFile(name, b"words"),
        "collection": Collection.get_first_root_node().pk,
    }
    return client.post("/admin/documents/add/", fields)
