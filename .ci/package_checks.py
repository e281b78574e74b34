"""Checks packages as their users would: what they say about themselves, and each one installed, upgraded, used and removed.

    python3 .ci/package_checks.py target/packages 0.1.0 target/packages-stage/older

Each check runs where there is what it needs; elsewhere it is reported as ignored, with the reason. With
BOTHENDS_REQUIRE_ALL set, that is a failure. Pictures of the windows are left in target/packages-pictures. The folder of
older packages holds the same packages under a lower version.
"""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

PACKAGES, VERSION, OLDER = Path(sys.argv[1]).resolve(), sys.argv[2], Path(sys.argv[3]).resolve()
ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "target" / "packages-pictures"
ID = "io.github.bothends.Bothends"
MESSAGE = "Hello, server!"
PATIENCE = 90
LONG = 900
# What is downloaded stays below these; what exceeds them is worth a look.
LIMIT_MB = {".deb": 12, ".rpm": 12, ".gz": 16, ".zip": 16, ".exe": 12}
# The trees that the .deb is installed into; Ubuntu's is made without its keys, and is thrown away.
TREES = {
    "Debian": ("bookworm", "deb http://deb.debian.org/debian bookworm main"),
    "Ubuntu": ("noble", "deb [trusted=yes] http://archive.ubuntu.com/ubuntu noble main universe"),
}
# A value of PATH that is longer than what the installer's language holds in a string.
LONG_PATH = r"%USERPROFILE%\bin;" + ";".join(rf"C:\somewhere\number {count}" for count in range(150))


class Lacking(Exception):
    """What the machine lacks for a check."""


def need(*programs):
    lacking = [program for program in programs if not shutil.which(program)]
    if lacking:
        raise Lacking(f"there is no {', '.join(lacking)}")


def need_root():
    if os.geteuid() != 0:
        raise Lacking("only root can install into a tree")


def package(ending):
    found = [path for path in PACKAGES.iterdir() if path.name.endswith(ending)]
    if not found:
        raise Lacking(f"there is no {ending} package")
    return found[0]


def older(ending):
    found = list(OLDER.glob(f"*{ending}"))
    if not found:
        raise Lacking(f"there is no older {ending} package")
    return found[0]


def run(*command, status=0, **options):
    """Runs a program to its end and returns what it wrote."""
    options = {"timeout": PATIENCE, "stdin": subprocess.DEVNULL, **options}
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    said = done.stdout.decode(errors="replace")
    assert done.returncode == status, f"{command[0]} ended with {done.returncode}:\n{said[-4000:]}"
    return said


def wait_for(what, look):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="bothends-package-") as path:
        yield Path(path)


def ended(process):
    process.terminate()
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


# What the packages hold and say.


def sums():
    lines = (PACKAGES / "SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    present = {path.name for path in PACKAGES.iterdir()} - {"SHA256SUMS"}
    assert set(listed) == present, (listed, present)
    for name, digest in listed.items():
        assert hashlib.sha256((PACKAGES / name).read_bytes()).hexdigest() == digest, name
        assert VERSION in name, name


def sizes():
    for path in PACKAGES.iterdir():
        limit = LIMIT_MB.get(path.suffix)
        size = path.stat().st_size / 1e6
        assert limit is None or size <= limit, f"{path.name}: {size:.1f} MB, expected at most {limit}"


def programs():
    """Yields the programs within the packages."""
    with tarfile.open(package(".tar.gz")) as archive:
        member = next(each for each in archive if each.name.endswith("bin/bothends"))
        yield member.name, archive.extractfile(member).read()
    with zipfile.ZipFile(package(".zip")) as archive:
        name = next(each for each in archive.namelist() if each.endswith("bothends.exe"))
        yield name, archive.read(name)


def no_paths():
    """Nothing in the programs says on which machine they were made."""
    home, here = str(Path.home()).encode(), str(ROOT).encode()
    for name, content in programs():
        for path in (here, home + b"/.cargo", home + b"/.rustup", b"index.crates.io"):
            at = content.find(path)
            assert at < 0, f"{name}: {content[at:at + 160]}"


def stripped():
    need("objdump")
    with folder() as at:
        for name, content in programs():
            (at / "program").write_bytes(content)
            sections = run("objdump", "-h", at / "program")
            assert ".symtab" not in sections and ".debug_" not in sections, sections


def windows_libraries():
    """The Windows program needs nothing but what each Windows has."""
    need("x86_64-w64-mingw32-objdump")
    with folder() as at:
        for name, content in programs():
            if name.endswith(".exe"):
                (at / "program").write_bytes(content)
                headers = run("x86_64-w64-mingw32-objdump", "-x", at / "program")
    libraries = {name.lower() for name in re.findall(r"DLL Name: (\S+)", headers)}
    foreign = {name for name in libraries if re.match(r"lib(gcc|stdc|winpthread|ssp)", name)}
    assert libraries and not foreign, foreign
    assert "ID: 0x00000e" in headers, "no icon"


def lintian():
    need("lintian")
    said = run("lintian", "--fail-on", "error,warning", "--allow-root", package(".deb"))
    assert "E:" not in said, said


def rpmlint():
    need("rpmlint")
    settings = ROOT / "assets/packaging/linux/rpmlintrc"
    said = run("rpmlint", "--rpmlintrc", settings, package(".rpm"))
    assert " 0 errors" in said, said


def unpacked_deb(at):
    need("dpkg-deb")
    run("dpkg-deb", "-x", package(".deb"), at)
    return at / "usr"


def menu_entry():
    need("desktop-file-validate", "appstreamcli", "update-mime-database")
    with folder() as at:
        usr = unpacked_deb(at)
        run("desktop-file-validate", usr / f"share/applications/{ID}.desktop")
        metadata = usr / f"share/metainfo/{ID}.metainfo.xml"
        run("appstreamcli", "validate", "--no-net", metadata)
        run("appstreamcli", "validate-tree", "--no-net", at)
        assert f'version="{VERSION}"' in metadata.read_text(), "no such release"
        run("update-mime-database", usr / "share/mime")
        globs = (usr / "share/mime/globs2").read_text()
        for pattern in ("*.bothends", "capture.toml", "*.pcapng"):
            assert f":{pattern}\n" in globs, globs


def manual():
    need("man")
    with folder() as at:
        pages = sorted((unpacked_deb(at) / "share/man/man1").glob("*.gz"))
        assert "bothends-send.1.gz" in [page.name for page in pages], pages
        for page in pages:
            options = {"env": {**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "100"}}
            said = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page, **options)
            assert "warning:" not in said, [line for line in said.splitlines() if "warning:" in line][:5]
        text = run("man", "-l", next(page for page in pages if "-send" in page.name))
        for part in ("EXAMPLES", "EXIT STATUS", "--expect", r"'Hello, server!'", r"\xNN"):
            assert part in text, part


def completions():
    with folder() as at:
        usr = unpacked_deb(at)
        done = usr / "share/bash-completion/completions/bothends"
        asked = f"source {done}; COMP_WORDS=(bothends send --exp); COMP_CWORD=2; _bothends bothends --exp send; echo $COMPREPLY"
        assert "--expect" in run("bash", "-c", asked)
        for shell, path in (
            ("zsh", usr / "share/zsh/vendor-completions/_bothends"),
            ("fish", usr / "share/fish/vendor_completions.d/bothends.fish"),
        ):
            assert path.stat().st_size > 1000, path
            if shutil.which(shell):
                run(shell, "-n", path)


# How they are used.


class Screen:
    """A screen that nobody sees, with a network of its own for what runs on it."""

    def __init__(self):
        need("Xvfb", "openbox", "xdotool", "unshare", "ip")
        need_root()
        read, write = os.pipe()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x830x24", "-nolisten", "tcp"]
        self.processes = [subprocess.Popen(command, pass_fds=[write], **quiet)]
        os.close(write)
        # It writes the number and the end of the line one after the other, and ends if nobody reads both.
        with open(read) as said:
            number = said.readline().strip()
        self.environment = {**os.environ, "DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1"}
        for name in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):
            self.environment.pop(name, None)
        self.processes.append(subprocess.Popen(["openbox"], env=self.environment, **quiet))

    def start(self, command, **variables):
        """Starts a program in a network of its own, where the port of the first server is free."""
        inside = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *map(str, command)]
        self.said = tempfile.TemporaryFile()
        options = {"stdout": self.said, "stderr": self.said, "start_new_session": True}
        process = subprocess.Popen(inside, env={**self.environment, **variables}, **options)
        self.processes.append(process)
        return process

    def xdotool(self, *arguments):
        return subprocess.run(
            ["xdotool", *arguments], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ).stdout.decode()

    def window(self):
        def search():
            if self.processes[-1].poll() is not None:
                self.said.seek(0)
                raise AssertionError(f"it ended: {self.said.read().decode(errors='replace')}")
            return self.xdotool("search", "--onlyvisible", "--name", "^Untitled.*Bothends").split()

        return wait_for("the window", search)[0]

    def start_and_send(self, is_answered, picture):
        """Starts the server and sends to it, by the keys for it; waits for the answer; takes a picture; closes."""
        window = self.window()
        self.xdotool("windowactivate", "--sync", window)
        # The first frames are painted while the window appears.
        time.sleep(3)
        self.xdotool("key", "--window", "0", "ctrl+k")
        time.sleep(1)
        self.xdotool("type", "--delay", "30", "start server")
        time.sleep(1)
        self.xdotool("key", "Return")
        time.sleep(2)
        self.xdotool("key", "ctrl+Return")
        try:
            wait_for("an answer", is_answered)
        finally:
            time.sleep(1)
            if shutil.which("import"):
                PICTURES.mkdir(parents=True, exist_ok=True)
                subprocess.run(["import", "-window", "root", PICTURES / f"{picture}.png"], env=self.environment)

    def close(self, process):
        """Closes the window as its user does, who is asked because a connection lives."""
        self.xdotool("windowactivate", "--sync", self.window())
        self.xdotool("key", "alt+F4")
        time.sleep(2)
        self.xdotool("key", "Return")
        assert process.wait(PATIENCE) == 0

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()


def converse(prefix, environment=None):
    """Has `serve` answer `send`, both called with a prefix."""
    server = subprocess.Popen(
        [*map(str, prefix), "serve", "127.0.0.1:0"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment
    )
    line = server.stderr.readline().decode()
    address = line.removeprefix("listening on ").strip()
    assert address != line, line
    answer = run(*prefix, "send", address, "--text", MESSAGE, "--finish", env=environment)
    assert answer == MESSAGE, answer
    assert ended(server) == 0


def answered(program, sessions):
    """Says whether a session on record has the message sent, received, and back again at both ends."""
    shown = [subprocess.run([program, "show", path], capture_output=True).stdout.decode() for path in sessions.glob("*")]
    return any(text.count(MESSAGE) >= 4 for text in shown)


class Tree:
    """A system's files, with programs running on them as if they were alone."""

    def __init__(self, at):
        self.at = at

    def inside(self, *command):
        script = """
            set -e
            mount --bind /proc "$0/proc"
            mount --rbind /dev "$0/dev"
            mkdir -p /tmp/.X11-unix "$0/tmp/.X11-unix"
            mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"
            root=$0
            exec chroot "$root" env HOME=/root "$@"
        """
        return ["unshare", "--mount", "sh", "-c", script, self.at, *command]

    def run(self, *command, **options):
        return run(*self.inside(*command), **options)

    def opens_its_window(self, screen, picture, program="bothends"):
        process = screen.start(self.inside(program))
        sessions = self.at / "root/.local/share/bothends/sessions"

        def is_answered():
            names = [path.name for path in sessions.glob("*")] if sessions.exists() else []
            shows = [["show", f"/root/.local/share/bothends/sessions/{name}"] for name in names]
            inside = [subprocess.run(self.inside(program, *show), capture_output=True).stdout.decode() for show in shows]
            return any(text.count(MESSAGE) >= 4 for text in inside)

        screen.start_and_send(is_answered, picture)
        screen.close(process)

    def kept(self):
        config = self.at / "root/.config/bothends"
        return sorted(path.name for path in config.iterdir()), sorted((self.at / "root/.local/share/bothends").rglob("*"))


@contextlib.contextmanager
def tree(system, *packages):
    need("mmdebstrap", "unshare")
    need_root()
    suite, source = TREES[system]
    with folder() as at:
        made = at / "tree"
        # What the package recommends is on each desktop: without the drivers there is no window.
        command = ["mmdebstrap", "--quiet", "--variant=apt", f"--include={','.join(['ca-certificates', *packages])}"]
        try:
            run(*command, "--skip=cleanup/apt/lists", suite, made, source, timeout=LONG)
        except (AssertionError, subprocess.TimeoutExpired) as problem:
            raise Lacking(f"no tree of {system} can be made: {str(problem)[-300:]}") from problem
        shutil.copy("/etc/resolv.conf", made / "etc/resolv.conf")
        yield Tree(made)
        run("rm", "-rf", "--one-file-system", made)


def deb_in(system):
    old, new = older(".deb"), package(".deb")
    with tree(system) as at, Screen() as screen:
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-qq"]
        shutil.copy(old, at.at / "root/old.deb")
        shutil.copy(new, at.at / "root/new.deb")
        at.run(*apt, "install", "/root/old.deb", timeout=LONG)
        at.opens_its_window(screen, f"deb-{system}")
        kept = at.kept()
        assert kept[0] and kept[1], kept
        at.run(*apt, "install", "/root/new.deb", timeout=LONG)
        assert at.run("dpkg-query", "-W", "-f", "${Version}", "bothends") == VERSION
        assert at.run("bothends", "--version").startswith(f"bothends {VERSION} (")
        converse(at.inside("bothends"))
        assert at.kept() == kept
        at.run(*apt, "purge", "bothends", timeout=LONG)
        assert not (at.at / "usr/bin/bothends").exists()
        assert not list((at.at / "usr/share").rglob("*othends*")), "something was left behind"
        assert at.kept() == kept


def rpm_in_a_tree():
    """The .rpm in a tree that has the libraries, but no rpm: what it says that it needs is looked at, not resolved."""
    need("rpm")
    new = package(".rpm")
    libraries = "libegl1 libgl1 libgl1-mesa-dri libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libxkbcommon0"
    required = run("rpm", "-qp", "--requires", new)
    for name in ("libc.so.6", "libX11.so.6()(64bit)", "libGL.so.1()(64bit)"):
        assert name in required, required
    with tree("Debian", *libraries.split(), "libwayland-client0") as at, Screen() as screen:
        rpm = ["rpm", "--root", at.at, "--dbpath", "/var/lib/rpm"]
        run(*rpm, "--initdb")
        run(*rpm, "-i", "--nodeps", older(".rpm"))
        at.opens_its_window(screen, "rpm")
        kept = at.kept()
        run(*rpm, "-U", "--nodeps", new)
        assert run(*rpm, "-q", "bothends").startswith(f"bothends-{VERSION}-")
        run(*rpm, "-V", "--nodeps", "bothends")
        converse(at.inside("bothends"))
        run(*rpm, "-e", "--nodeps", "bothends")
        assert not list((at.at / "usr").rglob("*othends*")), "something was left behind"
        assert at.kept() == kept


def tar_gz():
    """Unpacked anywhere it runs, and with the marker it keeps everything there."""
    with folder() as at, Screen() as screen:
        run("tar", "-xf", package(".tar.gz"), "-C", at)
        program = next(at.glob("*/bin/bothends"))
        (program.parent / "bothends.portable").touch()
        home = at / "home"
        home.mkdir()
        variables = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
        converse([program], {**os.environ, **variables})
        process = screen.start([program], **variables)
        sessions = program.parent / "bothends-data" / "sessions"

        screen.start_and_send(lambda: answered(program, sessions), "tar")
        screen.close(process)
        assert (program.parent / "bothends-data" / "preferences.toml").exists()
        assert not [path for path in home.rglob("*bothends*")], list(home.rglob("*"))


class Windows:
    """A Windows of Wine."""

    def __init__(self, at):
        need("wine")
        self.at = at / "wine"
        # What it records is read by the program for Linux.
        run("tar", "-xf", package(".tar.gz"), "-C", at)
        self.reader = next(at.glob("*/bin/bothends"))
        # Wine lacks what Windows has since 2016: the program's random numbers.
        self.environment = {
            **os.environ, "WINEPREFIX": str(self.at), "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "bcryptprimitives=n,b;mscoree,mshtml=",
        }
        self.run("wineboot", "--init", timeout=LONG)
        library = Path(os.environ.get("BOTHENDS_RANDOM_LIBRARY", ""))
        if library.is_file():
            shutil.copy(library, self.at / "drive_c/windows/system32/bcryptprimitives.dll")
        self.user = next(path for path in (self.at / "drive_c/users").iterdir() if path.name != "Public")

    def run(self, *command, **options):
        return run("wine", *command, env=self.environment, **options)

    def registry(self, key, *value):
        """Returns what stands in a key of the registry; nothing if there is none."""
        command = ["wine", "reg", "query", key, *value]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.stdout.decode(errors="replace") if done.returncode == 0 else ""

    def set_path(self, value):
        self.run("reg", "add", r"HKCU\Environment", "/v", "Path", "/t", "REG_EXPAND_SZ", "/d", value, "/f")

    def has_path(self, value):
        found = re.search(r"Path\s+(REG_\w+)\s+(.*?)\r?\n", self.registry(r"HKCU\Environment", "/v", "Path"))
        assert found and found.groups() == ("REG_EXPAND_SZ", value), (found and found.groups(), value)

    def converse(self, program):
        run(sys.executable, ROOT / ".ci/windows_program.py", program, env=self.environment, timeout=LONG)

    def opens_its_window(self, screen, program, sessions, picture):
        self.stop()
        seen = {name: screen.environment[name] for name in ("DISPLAY", "LIBGL_ALWAYS_SOFTWARE")}
        process = screen.start(["wine", program], **{**self.environment, **seen})
        screen.start_and_send(lambda: answered(self.reader, sessions), picture)
        screen.close(process)
        self.stop()

    def stop(self):
        for server in ("/usr/lib/wine/wineserver64", "wineserver"):
            if shutil.which(server):
                subprocess.run([server, "-w"], env=self.environment, timeout=PATIENCE)
                return

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        for server in ("/usr/lib/wine/wineserver64", "wineserver"):
            if shutil.which(server):
                subprocess.run([server, "-k"], env=self.environment, timeout=PATIENCE)
                return


def installer():
    old, new = older("-setup.exe"), package("-setup.exe")
    with folder() as at, Windows(at) as windows, Screen() as screen:
        place = windows.user / "AppData/Local/Programs/Bothends"
        program = place / "bothends.exe"
        in_path = rf"C:\users\{windows.user.name}\AppData\Local\Programs\Bothends"
        uninstall = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Bothends"

        def remove(left=()):
            windows.run(place / "uninstall.exe", "/S")
            # It goes on as a copy of itself, so that it can remove itself.
            found = lambda: sorted(path.name for path in place.iterdir()) if place.exists() else []
            wait_for("the removal", lambda: found() == list(left) and not windows.registry(uninstall))

        # A PATH that is longer than a string of the installer is neither cut nor expanded.
        windows.set_path(LONG_PATH)
        windows.run(old, "/S")
        windows.has_path(f"{LONG_PATH};{in_path}")
        remove()
        windows.has_path(LONG_PATH)

        windows.set_path(rf"C:\one;C:\two;")
        windows.run(old, "/S")
        windows.has_path(rf"C:\one;C:\two;{in_path}")
        assert VERSION in windows.run("cmd", "/c", "bothends --version")
        sessions = windows.user / "AppData/Local/bothends/data/sessions"
        windows.opens_its_window(screen, program, sessions, "installer")
        kept = [path for path in windows.user.glob("AppData/*/bothends/**/*") if path.is_file()]
        assert {"preferences.toml", "capture.toml"} <= {path.name for path in kept}, kept

        windows.run(new, "/S")
        assert VERSION in windows.registry(uninstall, "/v", "DisplayVersion")
        windows.has_path(rf"C:\one;C:\two;{in_path}")
        shortcut = windows.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Bothends.lnk"
        assert shortcut.exists()
        opens = windows.registry(r"HKCU\Software\Classes\Bothends.Document\shell\open\command")
        assert rf'"{in_path}\bothends.exe" open "%1"' in opens, opens
        for ending in (".pcap", ".pcapng", ".cap"):
            assert "Bothends.PacketCapture" in windows.registry(rf"HKCU\Software\Classes\{ending}\OpenWithProgids"), ending
        assert windows.registry(r"HKCU\Software\Classes\Directory\shell\Bothends\command")
        windows.converse(program)

        # While it runs, it is neither replaced nor removed.
        command = ["wine", program, "serve", "127.0.0.1:0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, env=windows.environment)
        assert b"listening" in server.stderr.readline()
        windows.run(new, "/S", status=2)
        os.kill(server.pid, signal.SIGINT)
        server.wait(PATIENCE)

        (place / "own.bothends").write_text("format = 1\n")
        windows.set_path(rf"C:\one;{in_path};C:\two")
        remove(left=["own.bothends"])
        windows.has_path(r"C:\one;C:\two")
        assert not shortcut.exists()
        left = windows.registry(r"HKCU\Software\Classes", "/s", "/f", "bothends", "/k")
        assert "bothends" not in left.lower(), left
        assert all(path.exists() for path in kept), kept


def portable_zip():
    with folder() as at, Windows(at) as windows, Screen() as screen:
        run("unzip", "-q", package(".zip"), "-d", at)
        program = next(at.glob("*/bothends.exe"))
        windows.converse(program)
        windows.opens_its_window(screen, program, program.parent / "bothends-data/sessions", "zip")
        assert (program.parent / "bothends-data/preferences.toml").exists()
        left = list(windows.user.glob("AppData/*/bothends"))
        assert not left, left


CHECKS = {
    "the sums are those of all packages": sums,
    "the packages are no larger than they should be": sizes,
    "the programs hold no paths of this machine": no_paths,
    "the programs are stripped": stripped,
    "the Windows program needs nothing but Windows": windows_libraries,
    "lintian has nothing to say": lintian,
    "rpmlint finds no errors": rpmlint,
    "the menu entry, the types and the metadata are valid": menu_entry,
    "the manual pages have no mistakes": manual,
    "the completions complete": completions,
    "the .tar.gz runs anywhere, and is portable with its marker": tar_gz,
    "the .deb on Debian: installed, used, upgraded, removed": lambda: deb_in("Debian"),
    "the .deb on Ubuntu: installed, used, upgraded, removed": lambda: deb_in("Ubuntu"),
    "the .rpm: installed, used, upgraded, removed": rpm_in_a_tree,
    "the installer: installed, used, upgraded, removed": installer,
    "the .zip is portable": portable_zip,
}


def main():
    chosen = sys.argv[4:]
    failed = ignored = 0
    for name, check in CHECKS.items():
        if chosen and not any(part in name for part in chosen):
            continue
        began = time.monotonic()
        try:
            check()
            result = "ok"
        except Lacking as lacking:
            ignored += 1
            result = f"ignored: {lacking}"
        except Exception:
            failed += 1
            result = "FAILED"
            traceback.print_exc()
        print(f"{name} … {result} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{failed} failed, {ignored} ignored")
    required = os.environ.get("BOTHENDS_REQUIRE_ALL")
    sys.exit(1 if failed or (ignored and required) else 0)


main()
