"""What each move of the workflow means, in the words beside its button."""

from budgets.models import Budget
from disclosures.review.moves import Move

MEANINGS = {
    Move.CONFIRM: (
        "我已通读预览，确认{whose}内容真实、完整。确认以后，填报人不能再修改；要修改须先撤回确认。"
    ),
    Move.WITHDRAW: "撤回{whose}的确认以后，填报人可以继续修改，改好后要重新确认。",
    Move.SUBMIT: "把{whose}报送财政部门审核。报送以后，要修改的由财政部门退回。",
    Move.RETURN: "把{whose}退回部门修改。部门会看到每一条没有解决的意见，逐条答复以后才能再确认。",
    Move.APPROVE: "批复{whose}。批复的就是您打开的这一份，公开的和它一字不差。",
    Move.REVOKE: "撤销{whose}的批复，回到已报送，可以重新审核或者退回。",
    Move.PUBLISH: "公开{whose}。网页、PDF、电子表格和数据一起生成，生成以后不再改动。",
    Move.CORRECT: (
        "更正已经公开的{whose}：部门修改后重新确认、报送、批复，再公开成新的版本；旧版本仍可查看。"
    ),
}
# What the words of a move are for; a move that is not here may have words, but needs none.
ASKS = {
    Move.WITHDRAW: "撤回的原因",
    Move.REVOKE: "撤销的原因",
    Move.CORRECT: "更正的原因（会公开）",
}
HARSH = frozenset({Move.WITHDRAW, Move.RETURN, Move.REVOKE, Move.CORRECT})


def lay_out_move(move: Move, budget: Budget) -> dict[str, object]:
    """A button, with what it means and what it asks for."""
    return {
        "name": move.name,
        "label": move.value,
        "meaning": MEANINGS[move].format(whose=budget),
        "asks": ASKS.get(move, ""),
        "is_harsh": move in HARSH,
    }
