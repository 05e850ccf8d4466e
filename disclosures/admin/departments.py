"""Departments and their units, and the reviewers in charge of them: of one on its page, of many in
the list."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import User
from django.db.models import Q

from budgets.admin import BureauAdmin, log_row
from budgets.audit import Action
from budgets.models import Department, FormerName
from disclosures.workflow.access import list_reviewers

NOBODY = "none"
FIELD = Department._meta.get_field("reviewers").verbose_name


def label_reviewer(person: User) -> str:
    """The name with the account, since two may be called alike."""
    full = person.get_full_name()
    return f"{full}（{person.username}）" if full else person.username


class DepartmentForm(forms.ModelForm):
    """A department; who is in charge of it is in charge of its units.

    Reviewers are ticked; one who has left stays among them until he is taken off.
    """

    reviewers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=FIELD,
        required=False,
        help_text=Department._meta.get_field("reviewers").help_text,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "reviewers" in self.fields:  # Not for those who only look.
            offered = Q(pk__in=list_reviewers().values("pk"))
            if self.instance.pk:
                offered |= Q(charges=self.instance)
            known = User.objects.filter(offered).distinct().order_by("username")
            self.fields["reviewers"].queryset = known
            self.fields["reviewers"].label_from_instance = label_reviewer

    def clean(self):
        """A unit has its department's."""
        cleaned = super().clean()
        if cleaned.get("parent") and cleaned.get("reviewers"):
            self.add_error("reviewers", "下属单位的对口审核员就是所属部门的，请在所属部门里指定。")
        return cleaned


class ReviewerFilter(admin.SimpleListFilter):
    """Those of one reviewer, or those that have nobody."""

    title = FIELD
    parameter_name = "reviewer"

    def lookups(self, request, model_admin):
        people = [(str(each.pk), label_reviewer(each)) for each in list_reviewers()]
        return [*people, (NOBODY, "没有指定")]

    def queryset(self, request, queryset):
        if self.value() == NOBODY:
            return queryset.filter(parent=None, reviewers=None)
        known = [key for key, _ in self.lookup_choices]
        return queryset.filter(reviewers=self.value()) if self.value() in known else queryset


class ReviewerActionForm(ActionForm):
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label=FIELD, required=False, empty_label="（选一位）"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = list_reviewers()
        self.fields["reviewer"].label_from_instance = label_reviewer


@admin.action(description="由这位审核员对口（原来的不变）", permissions=["change"])
def add_reviewer(model_admin, request, queryset):
    reassign(request, queryset, lambda own, person: own.add(person))


@admin.action(description="改由这位审核员对口（原来的取消）", permissions=["change"])
def set_reviewer(model_admin, request, queryset):
    reassign(request, queryset, lambda own, person: own.set([person]))


@admin.action(description="这位审核员不再对口", permissions=["change"])
def remove_reviewer(model_admin, request, queryset):
    reassign(request, queryset, lambda own, person: own.remove(person))


def reassign(request, queryset, change: Callable) -> None:
    """Change who is in charge of each department; an entry of the log for each that has changed."""
    person = list_reviewers().filter(pk=request.POST.get("reviewer") or None).first()
    if person is None:
        messages.error(request, "没有改动：请先在“对口审核员”一栏选一位审核员。")
        return
    chosen = queryset.filter(parent=None).select_for_update(of=("self",))
    count = 0
    for each in chosen:
        before = name_reviewers(each)
        change(each.reviewers, person)
        after = name_reviewers(each)
        if before != after:
            log_row(Action.CHANGE, request, each, before={FIELD: before}, after={FIELD: after})
            count += 1
    units = queryset.exclude(parent=None).count()
    left = f"下属单位跟随所属部门，{units} 个略过。" if units else ""
    messages.success(request, f"对口审核员已改动：{count} 个部门。{left}")


def name_reviewers(department: Department) -> list[str]:
    return sorted(map(str, department.reviewers.all()))


@admin.register(Department)
class DepartmentAdmin(BureauAdmin):
    """Registered here before anyone can file for them."""

    form = DepartmentForm
    list_display = (
        "code",
        "name",
        "kind",
        "parent",
        "in_charge",
        "active",
    )
    list_filter = ("active", "kind", ("parent", admin.EmptyFieldListFilter), ReviewerFilter)
    list_select_related = ("parent",)
    list_per_page = 200
    search_fields = ("code__startswith", "name")
    search_help_text = "按编码开头或名称查找"
    autocomplete_fields = ("parent", "successor")
    actions = (add_reviewer, set_reviewer, remove_reviewer)
    action_form = ReviewerActionForm

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("reviewers")

    @admin.display(description=FIELD)
    def in_charge(self, department):
        """By name; of a unit nobody, since it has its department's."""
        people = department.reviewers.all()
        return "、".join(each.get_full_name() or each.username for each in people) or None


@admin.register(FormerName)
class FormerNameAdmin(BureauAdmin):
    list_display = ("department", "name", "until")
    list_select_related = ("department",)
    search_fields = ("name", "department__name")
    autocomplete_fields = ("department",)
