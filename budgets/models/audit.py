"""The log of operations, a chain of entries; and who has edited which budget."""

from django.conf import settings
from django.db import models


class Action(models.TextChoices):
    """Everything that the log tells of; a value stays what it is, for it is part of the chain."""

    LOGIN = "login", "登录"
    LOGIN_FAILED = "login_failed", "登录失败"
    LOGOUT = "logout", "退出"
    PASSWORD = "password", "修改密码"
    PASSWORD_GIVEN = "password_given", "给出初始密码"
    GUESSING = "guessing", "大量试密码"
    FREE = "free", "解除等待"
    APP_ON = "app_on", "启用两步登录"
    APP_OFF = "app_off", "停用两步登录"
    CODE_FAILED = "code_failed", "验证码不对"
    CODE_USED = "code_used", "用恢复码登录"
    CODES = "codes", "生成恢复码"
    OPEN = "open", "开始填报"
    SAVE = "save", "保存填写内容"
    UPLOAD = "upload", "上传工作簿"
    IMPORT = "import", "导入工作簿"
    REFUSE = "refuse", "工作簿未通过"
    DISCARD = "discard", "放弃工作簿"
    RESTORE = "restore", "重新提出工作簿"
    CLEAR = "clear", "清除没有导入的文件"
    EXPLAIN = "explain", "说明警告"
    CONFIRM = "confirm", "确认"
    WITHDRAW = "withdraw", "撤回确认"
    SUBMIT = "submit", "报送"
    RETURN = "return", "退回"
    APPROVE = "approve", "批复"
    REVOKE = "revoke", "撤销批复"
    PUBLISH = "publish", "公开"
    CORRECT = "correct", "更正"
    RELEASE = "release", "安排公开"
    RELEASE_CANCEL = "release_cancel", "取消安排的公开"
    RELEASE_RETRY = "release_retry", "重试公开"
    VERSION = "version", "生成公开版本"
    COMMENT = "comment", "提出意见"
    REPLY = "reply", "答复意见"
    SETTLE = "settle", "解决意见"
    ADD = "add", "新增"
    CHANGE = "change", "修改"
    DELETE = "delete", "删除"
    LOAD = "load", "装入代码表"
    GRANT = "grant", "分配权限"


class EntryQuerySet(models.QuerySet):
    def head(self):
        """The last entry; None where nothing has happened yet."""
        return self.order_by("-number").first()


class Entry(models.Model):
    """Who did what to what and from where, told once.

    Updates and deletions are refused by triggers in the database.
    Nothing here points at another table: an entry outlives the people and the budgets it tells of.
    """

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    person = models.BigIntegerField("人员编号", null=True, blank=True)
    name = models.CharField("人员", max_length=150, db_index=True)
    address = models.CharField("网络地址", max_length=45, blank=True)
    action = models.CharField("操作", max_length=20, choices=Action, db_index=True)
    subject = models.CharField("对象", max_length=255, blank=True)
    department = models.CharField("部门编码", max_length=20, blank=True, db_index=True)
    year = models.PositiveIntegerField("年度", null=True, blank=True)
    # Text, not a column of JSON: the chain is over these very characters, and words are found in
    # them in the same way on both databases.
    before = models.TextField("原来", blank=True)
    after = models.TextField("现在", blank=True)
    words = models.TextField("说明", blank=True)
    previous = models.CharField("上一条摘要", max_length=64, unique=True)
    digest = models.CharField("本条摘要（SHA-256）", max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ("-number",)
        default_permissions = ("view",)

    def __str__(self):
        return f"第{self.number}条 {self.name} {self.get_action_display()} {self.subject}".strip()


class Edit(models.Model):
    budget = models.ForeignKey(
        "budgets.Budget", verbose_name="部门预算", related_name="edits", on_delete=models.CASCADE
    )
    # Who has filled a budget may never confirm it, so nobody is forgotten.
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="人员", related_name="+", on_delete=models.PROTECT
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    what = models.CharField("内容", max_length=255)

    class Meta:
        verbose_name = verbose_name_plural = "修改记录"
        ordering = ("-at", "-id")

    def __str__(self):
        return f"{self.who} {self.what}"
