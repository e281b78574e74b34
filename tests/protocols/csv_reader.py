"""Reads a CSV export with the limit of a spreadsheet's cells; prints the length and the joined bytes of each sent entry."""

import csv
import sys

CELL_UNITS = 32_767

csv.field_size_limit(CELL_UNITS)
entries = {}
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file, strict=True):
        for cell in row.values():
            assert len(cell.encode("utf-16-le")) // 2 <= CELL_UNITS
            assert not cell.startswith(("=", "+", "-", "@")), cell[:20]
        if row["event"] == "sent":
            parts = entries.setdefault(row["entry"], [])
            parts.append(row)
            assert int(row["part"]) == len(parts)
for parts in entries.values():
    hex_digits = "".join(row["hex"] for row in parts)
    print("".join(row["length"] for row in parts), hex_digits)
