#!/usr/bin/env python3
"""Makes the fonts beside this file from Debian's packages fonts-inter and fonts-jetbrains-mono.

    apt-get install fonts-inter fonts-jetbrains-mono; pip install fonttools==4.68.0
    python3 assets/fonts/make.py            # writes the three fonts
    python3 assets/fonts/make.py --check    # says whether they still keep their promises

The same packages give the same bytes. Last made from fonts-inter 4.0~beta7+ds-1 and
fonts-jetbrains-mono 2.242+ds-3 with fonttools 4.68.

Bothends Mono is JetBrains Mono without any substitution: the window's toolkit shapes text with a font's
contextual alternates, and those join `::`, `->`, `!=` into one shape, while a byte on the wire wants a
glyph of its own. The alternates of Inter go for the same reason: they draw `0x41` as `0×41`.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
INTER = Path("/usr/share/fonts/opentype/inter")
JETBRAINS_MONO = Path("/usr/share/fonts/truetype/jetbrains-mono")

# Latin, Greek and Cyrillic with their marks, then punctuation, signs, arrows, box drawing and shapes.
# Control and zero-width characters are left out: the window shows them as what they are.
WORDS = [
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0250, 0x036F), (0x0370, 0x03FF), (0x0400, 0x052F),
    (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x20BF),
    (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF),
    (0x2600, 0x27BF), (0xFFFD, 0xFFFD),
]
DATA = WORDS + [(0x2400, 0x2426), (0x2500, 0x259F)]


def make(source, target, ranges, features, family=None):
    """Writes the part of the font `source` that `ranges` and `features` name, as `family` if it gets a new name."""
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["DSIG"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    subsetter.subset(font)
    if family:
        rename(font, family)
    subset.save_font(font, target, options)


def rename(font, family):
    """Gives the font a name of its own and says what it was made from."""
    names = font["name"]
    version = names.getDebugName(5)
    origin = names.getDebugName(4)
    texts = {
        1: family,
        2: "Regular",
        3: f"{family} Regular, made from {origin}",
        4: f"{family} Regular",
        5: version,
        6: family.replace(" ", "") + "-Regular",
        10: f"Made from {origin} ({version}) by leaving out characters and every substitution.",
    }
    for id in (7, 16, 17, 21, 22, 25):
        names.removeNames(nameID=id)
    for id, text in texts.items():
        names.removeNames(nameID=id)
        names.setName(text, id, 3, 1, 0x409)


def substitutions(font):
    """The features by which the font puts glyphs in place of others."""
    if "GSUB" not in font:
        return []
    return [record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord]


def promises():
    """Every promise about the fonts that does not hold, in words."""
    mono = TTFont(HERE / "BothendsMono-Regular.ttf")
    if tags := substitutions(mono):
        yield f"the mono face substitutes glyphs: {tags}"
    if "kern" in mono or any(r.FeatureTag == "kern" for r in mono["GPOS"].table.FeatureList.FeatureRecord):
        yield "the mono face is kerned"
    widths = {mono["hmtx"][glyph][0] for glyph in mono.getBestCmap().values()}
    if len(widths - {0}) != 1:
        yield f"the mono face has glyphs of several widths: {sorted(widths)}"
    if any("JetBrains" in mono["name"].getDebugName(id) for id in (1, 4, 6)):
        yield "the mono face bears the name of the font that it was made from"
    for weight in ("Regular", "SemiBold"):
        tags = set(substitutions(TTFont(HERE / f"Inter-{weight}.otf")))
        if tags - {"ccmp"}:
            yield f"Inter {weight} substitutes glyphs: {sorted(tags)}"


def main():
    if sys.argv[1:] != ["--check"]:
        for weight in ("Regular", "SemiBold"):
            make(INTER / f"Inter-{weight}.otf", HERE / f"Inter-{weight}.otf", WORDS, ["ccmp", "kern", "mark", "mkmk"])
        make(JETBRAINS_MONO / "JetBrainsMono-Regular.ttf", HERE / "BothendsMono-Regular.ttf", DATA,
             ["mark", "mkmk"], "Bothends Mono")
    broken = list(promises())
    for line in broken:
        print(line, file=sys.stderr)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
