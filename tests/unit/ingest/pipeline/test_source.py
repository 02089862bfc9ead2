"""zh_source: what is page furniture and what speaks for the document."""

from __future__ import annotations

import spacy

from ingest.annotations import document, readable, zone_at
from ingest.pipeline.source import zh_source
from ingest.pipeline.source_head import title_core

NLP = spacy.blank("zh")
SENTENCE = "各辖区中队每天早晚高峰上路疏导交通，严查各类重点违法行为。"


def kinds(text: str) -> dict[str, str]:
    """Zone kind of every non-blank line."""
    doc = zh_source(document(NLP.vocab, text))
    found = {}
    position = 0
    for line in text.splitlines(keepends=True):
        zone = zone_at(doc, position + len(line) - len(line.lstrip()))
        if line.strip() and zone is not None:
            found[line.strip()] = zone.kind
        position += len(line)
    return found


def test_a_header_table_is_not_body() -> None:
    """Fields with a colon before the text are header, with blanks inside their names too."""
    found = kinds(
        "索 引 号: 0001/2024-1 成文日期: 2024-01-08\n文 号:\n"
        f"发布机构: 云岭市公安局\n\n云岭市2023年工作总结\n{SENTENCE}"
    )
    assert [found[k] for k in list(found)[:3]] == ["header"] * 3
    assert found["云岭市2023年工作总结"] == "title"
    assert found[SENTENCE] == "body"


def test_navigation_and_share_bars_are_set_aside() -> None:
    """Breadcrumbs, menus and share bars are navigation wherever they stand."""
    page = (
        "首页 > 政务公开\n无障碍浏览 | 长者模式 | 登录\n云岭县2024年工作要点\n"
        f"【字体：大 中 小】 打印\n{SENTENCE}\n— 3 —\n"
        f"{SENTENCE}二"
    )
    found = kinds(page)
    assert found["首页 > 政务公开"] == found["无障碍浏览 | 长者模式 | 登录"] == "navigation"
    assert found["【字体：大 中 小】 打印"] == found["— 3 —"] == "navigation"


def test_a_sentence_about_accessibility_is_no_navigation() -> None:
    """A word of navigation inside a sentence changes nothing."""
    line = "完善无障碍停车泊位，方便残疾人驾驶的机动车停放使用。"
    assert kinds(f"云岭县2024年工作要点\n一、便民\n{line}")[line] == "body"


def test_number_recipients_signature_and_attachments_frame_a_notice() -> None:
    """文号, 主送机关, 附件, unit and date at the end, and the contact line are each their own zone."""
    page = (
        "云公通〔２０２４〕２７号\n云岭县公安局关于开展夜查的通知\n各派出所，交警大队：\n"
        f"　　{SENTENCE}\n　　附件：１．统计表\n　　　　　２．路段清单\n"
        "　　　　云岭县公安局\n　　　　二〇二四年六月六日\n联系人：王××\n"
    )
    found = kinds(page)
    assert found["云公通〔２０２４〕２７号"] == "header"
    assert found["各派出所，交警大队："] == "recipients"
    assert found["附件：１．统计表"] == found["２．路段清单"] == "attachment"
    assert found["云岭县公安局"] == found["二〇二四年六月六日"] == "signature"
    assert found["联系人：王××"] == "contact"


def test_the_plan_that_a_notice_passes_on_has_its_own_title() -> None:
    """After a signature in the middle, a line that is a title opens the text passed on."""
    page = (
        f"云岭市人民政府办公室关于印发整治方案的通知\n各县人民政府：\n{SENTENCE}\n云岭市人民政府办公室\n2024年4月11日\n"
        f"（此件公开发布）\n\n云岭市停车秩序整治工作方案\n{SENTENCE}\n一、整治停车\n"
    )
    found = kinds(page)
    assert found["云岭市停车秩序整治工作方案"] == "title"
    assert found["（此件公开发布）"] == "tail"


def test_captions_and_bylines_of_a_newspaper_are_apart() -> None:
    """A lone sentence between wide gaps, ▲ lines and reporters' names are not body; the title stands by the byline."""
    page = (
        "向大会献礼\n\n\n\n交警在雨中指挥交通。\n\n\n\n▲大队民警走进校园。\n\n他们坚守在路上，守护着每一次平安出行，从不缺席。\n\n"
        f"锻造铁军护平安\n\n云岭日报记者张三 通讯员李四\n\n1. 打好攻坚战\n\n{SENTENCE}"
    )
    found = kinds(page)
    assert found["交警在雨中指挥交通。"] == found["▲大队民警走进校园。"] == "caption"
    assert found["云岭日报记者张三 通讯员李四"] == "byline"
    assert found["锻造铁军护平安"] == "title"
    assert found["向大会献礼"] == "header"


def test_hidden_text_and_the_tail_of_a_stock_site_are_known() -> None:
    """The marker of withheld text is its own zone; neighbours and disclaimers after the text are tail."""
    page = (
        f"云岭县交警大队2023年工作总结\n一、工作情况\n{SENTENCE}\n"
        f"---此处隐藏4305字,下载后查看---\n三、打算\n{SENTENCE}二\n"
        "下一篇：某局总结\n本文由网友上传\n"
    )
    found = kinds(page)
    assert found["---此处隐藏4305字,下载后查看---"] == "hidden"
    assert found["下一篇：某局总结"] == found["本文由网友上传"] == "tail"


def test_a_flattened_table_is_one_table_across_pages() -> None:
    """One cell a line: from its column names to its note, page numbers apart."""
    page = (
        "云岭区责任分工表\n序号\n整治内容\n责任单位\n1\n路口无灯\n区交通运输局\n"
        "— 3 —\n2\n标线磨损\n区城管局\n注：第一个为牵头单位。\n"
    )
    found = kinds(page)
    assert found["路口无灯"] == found["标线磨损"] == found["注：第一个为牵头单位。"] == "table"
    assert found["— 3 —"] == "navigation"


def test_rows_with_tabs_are_a_table() -> None:
    """One row a line, cells parted by tabs, after a row of column names."""
    found = kinds(
        f"云岭县任务分解表\n一、任务\n{SENTENCE}\n序号\t任务\t牵头单位\n1\t增设信号灯\t县交通运输局\n二、要求\n"
    )
    assert found["1\t增设信号灯\t县交通运输局"] == "table"
    assert found["二、要求"] == "body"


def test_site_additions_around_a_title_are_left_out() -> None:
    """The part of a title line that ends like a title is the title."""
    assert title_core("2023年云岭交管工作总结-某某网站") == "2023年云岭交管工作总结"
    assert title_core("今日要闻") == ""


def test_readable_text_leaves_furniture_out() -> None:
    """What the extractors read holds body and title, no navigation and no tail."""
    page = f"首页 > 公开\n云岭县2024年工作要点\n{SENTENCE}\n网站地图\n"
    doc = zh_source(document(NLP.vocab, page))
    text = "".join(page[a:b] for a, b in readable(doc))
    assert SENTENCE in text
    assert "网站地图" not in text
    assert "首页" not in text


def test_lines_of_a_hijacked_page_are_no_title() -> None:
    """Words of betting before the title are set aside; comments below the text too."""
    page = f"赌场投注,高清视频在线观看\n云岭县公安局2024年工作要点\n{SENTENCE}\n网友评论：很好\n"
    found = kinds(page)
    assert found["赌场投注,高清视频在线观看"] == "navigation"
    assert found["云岭县公安局2024年工作要点"] == "title"
    assert found["网友评论：很好"] != "body"


def test_texts_of_a_collection_have_a_title_each() -> None:
    """篇1, 篇2: the numbering of one never goes on in the next. One such line alone is no collection."""
    page = (
        f"交通安全工作总结(通用2篇)\n交通安全工作总结 篇1\n{SENTENCE}\n一、健全制度\n{SENTENCE}\n"
        f"交通安全工作总结 篇2\n{SENTENCE}\n二、加强宣传\n{SENTENCE}\n"
    )
    found = kinds(page)
    assert found["交通安全工作总结 篇1"] == found["交通安全工作总结 篇2"] == "title"
    assert kinds(f"云岭县工作要点\n{SENTENCE}\n第一篇\n{SENTENCE}\n")["第一篇"] == "body"


def test_the_short_end_of_a_wrapped_sentence_is_body() -> None:
    """完成。 on the last line belongs to its sentence and is no furniture."""
    page = f"云岭县工作要点\n{SENTENCE}\n为净化通行秩序,大队围绕重点时段和重点路段加大管控力度并在月底前全部\n完成。\n"
    assert kinds(page)["完成。"] == "body"
