"""The forms of an account: allauth's logic, our words, a password asked for once."""

import re
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserForm as WagtailUserForm

from portal.accounts.domain.consents import record_consent
from portal.accounts.domain.queries import privacy_page_url
from portal.accounts.domain.users import confirm_address
from portal.accounts.enums import ConsentKind
from portal.accounts.models import User

#: Addresses and markup. The name stands in mails to addresses that nobody has confirmed yet, so it must not carry links.
NOT_A_NAME = re.compile(r"[/:@<>\r\n\t]|www\.|(?<=[^\W\d_]{3})\.[^\W\d_]{2}")
#: Where the session of a browser keeps the address that was confirmed there, until it is filled in for signing in.
CONFIRMED_ADDRESS = "confirmed_address"
PASSWORD_HINT = _("At least 10 characters. Three or four words in a row are easy to remember.")


def validate_name(value: str) -> None:
    """Raises ValidationError for what is no name of a person."""
    if NOT_A_NAME.search(value):
        raise ValidationError(_("Please enter a name without addresses or special characters."))


class OurWords(forms.Form):
    """Labels and hints of the portal in place of allauth's, and no placeholders that repeat the label."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    #: fields of allauth that are not asked for
    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.left_out:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class LoginForm(OurWords, account.LoginForm):
    """Address and password."""

    labels = {
        "login": _("Email address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only once: whoever comes next to the same computer need not read it.
        self.fields["login"].initial = self.request.session.pop(CONFIRMED_ADDRESS, None)


class SignupForm(OurWords, account.SignupForm):
    """Three fields and the consent; the password once, for a forgotten one is easily renewed."""

    name = forms.CharField(
        max_length=150, validators=[validate_name], widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Without your consent we cannot keep an account for you.")}
    )

    field_order = ["name", "email", "password1", "consent"]
    labels = {
        "name": _("Your name"),
        "email": _("Email address"),
        "password1": _("Password"),
        "consent": _("I have read the privacy policy and agree that my data are used for my account."),
    }
    hints = {"password1": PASSWORD_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if address := privacy_page_url(get_language() or ""):
            self.fields["consent"].help_text = format_html(
                '<a href="{}">{}</a>', address, _("Read the privacy policy")
            )

    def try_save(self, request: HttpRequest) -> Any:
        """Creates the account; where the address has one already, its owner gets a mail and the page says the same."""
        if self.account_already_exists:
            # As slow as a new account, so that the time tells nothing either.
            make_password(self.cleaned_data["password1"])
        with transaction.atomic():
            return super().try_save(request)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keeps the consent beside the new account."""
        record_consent(user, ConsentKind.PRIVACY, get_language() or user.language)


class ProfileForm(forms.ModelForm):
    """How the portal addresses somebody."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"language": _("Language of our mails")}
        help_texts = {"language": _("The portal also opens in this language after you sign in.")}


class ChangeEmailForm(OurWords, account.AddEmailForm):
    """A new address, which counts once it is confirmed."""

    labels = {"email": _("New email address")}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """The current password and the new one."""

    left_out = ("password2",)
    labels = {"oldpassword": _("Current password"), "password1": _("New password")}
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """A first password for an account without one."""

    left_out = ("password2",)
    labels = {"password1": _("New password")}
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """Where to send the link."""

    labels = {"email": _("Email address")}


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    """The new password, by the link of the mail."""

    left_out = ("password2",)
    labels = {"password1": _("New password")}
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    """The password once more."""

    labels = {"password": _("Password")}


CODE_HINT = _("Six digits from your authenticator app, or one of your recovery codes.")


class SecondFactorForm(OurWords, second_factor.AuthenticateForm):
    """A code at sign-in."""

    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}


class ConfirmSecondFactorForm(OurWords, second_factor.ReauthenticateForm):
    """A code before something delicate."""

    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    labels = {"code": _("Code")}
    hints = {"code": _("Six digits, new every 30 seconds.")}


class AddPasskeyForm(OurWords, passkeys.AddWebAuthnForm):
    """A passkey with a name."""

    labels = {"name": _("Name of the passkey"), "passwordless": _("Also sign in without a password")}
    hints = {
        "name": _("So that you recognise it, for example “Laptop”."),
        "passwordless": _("The device then asks for your fingerprint, your face or a PIN."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(OurWords, passkeys.EditWebAuthnForm):
    """A better name for a passkey."""

    labels = {"name": _("Name of the passkey")}


class AdministrationForm(WagtailUserForm):
    """A user as an administrator sees it; the password is the user's own affair."""

    first_name = last_name = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True

    def clean_email(self) -> str:
        """Addresses are kept in small letters, as allauth compares them."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, commit: bool = True) -> User:
        """The address counts as confirmed: the administrator vouches for it, and the password goes there by mail."""
        user: User = super().save(commit=commit)
        if commit:
            confirm_address(user)
        return user


class UserCreationForm(AdministrationForm):
    """A new user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "The person sets a password with “Forgotten your password?” on the page for signing in."
        )

    class Meta:
        model = User
        fields = ("email", "name", "language", "is_superuser", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}


class UserEditForm(AdministrationForm):
    """A user who is there already; nobody takes away one's own rights by mistake."""

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]
            del self.fields["is_superuser"]

    class Meta:
        model = User
        fields = ("email", "name", "language", "is_active", "is_superuser", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}
