"""``zhize lexicon``: the words zhize knows, checked, and the words of your texts that it does not."""

from __future__ import annotations

import click

from service.cli import lexicon_check, lexicon_review
from service.cli.help import Group
from service.cli.options import lang_option
from service.cli.speech import Say


def command(say: Say) -> click.Command:
    """``zhize lexicon check`` and ``zhize lexicon review``."""
    return Group(
        "lexicon",
        say=say,
        subcommand_metavar=say("命令 …", "COMMAND …"),
        params=[lang_option(say)],
        commands=[lexicon_check.command(say), lexicon_review.command(say)],
        short_help=say("检查词表，找出词表之外的词。", "Check the lexicon, find what it does not know."),
        help=say(
            """词表（知识文件）的检查与扩充，不需要存储。

            自己的词放在一个文件夹里，由 ZHIZE_KNOWLEDGE 指定；写法见文档 docs/knowledge.md。

            例：
              zhize lexicon check 我的词表 --texts 文件夹
              zhize lexicon review 文件夹
            """,
            """Check and extend the lexicon (the knowledge files); needs no store.

            Your own words live in a folder that ZHIZE_KNOWLEDGE names; how to write them: docs/knowledge.md.

            Examples:
              zhize lexicon check MY_WORDS --texts FOLDER
              zhize lexicon review FOLDER
            """,
        ),
    )
