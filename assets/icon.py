#!/usr/bin/env python3
"""Draws the icon: two ends, one line. Writes icon.svg, and icon.png from it with librsvg.

    apt-get install librsvg2-bin
    python3 assets/icon.py
"""

import subprocess
from pathlib import Path

HERE = Path(__file__).parent
SIZE = 256
PNG_SIZE = 256

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


def main():
    picture = HERE / "icon.svg"
    picture.write_text(svg())
    size = str(PNG_SIZE)
    subprocess.run(["rsvg-convert", "-w", size, "-h", size, picture, "-o", HERE / "icon.png"], check=True)


if __name__ == "__main__":
    main()
