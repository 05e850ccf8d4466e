"""The private side: what departments plan."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from budgets.domain.sets import OURS, load_table_set


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "预算编制"

    def ready(self) -> None:
        """Refuse to start with a table set that is not there."""
        for name in settings.TABLE_SETS.values():
            try:
                load_table_set(name)
            except (ImportError, AttributeError, TypeError, ValueError) as error:
                raise ImproperlyConfigured(
                    f"环境变量 TABLE_SETS 里的“{name}”找不到，应为{'、'.join(OURS)}，"
                    "或者一个 TableSet 的点分路径，例如“包.模块.名称”。"
                ) from error
