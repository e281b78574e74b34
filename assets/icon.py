#!/usr/bin/env python3
"""Draws the icon: two ends, one line. Writes icon.svg and icon.png, and for packages packaging/icons: a picture for each
size that menus use, and those in one file for Windows and one for macOS.

    apt-get install librsvg2-bin optipng icoutils
    python3 assets/icon.py
"""

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGED = HERE / "packaging" / "icons"
SIZE = 256
PNG_SIZE = 256
# The sizes of the freedesktop icon theme, and those that Windows and macOS look for.
MENU_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
# By the names that macOS has for them; some stand for a smaller one on a dense screen.
MACOS_SIZES = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128,
    b"ic08": 256, b"ic13": 256, b"ic09": 512, b"ic14": 512, b"ic10": 1024,
}
# Windows takes pictures of this size as PNG; smaller ones are bitmaps.
WINDOWS_PNG_SIZE = 256

GROUND = "#141920"
ONE_END = "#e8b45a"
OTHER_END = "#4cc2b4"

# The two ends stand on the rising diagonal: the farthest apart that the square lets them be.
REACH = 52
RADIUS = 30
STROKE = 22
MIDDLE = SIZE / 2


def svg():
    low, high = MIDDLE + REACH, MIDDLE - REACH
    # The line meets each ring in the middle of its stroke.
    inset = RADIUS / 2**0.5
    from_x, from_y = high + inset, low - inset
    to_x, to_y = low - inset, high + inset
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">
  <title>Bothends</title>
  <defs>
    <linearGradient id="line" gradientUnits="userSpaceOnUse" x1="{from_x:.1f}" y1="{from_y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}">
      <stop offset="0" stop-color="{ONE_END}"/>
      <stop offset="1" stop-color="{OTHER_END}"/>
    </linearGradient>
  </defs>
  <rect x="8" y="8" width="240" height="240" rx="56" fill="{GROUND}"/>
  <rect x="10" y="10" width="236" height="236" rx="54" fill="none" stroke="#fff" stroke-opacity=".09" stroke-width="4"/>
  <path d="M{from_x:.1f} {from_y:.1f} L{to_x:.1f} {to_y:.1f}" fill="none" stroke="url(#line)" stroke-width="{STROKE}"/>
  <circle cx="{high:g}" cy="{low:g}" r="{RADIUS}" fill="none" stroke="{ONE_END}" stroke-width="{STROKE}"/>
  <circle cx="{low:g}" cy="{high:g}" r="{RADIUS}" fill="{OTHER_END}" stroke="{OTHER_END}" stroke-width="{STROKE}"/>
</svg>
"""


def paint(picture, size, to):
    subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), picture, "-o", to], check=True)
    subprocess.run(["optipng", "-quiet", "-strip", "all", "-o5", to], check=True)
    return to


def paint_for_packages(picture):
    PACKAGED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sizes = sorted({*MENU_SIZES, *WINDOWS_SIZES, *MACOS_SIZES.values()})
        painted = {size: paint(picture, size, Path(folder) / f"{size}.png") for size in sizes}
        for size in MENU_SIZES:
            (PACKAGED / f"{size}.png").write_bytes(painted[size].read_bytes())
        as_png = ["--raw", painted[WINDOWS_PNG_SIZE]]
        bitmaps = [painted[size] for size in WINDOWS_SIZES if size != WINDOWS_PNG_SIZE]
        subprocess.run(["icotool", "--create", "-o", PACKAGED / "bothends.ico", *bitmaps, *as_png], check=True)
        pictures = {name: painted[size].read_bytes() for name, size in MACOS_SIZES.items()}
        (PACKAGED / "bothends.icns").write_bytes(icns(pictures))


def icns(pictures):
    """Returns a file of icons for macOS: each picture after its name and its length, with those eight bytes."""
    parts = [name + (len(picture) + 8).to_bytes(4, "big") + picture for name, picture in pictures.items()]
    body = b"".join(parts)
    return b"icns" + (len(body) + 8).to_bytes(4, "big") + body


def main():
    picture = HERE / "icon.svg"
    picture.write_text(svg())
    paint(picture, PNG_SIZE, HERE / "icon.png")
    paint_for_packages(picture)


if __name__ == "__main__":
    main()
