"""Prints which of the packages in requirements.txt, beside this file, are not installed in their versions."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

for line in Path(__file__).with_name("requirements.txt").read_text().split():
    name, wanted = line.split("==")
    try:
        found = version(name) == wanted
    except PackageNotFoundError:
        found = False
    if not found:
        print(f"{name} {wanted}", end=" ")
