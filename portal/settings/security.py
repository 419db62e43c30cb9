"""What browsers are told about our pages."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

#: Pages for everybody: nothing inline, nothing from elsewhere but a video that the reader asked for.
CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str] | bool]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": VIDEO_HOSTS,
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

#: Pages for staff: Wagtail's editor writes inline, and shows previews in a frame.
PORTAL_STAFF_POLICY: dict[str, list[str] | bool] = {
    "default-src": [SELF],
    "base-uri": [SELF],
    "connect-src": [SELF],
    "font-src": [SELF, "data:"],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "frame-src": [SELF, *VIDEO_HOSTS],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF],
    "object-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "worker-src": [SELF, "blob:"],
}

PORTAL_PERMISSIONS_POLICY = ", ".join(
    [
        *(
            f"{name}=()"
            for name in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
        "fullscreen=(self {})".format(" ".join(f'"{host}"' for host in VIDEO_HOSTS)),
    ]
)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# A video host must learn who shows it, or it refuses; a path it need not learn.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Uploads; portal/core/forms.py reads pictures anew.
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.core.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]
# Every document is saved, none is shown on our origin.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
