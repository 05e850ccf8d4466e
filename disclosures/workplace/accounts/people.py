"""Who may look after whose account, and the forms in which a person is described.

Nobody looks after an account of his own here, and nobody can be both of a department and of the
bureau. There is no other way to an account: nobody signs himself up.
"""

from django import forms
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError

from budgets.models import Membership
from disclosures.workflow.access import COUNTY_ROLES, Role, county_roles

BOTH = "财政部门的人员不能同时在部门任职：填报和审核不能是同一个人。"
ROLES = [("", "没有"), *((role.value, role.value) for role in COUNTY_ROLES)]

LABELS = {"first_name": "姓名", "email": "邮箱", "is_active": "在用"}
HELP = {
    "username": "登录时输入，例如姓名的全拼；字母、数字和 @ . + - _。",
    "email": "可不填。",
    "is_active": "离开岗位的取消勾选，不删除：以前的记录仍写着他的名字。",
}


def may_keep(who, person: User) -> bool:
    """True where `who` may change the account of `person`.

    The bureau's administrator keeps those of departments; those of the bureau, which could move
    budgets or read the log, the system's administrator, who can do neither.
    """
    # The command line's own account is no person's, and nobody may log in with it.
    if who.pk == person.pk or person.is_superuser or not person.is_staff:
        return False
    if who.is_superuser:
        return who.is_active
    return Role.BUREAU_ADMIN in county_roles(who) and not is_of_bureau(person)


def is_of_bureau(person: User) -> bool:
    """True for the people of the bureau, and for the system's administrators."""
    return person.is_superuser or bool(list_roles(person))


def list_roles(person: User) -> list[str]:
    """The roles in the bureau that a person has been given, in use or not."""
    names = [role.value for role in COUNTY_ROLES]
    return list(person.groups.filter(name__in=names).values_list("name", flat=True))


def give_role(person: User, role: str) -> None:
    """Give a person this role in the bureau and no other; none where it is empty."""
    names = [role] if role else []
    groups = [Group.objects.get_or_create(name=name)[0] for name in names]
    person.groups.set(groups)


class PostForm(forms.ModelForm):
    """A post in a department, for somebody who is not of the bureau."""

    class Meta:
        model = Membership
        fields = ("user", "department", "post")

    def clean(self):
        """Who reviews does not file."""
        person = self.cleaned_data.get("user") or self.instance.user
        if person.pk and is_of_bureau(person):
            raise ValidationError(BOTH)
        return super().clean()


class PersonForm(forms.ModelForm):
    """What is known of a person; the password is never among it."""

    class Meta:
        model = User
        fields = ("username", "first_name", "email", "is_active")
        labels = LABELS
        help_texts = HELP


class OfficerForm(PersonForm):
    """The same, with a role in the bureau."""

    role = forms.ChoiceField(label="在财政部门的岗位", choices=ROLES, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["role"] = next(iter(list_roles(self.instance)), "")

    def clean_role(self):
        """Who files does not review."""
        role = self.cleaned_data["role"]
        if role and self.instance.pk and self.instance.memberships.exists():
            raise ValidationError(BOTH)
        return role
