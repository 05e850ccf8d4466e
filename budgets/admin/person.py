"""People: the only way to an account, a first password, out of a lock, to another phone."""

from django.contrib import admin, messages
from django.contrib.auth.admin import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from budgets.admin.audited import Journaled
from budgets.models import Membership
from disclosures.workplace.accounts import lockout, second_factor
from disclosures.workplace.accounts.passwords import give_first_password
from disclosures.workplace.accounts.people import (
    OfficerForm,
    PersonForm,
    PostForm,
    give_role,
    may_keep,
)

# What a role may do stands in the code, and the secrets of an app are nobody's to look at.
for model in (User, Group, StaticDevice, TOTPDevice):
    admin.site.unregister(model)


class PostInline(admin.TabularInline):
    """A person's posts."""

    model = Membership
    form = PostForm
    extra = 1
    autocomplete_fields = ("department",)
    verbose_name = "岗位"
    verbose_name_plural = "在部门的岗位（管到下属单位）"


@admin.register(User)
class PersonAdmin(Journaled):
    """Accounts are given, changed and put out of use, never deleted."""

    list_display = ("username", "full_name", "posts", "in_use", "has_app", "last_login")
    list_filter = ("is_active", "groups", "memberships__post")
    search_fields = ("username", "first_name", "memberships__department__name")
    search_help_text = "按用户名、姓名或部门查找"
    ordering = ("username",)
    change_form_template = "admin/person.html"

    def get_queryset(self, request):
        """With what the list says of each."""
        related = ("groups", "memberships__department", "totpdevice_set")
        return super().get_queryset(request).prefetch_related(*related)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The system's administrator gives the roles in the bureau, and nobody else."""
        gives_roles = request.user.is_superuser and self.has_change_permission(request, obj)
        return super().get_form(
            request, obj, change, **kwargs | {"form": OfficerForm if gives_roles else PersonForm}
        )

    def get_inlines(self, request, obj):
        """The bureau gives the posts in departments."""
        return () if request.user.is_superuser else (PostInline,)

    def has_change_permission(self, request, obj=None):
        """Of another's account, as the separation of the offices has it."""
        is_theirs = obj is None or may_keep(request.user, obj)
        return is_theirs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Never: what a person has done keeps his name."""
        return False

    def save_model(self, request, obj, form, change):
        """A new person may enter the workplace, with a password to be changed."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not change:
            obj.given_password = give_first_password(obj, request.user)

    def save_related(self, request, form, formsets, change):
        """The role in the bureau with the rest."""
        super().save_related(request, form, formsets, change)
        if "role" in form.cleaned_data:
            give_role(form.instance, form.cleaned_data["role"])

    def response_add(self, request, obj, post_url_continue=None):
        """The first password, this once."""
        return self.show_password(request, obj, obj.given_password)

    def show_password(self, request: HttpRequest, person: User, password: str) -> HttpResponse:
        """A page that nobody keeps, with a password that is said once."""
        context = self.admin_site.each_context(request)
        context |= {"title": "初始密码", "person": person, "password": password}
        response = TemplateResponse(request, "account/first_password.html", context)
        add_never_cache_headers(response)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With what can be done for a person at the door."""
        if obj and self.has_change_permission(request, obj):
            context |= {"may_keep": True, "is_locked": lockout.is_locked(obj)}
            context["is_enrolled"] = second_factor.is_enrolled(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        """The admin's own, without its history, and the three acts at the door."""
        acts = {"password": self.reset_password, "unlock": self.unlock, "app": self.reset_app}
        wrap = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{name}/", wrap(require_POST(act)), name=f"auth_user_{name}")
            for name, act in acts.items()
        ]
        return own + super().get_urls()

    def find_kept(self, request: HttpRequest, pk: int) -> User:
        """A person whose account the user may change; a stranger does not learn who there is."""
        person = self.get_queryset(request).filter(pk=pk).first()
        if person is None or not self.has_view_permission(request):
            raise Http404("没有这个人员。")
        if not self.has_change_permission(request, person):
            raise PermissionDenied("这个账号不由您管理。")
        return person

    @transaction.atomic
    def reset_password(self, request, pk):
        """Give a new first password."""
        person = self.find_kept(request, pk)
        return self.show_password(request, person, give_first_password(person, request.user))

    @transaction.atomic
    def unlock(self, request, pk):
        """Let a person try again."""
        person = self.find_kept(request, pk)
        lockout.unlock(person, request.user)
        messages.success(request, f"已解锁 {person}，现在可以登录。")
        return redirect("admin:auth_user_change", pk)

    @transaction.atomic
    def reset_app(self, request, pk):
        """Let a person set up another app."""
        person = self.find_kept(request, pk)
        second_factor.remove(person, request.user)
        messages.success(request, f"已重置 {person} 的两步登录，下次登录时重新设置。")
        return redirect("admin:auth_user_change", pk)

    @admin.display(description="姓名", ordering="first_name")
    def full_name(self, person):
        """As people know one another."""
        return person.get_full_name()

    @admin.display(description="在用", boolean=True, ordering="is_active")
    def in_use(self, person):
        """False for who has left."""
        return person.is_active

    @admin.display(description="岗位")
    def posts(self, person):
        """What a person is, everywhere."""
        own = [
            f"{each.department.name} {each.get_post_display()}" for each in person.memberships.all()
        ]
        system = ["系统管理员"] if person.is_superuser else []
        return "；".join([*system, *(group.name for group in person.groups.all()), *own]) or "没有"

    @admin.display(description="两步登录", boolean=True)
    def has_app(self, person):
        """True for who has an authenticator app."""
        return any(device.confirmed for device in person.totpdevice_set.all())
