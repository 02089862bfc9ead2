"""Small documents of our own (fictitious places), enough to have campaigns, units, duties and numbers in them."""

from __future__ import annotations

from pathlib import Path

PLAN = """云岭县2031年道路交通安全工作要点

一、深化“一盔一带”安全守护行动
县公安局交警大队牵头，县教育局、县交通运输局配合，在107国道云岭段开展头盔佩戴劝导，年底前摩托车头盔佩戴率达到95%以上。
（责任单位：县公安局交警大队、县教育局）

二、整治货车超载违法行为
县交通运输局负责联合执法，依据《中华人民共和国道路交通安全法》查处重型货车超载，每月不少于4次。

云岭县道路交通安全委员会办公室
2031年3月5日
"""
SUMMARY = """云岭县公安局交警大队2031年上半年工作总结

一、主要做法
（一）开展酒驾醉驾整治。共查处酒驾违法行为126起，同比下降8.5%。
（二）开展“一盔一带”守护行动。在各乡镇设置劝导点32处。

二、下步打算
继续排查农村面包车超员隐患，12月底前完成整改。

云岭县公安局交警大队
2031年7月2日
"""
NOTICE = """关于印发《清川市电动自行车整治行动方案》的通知
各县（市、区）公安局：
一、整治重点
严查电动自行车闯红灯、逆行、违法载人。
二、职责分工
（一）市公安局交警支队：负责路面执法，每周组织统一行动1次。
（二）市市场监管局：负责生产销售环节监管。
清川市公安局
2031年4月18日
"""
PAPERS = {"要点.txt": PLAN, "总结.txt": SUMMARY, "子/通知.txt": NOTICE}


def write_papers(folder: Path, papers: dict[str, str] = PAPERS) -> Path:
    """The papers as files under ``folder``."""
    for name, text in papers.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def many_papers(folder: Path, count: int) -> Path:
    """``count`` different papers, some with one text under two names."""
    kinds = list(PAPERS.values())
    papers = {}
    for number in range(count):
        text = kinds[number % 3].replace("2031", str(2031 + number // 3))
        papers[f"卷{number % 4}/文{number:02d}.txt"] = text
        if number % 7 == 0:
            papers[f"副本/文{number:02d}.txt"] = text
    return write_papers(folder, papers)
