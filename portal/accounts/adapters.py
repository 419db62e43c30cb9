"""What allauth asks the portal: how mails look and which language they speak, what is counted, where to go next."""

import time
from typing import Any, ClassVar, cast

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.mail import EmailMessage
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, get_language_from_path, gettext, override
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain.mails import compose
from portal.accounts.domain.users import open_administration_in_own_language
from portal.accounts.forms import CONFIRMED_ADDRESS
from portal.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in, sign-up and mails of accounts."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off at present."),
        "duplicate_email": _("This is already the address of your account."),
        "email_password_mismatch": _("The email address or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Please take the one that the app shows now."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("This link is no longer valid."),
        "rate_limited": _("Too many attempts. Please wait a little and try again."),
        "too_many_login_attempts": _(
            "Too many attempts. Please try again in 15 minutes, or choose a new password."
        ),
    }

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Keeps the name, and the language that the reader signed up in."""
        user.name = form.cleaned_data["name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Whoever works in the administration meets it in their language, and everybody is greeted in that of the page to come."""
        if user.has_perm("wagtailadmin.access_admin"):
            open_administration_in_own_language(user)
        to_come = get_login_redirect_url(
            request, kwargs.get("redirect_url"), signup=kwargs.get("signup", False)
        )
        with override(get_language_from_path(to_come) or user.language):
            return super().post_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The user's own page, in the user's language."""
        with override(cast(User, request.user).language):
            return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page that the change began on."""
        return resolve_url("my_account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the language of the page that was left."""
        return f"/{get_language()}/"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link of the mail, which brings the reader back to where the sign-up began.

        By way of the sign-in: who opens the mail on another device signs in there first, everybody else passes through.
        """
        url = super().get_email_confirmation_url(request, emailconfirmation)
        began_at = get_next_redirect_url(request)
        if not began_at:
            return url
        sign_in = f"{resolve_url('account_login')}?{urlencode({REDIRECT_FIELD_NAME: began_at})}"
        return f"{url}?{urlencode({REDIRECT_FIELD_NAME: sign_in})}"

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirms an address; whoever has to sign in then, on another device than before, finds it filled in."""
        is_confirmed: bool = super().confirm_email(request, email_address)
        if is_confirmed and not request.user.is_authenticated:
            request.session[CONFIRMED_ADDRESS] = email_address.email
        return is_confirmed

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Counted per account and address, so that nobody can lock out somebody else from afar.
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not straight after signing in: nobody types the password twice in a row."""
        signed_in = get_authentication_records(self.request, self.request.user)
        if signed_in and time.time() - signed_in[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells the user of a change; the mail knows whom it speaks to, and what to do if it was somebody else."""
        reset_url = self.request.build_absolute_uri(resolve_url("account_reset_password"))
        context = {**(context or {}), "user": user, "reset_url": reset_url}
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends in the language of the receiver's account; without one, in the language of the page."""
        receiver = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = receiver.language if receiver else get_language()
        links = {
            key: translate_url(url, language) for key, url in context.items() if key.endswith("_url") and url
        }
        with override(language):
            super().send_mail(template_prefix, email, {**context, **links, "receiver": receiver})

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A mail of text and HTML from <prefix>_subject.txt and <prefix>_message.txt."""
        receiver = context["receiver"]
        return compose(
            subject=render_to_string(f"{template_prefix}_subject.txt", context),
            body=render_to_string(f"{template_prefix}_message.txt", context),
            name=receiver.name if receiver else "",
            to=[email] if isinstance(email, str) else email,
            headers=headers,
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """The authenticator app, recovery codes and passkeys."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("This second factor cannot be switched off."),
        "cannot_generate_recovery_codes": _("Recovery codes need an authenticator app or a passkey first."),
        "incorrect_code": _("This code is not right. Please take the one that the app shows now."),
        "unverified_email": _("Please confirm your new email address first."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """A name that tells the user's passkeys apart until the user gives a better one."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for the passkey, as the browser shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}
