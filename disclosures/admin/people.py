"""People and their posts: the only way to an account, a first password, out of a lock, to another
phone.

Nobody looks after an account of his own here, and nobody can be both of a department and of the
bureau.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import Group, User  # type: ignore[attr-defined]
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from budgets import audit
from budgets.admin import BureauAdmin, LoggedAdmin
from budgets.models import Membership
from disclosures.workflow.access import COUNTY_ROLES, Role, county_roles
from disclosures.workflow.notifications import notify_bureau
from disclosures.workplace.accounts import second_factor
from disclosures.workplace.accounts.failures import free_everybody, free_person, is_waiting
from disclosures.workplace.accounts.passwords import give_first_password

# What a role may do stands in the code, and the secrets of an app are nobody's to look at.
for model in (User, Group, StaticDevice, TOTPDevice):
    admin.site.unregister(model)

BOTH = "财政部门的人员不能同时在部门任职：填报和审核不能是同一个人。"
ROLES = [("", "（选一个）"), *((role.value, role.value) for role in COUNTY_ROLES)]
# What is told to the people of the bureau when the account of one of them is touched.
GIVEN = "系统管理员给了 {} 一个新的初始密码。"
NO_APP = "系统管理员重置了 {} 的两步登录，下次登录时重新设置。"
CHANGED = "系统管理员新建或改动了 {} 的账号，现在的岗位是{}，{}。"
ASK = "不知道这件事的，请马上问他本人，并告诉审计员。"


LABELS = {"first_name": "姓名", "email": "邮箱", "is_active": "在用"}
HELP = {
    "username": "登录时输入，例如姓名的全拼；字母、数字和 @ . + - _。",
    "email": "可不填。",
    "is_active": "离开岗位的取消勾选，不删除：以前的记录仍写着他的名字。",
}


def may_manage_account(who, person: User) -> bool:
    """True where `who` may change the account of `person`.

    The bureau's administrator keeps those of departments; those of the bureau, which could move
    budgets or read the log, the system's administrator, who can do neither. So nobody can be both
    sides of a budget by setting passwords.
    """
    # The command line's own account is no person's, and nobody may log in with it.
    if who.pk == person.pk or person.is_superuser or not person.is_staff:
        return False
    if who.is_superuser:
        return who.is_active and is_of_bureau(person)
    return Role.BUREAU_ADMIN in county_roles(who) and not is_of_bureau(person)


def may_appoint(who, person: User) -> bool:
    """True where the system's administrator may take somebody into the bureau.

    Who has left his department keeps his account, by which it is known what he has filled.
    """
    is_free = not is_of_bureau(person) and not person.memberships.exists()
    return who.is_superuser and who.is_active and person.is_staff and is_free


def is_of_bureau(person: User) -> bool:
    return person.is_superuser or bool(list_county_roles(person))


def list_county_roles(person: User) -> list[str]:
    """The roles in the bureau that a person has been given, in use or not."""
    names = [role.value for role in COUNTY_ROLES]
    return list(person.groups.filter(name__in=names).values_list("name", flat=True))


def tell_bureau(request: HttpRequest, person: User, text: str) -> None:
    """Tell all others of the bureau what has just been logged; the person is told himself."""
    last = audit.Entry.objects.head()
    notify_bureau(text + ASK, (request.user, person), last.number if last else 0)


class PostForm(forms.ModelForm):
    """A post in a department, for somebody who is not of the bureau."""

    class Meta:
        model = Membership
        fields = ("user", "department", "post")

    def clean(self):
        """Who reviews does not file."""
        # Nobody where none was chosen; somebody without a key where he is only being added.
        person = self.cleaned_data.get("user") or getattr(self.instance, "user", None)
        if person and person.pk and is_of_bureau(person):
            raise ValidationError(BOTH)
        return super().clean()


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("username", "first_name", "email", "is_active")
        labels = LABELS
        help_texts = HELP


class OfficerForm(PersonForm):
    role = forms.ChoiceField(
        label="在财政部门的岗位",
        choices=ROLES,
        help_text="不再任职的取消勾选“在用”，岗位留着。部门人员的账号由财政管理员管理。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["role"] = next(iter(list_county_roles(self.instance)), "")

    def clean_role(self):
        """Who files does not review."""
        role = self.cleaned_data["role"]
        if role and self.instance.pk and self.instance.memberships.exists():
            raise ValidationError(BOTH)
        return role


class PostInline(admin.TabularInline):
    model = Membership
    form = PostForm
    extra = 1
    autocomplete_fields = ("department",)
    verbose_name = "岗位"
    verbose_name_plural = "在部门的岗位（管到下属单位）"


@admin.register(User)
class PersonAdmin(LoggedAdmin):
    """Accounts are given, changed and put out of use, never deleted."""

    list_display = ("username", "full_name", "posts", "in_use", "has_app", "last_login")
    list_filter = ("is_active", "groups", "memberships__post")
    search_fields = ("username", "first_name", "memberships__department__name")
    search_help_text = "按用户名、姓名或部门查找"
    ordering = ("username",)
    change_form_template = "admin/person.html"
    change_list_template = "admin/people.html"

    def changelist_view(self, request, extra_context=None):
        more = {"may_free": self.has_change_permission(request)}
        return super().changelist_view(request, (extra_context or {}) | more)

    def get_queryset(self, request):
        related = ("groups", "memberships__department", "totpdevice_set")
        return super().get_queryset(request).prefetch_related(*related)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The system's administrator gives the roles in the bureau, and nobody else."""
        gives_roles = request.user.is_superuser and self.has_change_permission(request, obj)
        return super().get_form(
            request, obj, change, **kwargs | {"form": OfficerForm if gives_roles else PersonForm}
        )

    def get_readonly_fields(self, request, obj=None):
        """Of somebody who is taken into the bureau, all but the role."""
        own = super().get_readonly_fields(request, obj)
        return PersonForm._meta.fields if obj and may_appoint(request.user, obj) else own

    def get_inlines(self, request, obj):
        return () if request.user.is_superuser else (PostInline,)

    def has_change_permission(self, request, obj=None):
        """Of another's account, as the separation of the offices has it."""
        is_theirs = (
            obj is None or may_manage_account(request.user, obj) or may_appoint(request.user, obj)
        )
        return is_theirs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Never: what a person has done keeps his name."""
        return False

    def save_model(self, request, obj, form, change):
        """A new person may enter the workplace, with a password to be changed."""
        obj.is_staff = True
        is_appointed = change and may_appoint(request.user, obj)
        super().save_model(request, obj, form, change)
        obj.given_password = None
        if is_appointed:
            # Whoever kept the account until now knows nothing that opens it any more.
            second_factor.remove_app(obj, request.user)
        if is_appointed or not change:
            obj.given_password = give_first_password(obj, request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        role = form.cleaned_data.get("role")
        if role and form.has_changed():
            form.instance.groups.set([Group.objects.get_or_create(name=role)[0]])
            state = "在用" if form.instance.is_active else "停用"
            tell_bureau(request, form.instance, CHANGED.format(form.instance, role, state))

    def response_add(self, request, obj, post_url_continue=None):
        return self.show_password(request, obj, obj.given_password)

    def response_change(self, request, obj):
        """Of somebody who has been taken into the bureau, as of a new person."""
        if obj.given_password:
            return self.show_password(request, obj, obj.given_password)
        return super().response_change(request, obj)

    def show_password(self, request: HttpRequest, person: User, password: str) -> HttpResponse:
        """A page that nobody keeps, with a password that is said once."""
        context = self.admin_site.each_context(request)
        context |= {"title": "初始密码", "person": person, "password": password}
        response = TemplateResponse(request, "account/first_password.html", context)
        add_never_cache_headers(response)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and may_manage_account(request.user, obj):
            context |= {"may_keep": True, "is_waiting": is_waiting(obj)}
            context["is_enrolled"] = second_factor.is_enrolled(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        """The admin's own, without its history, and what is done for someone who cannot sign in."""
        acts = {"password": self.reset_password, "free": self.free, "app": self.reset_app}
        wrap = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{name}/", wrap(require_POST(act)), name=f"auth_user_{name}")
            for name, act in acts.items()
        ]
        everybody = wrap(require_POST(self.free_all))
        return [*own, path("free/", everybody, name="auth_user_free_all"), *super().get_urls()]

    @transaction.atomic
    def free_all(self, request):
        """Out of all waits after failed logins; for whoever may change accounts."""
        if not self.has_view_permission(request):
            raise Http404("没有这个页面。")
        if not self.has_change_permission(request):
            raise PermissionDenied("账号不由您管理。")
        free_everybody(request.user)
        messages.success(request, "已解除全部等待，现在都可以登录。")
        return redirect("admin:auth_user_changelist")

    def find_kept(self, request: HttpRequest, pk: int) -> User:
        """A person whose account the user may change; a stranger does not learn who there is."""
        person = self.get_queryset(request).filter(pk=pk).first()
        if person is None or not self.has_view_permission(request):
            raise Http404("没有这个人员。")
        is_allowed = super().has_change_permission(request, person)
        if not (is_allowed and may_manage_account(request.user, person)):
            raise PermissionDenied("这个账号不由您管理。")
        return person

    @transaction.atomic
    def reset_password(self, request, pk):
        person = self.find_kept(request, pk)
        password = give_first_password(person, request.user)
        if is_of_bureau(person):
            tell_bureau(request, person, GIVEN.format(person))
        return self.show_password(request, person, password)

    @transaction.atomic
    def free(self, request, pk):
        person = self.find_kept(request, pk)
        free_person(person, request.user)
        messages.success(request, f"已解除 {person} 的等待，现在可以登录。")
        return redirect("admin:auth_user_change", pk)

    @transaction.atomic
    def reset_app(self, request, pk):
        person = self.find_kept(request, pk)
        second_factor.remove_app(person, request.user)
        if is_of_bureau(person):
            tell_bureau(request, person, NO_APP.format(person))
        messages.success(request, f"已重置 {person} 的两步登录，下次登录时重新设置。")
        return redirect("admin:auth_user_change", pk)

    @admin.display(description="姓名", ordering="first_name")
    def full_name(self, person):
        return person.get_full_name()

    @admin.display(description="在用", boolean=True, ordering="is_active")
    def in_use(self, person):
        return person.is_active

    @admin.display(description="岗位")
    def posts(self, person):
        own = [
            f"{each.department.name} {each.get_post_display()}" for each in person.memberships.all()
        ]
        system = ["系统管理员"] if person.is_superuser else []
        return "；".join([*system, *(group.name for group in person.groups.all()), *own]) or "没有"

    @admin.display(description="两步登录", boolean=True)
    def has_app(self, person):
        return any(device.confirmed for device in person.totpdevice_set.all())


@admin.register(Membership)
class MembershipAdmin(BureauAdmin):
    """A post in a department covers its units; the people of the bureau have none.

    The system's administrator, who keeps the bureau's accounts, only sees them.
    """

    form = PostForm
    list_display = ("user", "department", "post")
    list_filter = ("post",)
    list_select_related = ("user", "department")
    search_fields = ("user__username", "department__code__startswith", "department__name")
    search_help_text = "按人员、部门编码开头或名称查找"
    autocomplete_fields = ("user", "department")
