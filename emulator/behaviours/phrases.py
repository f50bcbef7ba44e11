"""What a text calls the things it speaks of: phrases that can be cut soundly out of a running sentence.

A phrase is named only where the sentence shows both its ends: in English between an article or preposition and the
word that goes on, in Chinese between characters that join and a noun's last character. What cannot be cut so is not
named, and in Japanese nothing is. What words weigh is handed in.
"""

import re
from collections.abc import Iterator, Mapping

from emulator.behaviours.terms import language_of, words

_LONGEST_NAMED = 40  # characters; a longer one is no phrase of any language
_LONGEST_WIDE = 8


def phrases(text: str, wanted: Mapping[str, float], most: int, least: float = 0.5) -> tuple[str, ...]:
    """Phrases of a text, the weightiest first, of whose words at least the part `least` is wanted."""
    heard: dict[str, float] = {}
    for phrase in (*_english(text), *(_chinese(text) if language_of(text) == "cn" else ())):
        stems = words(phrase)
        held = [stem for stem in stems if stem in wanted]
        if held and len(held) >= least * len(stems) and len(phrase) <= _LONGEST_NAMED:
            heard.setdefault(phrase, sum(wanted[stem] for stem in held))
    kept: list[tuple[str, set[str]]] = []
    for phrase in sorted(heard, key=lambda phrase: (-heard[phrase], phrase)):
        stems_of = set(words(phrase))
        if not any(stems_of <= others or others <= stems_of for _, others in kept):
            kept.append((phrase, stems_of))
    return tuple(phrase for phrase, _ in kept[:most])


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _either(some: frozenset[str]) -> str:
    """An expression for any of some words, the longest first."""
    return "|".join(sorted(some, key=lambda word: (-len(word), word)))


_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|\d[\d.,]*|[^\sA-Za-z\d]")
_ARTICLES = _set("a an")
_DETERMINERS = _set("the its each every this that these those their said another")
_NUMBERS = _set("two three four five six several both")
_BEFORE = _set("of with by from between in on at for into through via under over behind beneath against within")
_OPENING = _ARTICLES | _DETERMINERS | _NUMBERS | _BEFORE
_GOING_ON = _BEFORE | _set("is are was were has have had can may must will and or to as . , ; : ) not which")
_OF_PLURALS = _set("of are were have . ;")  # after these a word that ends in s is a noun, not a verb
# Words that no phrase holds: adverbs, ordinals, what every patent says, and verbs that are often taken for nouns.
_UNNAMED = (
    _OPENING
    | _GOING_ON
    | _set(
        """first second being wherein third fourth further other such same own at least more most less only also so
        than then when while whether if that how where who whose whereby thereby thereof it they he she we you
        one any all no some many few embodiment embodiments example examples invention aspect feature features
        plurality way case method device system apparatus user present known like about around per cent percent
        out up down off not do does did be been comprising comprises comprise including includes include relates
        relate having provided arranged placed disposed mounted fixed connected attached coupled configured
        adapted based using used made put set closed open opens opened turns turn turned shows show faces face
        fits fit falls fall rises rise stays stay remains sits sit lies lie stands stand holds hold keeps keep
        carries carry measures measure detects detect estimates adjusts adjust lowers lower tells tell sends send
        receives receive becomes become takes take gives give makes make allows allow prevents prevent moves runs
        acquires drives releases presses closes sounds worn best better large small medium high low new old good
        step therefore thus hence accordingly additionally preferably respectively beforehand afterwards again
        compared together"""
    )
)


def _english(text: str) -> Iterator[str]:
    """Two or three words between what opens a noun phrase and what goes on after it."""
    tokens = _TOKEN.findall(text.lower())
    for place, opening in enumerate(tokens):
        if opening not in _OPENING:
            continue
        end = place + 1
        while end < len(tokens) and _part_of(tokens[end]):
            end += 1
        run, after = tokens[place + 1 : end], tokens[end] if end < len(tokens) else "."
        if run and opening in _BEFORE and run[0].endswith("ing"):
            continue  # what is done, not what is there
        run = _without_verb(run, opening, after)
        if 2 <= len(run) <= 3:
            yield " ".join(run)


def _part_of(token: str) -> bool:
    return len(token) > 2 and token[0].isalpha() and token not in _UNNAMED and not token.endswith("ly")


def _without_verb(run: list[str], opening: str, after: str) -> list[str]:
    """Up to the first word that may be a verb; nothing where the end of the phrase is not sure."""
    for number, word in enumerate(run):
        plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
        last = number == len(run) - 1
        if number and plural and not (last and opening not in _ARTICLES and after in _OF_PLURALS):
            return run[:number]
        if word.endswith("ed") and (last or number):
            return []
    return run if after in _GOING_ON or after in _UNNAMED - _DETERMINERS - _ARTICLES else run[:-1]


_WIDE_RUN = re.compile(r"[\u4e00-\u9fff]+")
_COUNT = "一二两三四五六七八九十百千数多若干"
# Where a Chinese sentence is cut: what joins, counted nouns, and verbs that patents are full of.
_CUTS = _set(
    """的 了 和 与 及 其 且 于 由 将 该 并 或 则 即 被 所 以及 通过 对于 从而 可以 可 能够 不能 无法 没有 百分之
    此外 所述 上述 前述 按下 本发明 本方案 本实用新型 本申请 现有技术 还 用于 应用 根据 按照 当 若 如果 时
    使得 使 以便 从 向 经 把 至 到 各 每 某 采用 采集 利用 使用 布置 设置 设有 设 夹设 安装 连接 固定 固定在
    位于 包括 包含 具有 带有 涉及 提供 预测 调节 控制 切断 启动 关闭 打开 开启 排出 进入 避免 防止 减少 降低
    提高 增加 缩短 减轻 实现 完成 获取 获得 得到 计算 判断 确定 检测 测量 测得 发送 接收 输出 输入 存储 显示
    形成 构成 组成 制成 支撑 驱动 带动 推动 转动 旋转 移动 滑动 穿过 伸出 插入 抵靠 贴合 覆盖 包裹 围绕 环绕
    相邻 相对 相连 共用 超过 达到 保持 维持 便于 方便 有效 同时 之间 以内 以外 为 有 在 以 对 是 后 前 内置
    加热 冷却 蔓延 泄漏"""
)
_CUT = re.compile(rf"第[{_COUNT}]|[{_COUNT}]+[个只条块片组种根台件枚支]|{_either(_CUTS)}")
# Words that are made with the characters of a cut.
_KEPT = _set(
    """神经 定向 方向 双向 单向 轴向 径向 横向 纵向 可变 过滤 分离 对讲 后盖 前盖 后壳 前壳 后视 前照 前轮 后轮
    前叉 后叉 前端 后端 有源 有机 时钟 计时 定时 控制器 驱动器 存储器 显示屏 加热器 冷却液 传感器 连接器
    检测器 调节器"""
)
_WHOLE = re.compile(_either(_KEPT))
# What things end with.
_ENDS = _set(
    """器 板 片 层 件 机 阀 泵 管 道 体 座 盖 壳 柱 轴 轮 齿 簧 环 圈 网 膜 液 剂 料 芯 池 箱 盒 罐 炉 槽 孔 腔 室
    杆 臂 架 柄 钮 屏 镜 灯 缆 绳 袋 壶 瓶 桶 刀 钩 锁 扣
    模型 算法 系统 装置 设备 信号 数据 图像 参数 电路 单元 模块 网络 接口 频率 电压 电流 温度 压力 曲线 系数
    结构 组件 开度 转速 速率 温差 通孔 手柄 按键 按钮 麦克风 石蜡 材料 端子 耳机 电源 芯片"""
)
_END = re.compile(rf"(?:{_either(_ENDS)})$")
_PLACES = "内外上下中间处侧里"  # where something is, behind its name
_UNSURE = frozenset(f"{_COUNT}不无已也仍仅者等本之而")


def _chinese(text: str) -> Iterator[str]:
    """What stands between cuts, ends as things do, and holds no character that might be a cut."""
    for run in _WIDE_RUN.findall(text):
        for piece in _pieces(run):
            named = piece.rstrip(_PLACES)
            if 3 <= len(named) <= _LONGEST_WIDE and _END.search(named) and _UNSURE.isdisjoint(named):
                yield named


def _pieces(run: str) -> Iterator[str]:
    """A run without its cuts; a word that is made with a cut's characters is not cut."""
    start = place = 0
    while place < len(run):
        if kept := _WHOLE.match(run, place):
            place = kept.end()
        elif cut := _CUT.match(run, place):
            yield run[start:place]
            start = place = cut.end()
        else:
            place += 1
    yield run[start:]
