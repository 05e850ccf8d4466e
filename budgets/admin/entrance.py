"""The way in: what is said to a name or a password that does not fit."""

from django.contrib.admin.forms import AdminAuthenticationForm

REFUSAL = "用户名或密码不对，请重新输入，注意大小写。忘记密码的，请联系财政部门重置。"


class EntranceForm(AdminAuthenticationForm):
    """The admin's own form with a refusal that says what to do."""

    error_messages = AdminAuthenticationForm.error_messages | {"invalid_login": REFUSAL}
