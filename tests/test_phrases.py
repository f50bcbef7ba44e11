"""What a report calls the features of a text: whole phrases, and none where a sentence does not show where one ends."""

import pytest

from emulator.behaviours.phrases import phrases
from emulator.behaviours.terms import words

EARBUD = (
    "A bone conduction sensor detects when the wearer speaks, whereupon the processor lowers the gain. In a "
    "further embodiment the processor tells whether small, medium or large tips fit best. "
    "The filter shows a worn tip; a ring faces the ear canal."
)
BATTERY = (
    "相邻电芯之间夹设有相变材料层和气凝胶隔热片，利用神经网络模型预测未来三十秒内的温升。"
    "启动定向排气阀。液冷板内布置有蛇形流道。"
)
FAUCET = "一种防溅水龙头，起泡器内设有多层不锈钢滤网，过滤器设置在进水管中。"


def named(text: str) -> set[str]:
    return set(phrases(text, dict.fromkeys(words(text), 1.0), 99))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EARBUD, {"bone conduction sensor", "ear canal"}),
        (BATTERY, {"相变材料层", "气凝胶隔热片", "神经网络模型", "定向排气阀", "蛇形流道", "液冷板"}),
        (FAUCET, {"起泡器", "过滤器", "进水管"}),
        ("所述推车包括前轮组件，按下解锁按钮后锁钩脱离横梁。", {"前轮组件", "解锁按钮"}),
        ("温度を検出するセンサを備える。", set()),
        ("qwerty asdf zxcv", set()),
        ("a " + "x" * 500 + " part is", set()),
    ],
)
def test_only_whole_phrases_are_named(text: str, expected: set[str]) -> None:
    assert named(text) == expected


def test_a_phrase_is_named_when_enough_of_its_words_are_wanted() -> None:
    text = "The pressure relief channel is closed by a spring ring."
    some = dict.fromkeys(words("spring ring pressure"), 2.0)
    more = {**some, **dict.fromkeys(words("relief"), 1.0)}
    assert phrases(text, some, 3) == ("spring ring",)
    assert phrases(text, more, 3) == ("spring ring", "pressure relief channel")
    assert phrases(text, more, 3, least=1) == ("spring ring",)
