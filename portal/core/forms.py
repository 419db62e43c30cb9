"""Form fields that several apps use."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.core.domain.pictures import MAX_PIXELS, NoPicture, Picture, TooManyPixels, redrawn


class PictureField(WagtailImageField):
    """An upload that is a picture: drawn anew, so that neither metadata nor hidden content is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages["too_large"] = _(
            "This file is larger than %(limit)s. Please choose a smaller one."
        )
        self.error_messages["no_picture"] = _(
            "This is not a picture that we can read. Please choose a complete JPG, PNG or WebP file."
        )
        self.error_messages["too_many_pixels"] = _(
            "This picture has more than %(limit)s million pixels. Please make it smaller first."
        )

    def to_python(self, data: Any) -> UploadedFile | None:
        if FileField.to_python(self, data) is None:
            return None
        upload: UploadedFile = data
        if (upload.size or 0) > self.max_upload_size:
            raise self.refusal("too_large", filesizeformat(self.max_upload_size))
        try:
            picture = redrawn(upload.read())
        except NoPicture as error:
            raise self.refusal("no_picture") from error
        except TooManyPixels as error:
            raise self.refusal("too_many_pixels", str(MAX_PIXELS // 1_000_000)) from error
        clean: UploadedFile = super().to_python(overwritten(upload, picture))
        return clean

    def refusal(self, code: str, limit: str = "") -> ValidationError:
        """The error `code` as a sentence for the reader."""
        return ValidationError(self.error_messages[code], code=code, params={"limit": limit})


def overwritten(upload: UploadedFile, picture: Picture) -> UploadedFile:
    """`upload` with the bytes of `picture`: in place, for Wagtail also keeps the file that the request holds."""
    upload.seek(0)
    upload.truncate()
    upload.write(picture.content)
    upload.flush()
    upload.seek(0)
    upload.size = len(picture.content)
    upload.name = f"{Path(upload.name or 'picture').stem}.{picture.extension}"
    return upload


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures, wherever the administration shows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail names the class of this field in code; a declared one would also stand in the form without a file.
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )
