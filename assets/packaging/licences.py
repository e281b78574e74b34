#!/usr/bin/env python3
"""Writes the licences of all libraries that the program is made with, from `cargo metadata` and the libraries' own files.

    python3 assets/packaging/licences.py x86_64-unknown-linux-gnu >LICENCES-OF-LIBRARIES.txt

Of alternatives, the first of PREFERRED is taken. Fails if a library has a licence that is not in PREFERRED, or one whose
text is nowhere.
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINE = "=" * 100

# What the program may be made with, and words by which its text is known.
PREFERRED = {
    "MIT": "permission is hereby granted, free of charge",
    "Apache-2.0": "apache license version 2.0",
    "Apache-2.0 WITH LLVM-exception": "llvm exceptions",
    "ISC": "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee",
    "BSD-3-Clause": "neither the name",
    "BSD-2-Clause": "redistributions in binary form must reproduce the above copyright",
    "Zlib": "altered source versions must be plainly marked as such",
    "BSL-1.0": "boost software license",
    "Unicode-3.0": "unicode license v3",
    "CC0-1.0": "creative commons",
    "MPL-2.0": "mozilla public license version 2.0",
}
# Licences whose text is the same for everyone: where a library lacks it, another one's holds.
SAME_FOR_EVERYONE = {"Apache-2.0", "BSL-1.0", "MPL-2.0"}
# The text of this one begins with whose it is.
MIT = ROOT / "LICENSE-MIT"
LICENCE_FILE = re.compile(r"(?i)^(un)?(licen[cs]e|copying|copyright|notice)")
# What is linked and is no crate.
BESIDE = """\
The standard library of Rust is under MIT OR Apache-2.0, copyright The Rust Project contributors; its parts by others are
listed at https://github.com/rust-lang/rust/blob/main/COPYRIGHT. The fonts within the program, Inter and JetBrains Mono,
are under the SIL Open Font License: their licences stand at the end."""
BESIDE_ON_WINDOWS = """\
The program for Windows holds parts of the MinGW-w64 runtime (public domain, and the Zope Public License 2.1) and of
libgcc (GPL-3.0 with the GCC Runtime Library Exception)."""


def metadata(target):
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def linked_packages(data):
    """Returns the packages that the program is linked from: no tests, no build scripts, no macros."""
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = next(each["id"] for each in data["packages"] if each["name"] == "bothends")
    found, waiting = {}, [root]
    while waiting:
        at = waiting.pop()
        package = packages[at]
        if at in found or any("proc-macro" in target["kind"] for target in package["targets"]):
            continue
        found[at] = package
        for dependency in nodes[at]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    del found[root]
    return sorted(found.values(), key=lambda package: (package["name"], package["version"]))


def chosen(expression):
    """Returns the licences that hold: of alternatives the preferred ones."""
    tokens = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))

    def alternatives():
        choices = [all_of()]
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            choices.append(all_of())
        known = [choice for choice in choices if set(choice) <= set(PREFERRED)]
        if not known:
            raise SystemExit(f"no licence of {expression} is known")
        order = list(PREFERRED)
        return min(known, key=lambda choice: (len(choice), max(order.index(name) for name in choice)))

    def all_of():
        parts = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            parts += [part for part in one() if part not in parts]
        return parts

    def one():
        token = tokens.pop(0)
        if token == "(":
            inside = alternatives()
            tokens.pop(0)
            return inside
        if tokens and tokens[0] == "WITH":
            token = f"{token} WITH {tokens[1]}"
            del tokens[:2]
        return [token]

    return alternatives()


def squeezed(text):
    return re.sub(r"[\s*#/]+", " ", text).strip().lower()


def own_texts(package, licence):
    """Returns the texts of a licence in a package's files."""
    folder = Path(package["manifest_path"]).parent
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and LICENCE_FILE.match(path.name)]
    texts = [path.read_text(errors="replace").strip() for path in files if path.suffix not in (".rs", ".py", ".go")]
    return [text for text in texts if squeezed(PREFERRED[licence]) in squeezed(text)]


def texts_of(package, licence, packages):
    texts = own_texts(package, licence)
    if texts:
        return texts
    if licence == "MIT":
        owners = ", ".join(package["authors"]) or f"the authors of {package['name']}"
        return [re.sub(r"(?m)^Copyright .*$", f"Copyright (c) {owners}", MIT.read_text().strip(), count=1)]
    others = (own_texts(other, licence) for other in packages if licence in SAME_FOR_EVERYONE)
    found = next(filter(None, others), None)
    if not found:
        raise SystemExit(f"{package['name']}: the text of {licence} is nowhere")
    return found[:1]


def main():
    target = sys.argv[1]
    users, texts = defaultdict(list), {}
    packages = linked_packages(metadata(target))
    rows = []
    for package in packages:
        licences = chosen(package["license"] or "none")
        name = f"{package['name']} {package['version']}"
        rows.append(f"  {name:<44} {' and '.join(licences)}")
        for licence in licences:
            for text in texts_of(package, licence, packages):
                key = squeezed(text)
                texts.setdefault(key, text)
                if name not in users[key]:
                    users[key].append(name)
    print(f"Bothends for {target} is made with the {len(packages)} libraries below.")
    print(f"Bothends itself is under MIT OR Apache-2.0.\n\n{BESIDE}")
    if "windows" in target:
        print(f"\n{BESIDE_ON_WINDOWS}")
    print("\n" + "\n".join(rows))
    for key, names in sorted(users.items(), key=lambda item: item[1]):
        print(f"\n{LINE}\n{', '.join(names)}\n{LINE}\n\n{texts[key]}")
    for path in sorted((ROOT / "assets" / "fonts").glob("OFL-*.txt")):
        print(f"\n{LINE}\nFont: {path.stem.removeprefix('OFL-')}\n{LINE}\n\n{path.read_text().strip()}")


main()
