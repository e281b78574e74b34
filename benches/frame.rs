//! The cost of a frame of the window over a huge capture, and the memory that scrolling, searching, filtering and
//! following need.
//!
//! Run by hand: `cargo bench --bench frame` makes a capture of a million entries; with a folder (`cargo bench --bench
//! frame -- DIR`) it uses the capture there, such as one from `cargo bench --bench record -- 100000000 --keep DIR`. The
//! cost covers the user interface and the tessellation, without the graphics card: as wall-clock time, which other
//! threads of a busy machine lengthen, and as CPU time of this thread.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use bothends::app::App;
use bothends::capture::Library;
use bothends::workspace::{ConfigFolder, EndpointKind, Loaded};
use eframe::App as _;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use support::{connect, generated, most_resident_bytes, resident_bytes};

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);
/// How long to wait for anything to appear.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a search through a hundred million entries may take.
const SEARCH_PATIENCE: Duration = Duration::from_mins(10);
/// The number of places visited in each story.
const PLACES: u32 = 300;
/// The time between two frames, as on a 60 Hz screen.
const PAUSE: Duration = Duration::from_millis(16);
/// The number of concurrent peers, and the messages per second of each: 60,000 entries a second with the echoes, of
/// which a busy machine manages more than 50,000.
const PEERS: u32 = 30;
const MESSAGES_PER_SECOND: u32 = 1_000;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let given = std::env::args().skip(1).find(|it| !it.starts_with('-'));
    let capture = given.map_or_else(
        || {
            let dir = folder.path().join("capture");
            generated::record(&dir, 1_000_000);
            dir
        },
        PathBuf::from,
    );
    let mut desk = Desk::new(&folder.path().join("data"));
    let server = desk.start_server();
    memory("at the start");
    let tab = desk.open(&capture);
    println!("{} entries", desk.entries());
    desk.anywhere("anywhere, nothing else going on");
    memory("after that");

    let traffic = Traffic::start(server);
    desk.with_traffic("anywhere, with traffic", Desk::anywhere);
    desk.click("Live");
    desk.with_traffic("at the newest entry, with traffic", Desk::newest);
    desk.click("Lanes");
    desk.with_traffic("lanes at the newest entry, with traffic", Desk::newest);
    desk.click(&tab);
    desk.with_traffic("lanes anywhere, with traffic", Desk::anywhere);
    desk.find("77");
    // The entry that was found has opened the detail pane.
    desk.place("Timeline");
    let story = "lanes anywhere, with find marks and the detail, with traffic";
    desk.with_traffic(story, Desk::anywhere);
    desk.key(Key::Escape, Modifiers::NONE);
    desk.click("Rows");
    traffic.end();
    memory("after that");

    desk.click(&tab);
    desk.rest();
    desk.find("none of them");
    desk.find(" ");
    memory("with every entry found");
    desk.filter(" ");
    desk.anywhere("anywhere in what was found");
    memory("after that");
    desk.follow();
    desk.anywhere("anywhere in a followed connection");
    memory("after that");
    let one = folder.path().join("one-connection");
    generated::record_of(&one, 1_000_000, 1);
    desk.open(&one);
    desk.lifecycle("anywhere in the lifecycle of a connection of a million chunks");
    memory("after that");
    println!(
        "resident at most: {} MiB (target < 300)",
        most_resident_bytes("self") / 1024 / 1024
    );
}

fn memory(when: &str) {
    println!(
        "  resident {when}: {} MiB",
        resident_bytes("self") / 1024 / 1024
    );
}

/// The window without a screen, driven with pointer and keys; every frame is timed.
struct Desk {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    opened: Instant,
    /// The wall-clock time and the CPU time of each frame, in milliseconds.
    costs: Vec<(f64, f64)>,
    /// The positions of named widgets on the screen.
    places: HashMap<String, Rect>,
    random: u64,
}

impl Desk {
    fn new(data: &Path) -> Self {
        let mut loaded = Loaded::default();
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Server(server) = &mut form.kind {
                "0".clone_into(&mut server.bind.port_text);
            }
        }
        let ctx = egui::Context::default();
        let library = Library::open_in(data);
        let app = App::new(
            &ctx,
            &bothends::words::ENGLISH,
            ConfigFolder::default(),
            loaded,
            Some(&library),
        )
        .expect("the application");
        let mut desk = Self {
            ctx,
            app,
            frame: eframe::Frame::_new_kittest(),
            opened: Instant::now(),
            costs: Vec::new(),
            places: HashMap::new(),
            random: 1,
        };
        desk.rest();
        desk
    }

    /// Shows one frame.
    fn step(&mut self, events: Vec<Event>) {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.opened.elapsed().as_secs_f64()),
            focused: true,
            events,
            ..RawInput::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let (clock, work) = (Instant::now(), at_work());
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(ui.ctx(), frame);
            app.ui(ui, frame);
        });
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let work = at_work().saturating_sub(work);
        self.costs.push((millis(clock.elapsed()), millis(work)));
        drop(shapes);
        // There is no graphics card to upload them to.
        output.textures_delta.clear();
        let update = output.platform_output.accesskit_update.take();
        let nodes = update.map_or_else(Vec::new, |update| update.nodes);
        let words: HashMap<_, _> = nodes
            .iter()
            .filter_map(|(id, node)| Some((*id, node.value()?)))
            .collect();
        for (_, node) in &nodes {
            let by_label = node.labelled_by().first().and_then(|it| words.get(it));
            let name = node.label().or(by_label.copied());
            if let (Some(name), Some(at)) = (name, node.bounds()) {
                let from = pos2(at.x0 as f32, at.y0 as f32);
                let to = pos2(at.x1 as f32, at.y1 as f32);
                let place = Rect::from_min_max(from, to);
                self.places.insert(name.to_owned(), place);
            }
        }
    }

    /// Shows some frames, until requested data has arrived and nothing moves.
    fn rest(&mut self) {
        for _ in 0..12 {
            self.step(Vec::new());
            thread::sleep(PAUSE);
        }
    }

    /// Returns the position of the widget with this name, once it is shown.
    fn place(&mut self, name: &str) -> Rect {
        let deadline = Instant::now() + PATIENCE;
        self.ctx.enable_accesskit();
        loop {
            self.places.clear();
            self.step(Vec::new());
            if let Some(place) = self.places.get(name) {
                let place = *place;
                self.ctx.disable_accesskit();
                return place;
            }
            assert!(
                Instant::now() < deadline,
                "waited for {name}: {:?}",
                self.places.keys()
            );
            thread::sleep(PAUSE);
        }
    }

    fn press(&mut self, at: Pos2, button: PointerButton) {
        self.step(vec![Event::PointerMoved(at)]);
        self.step(vec![pointer(at, button, true)]);
        self.step(vec![pointer(at, button, false)]);
    }

    fn click(&mut self, name: &str) {
        let place = self.place(name);
        self.press(place.center(), PointerButton::Primary);
        self.rest();
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        self.step(vec![event(true)]);
        self.step(vec![event(false)]);
    }

    fn type_into(&mut self, name: &str, text: &str) {
        self.click(name);
        self.key(Key::A, Modifiers::COMMAND);
        self.step(vec![Event::Text(text.to_owned())]);
    }

    /// Starts the server; returns its address.
    fn start_server(&mut self) -> SocketAddr {
        self.click("Start server");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut servers = self.app.model().endpoints.values();
            if let Some(address) = servers.find_map(|it| it.bound()?.ip()) {
                return address;
            }
            assert!(Instant::now() < deadline, "the server does not listen");
            self.rest();
        }
    }

    /// Opens a capture; returns the label of its tab.
    fn open(&mut self, dir: &Path) -> String {
        let dir = dir.canonicalize().expect("the capture");
        self.click("File");
        self.click("Open sessions…");
        self.type_into("Folder or file", &dir.display().to_string());
        let start = Instant::now();
        self.click("Open path");
        let name = dir.file_name().expect("a name").to_string_lossy();
        let tab = format!("{name} (read-only)");
        self.place(&tab);
        while self.entries() == 0 {
            self.step(Vec::new());
        }
        println!("opened in {:.0} ms", millis(start.elapsed()));
        self.rest();
        tab
    }

    /// Returns how many rows the timeline has.
    fn entries(&self) -> u64 {
        self.app.model().timeline.len()
    }

    /// Returns how many entries the live session has, as far as the window knows.
    fn recorded(&self) -> u64 {
        self.app.model().record.entries
    }

    /// Plays a story and prints how much was recorded in the meantime.
    fn with_traffic(&mut self, story: &str, play: fn(&mut Self, &str)) {
        self.rest();
        let (entries, start) = (self.recorded(), Instant::now());
        play(self, story);
        let rate = (self.recorded() - entries) as f64 / start.elapsed().as_secs_f64();
        println!("  {rate:.0} entries a second were recorded meanwhile");
    }

    /// Jumps to places all over the list and scrolls there with the wheel.
    fn anywhere(&mut self, story: &str) {
        self.rest();
        self.costs.clear();
        let right = self.list().right_top() + vec2(-4.0, 0.0);
        let height = self.list().height();
        for _ in 0..PLACES {
            self.random = self
                .random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let part = (self.random >> 40) as f32 / (1 << 24) as f32;
            let bar = right + vec2(0.0, height * part);
            self.press(bar, PointerButton::Primary);
            let within = bar + vec2(-300.0, 0.0);
            for _ in 0..4 {
                let wheel = Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Line,
                    delta: vec2(0.0, -3.0),
                    phase: egui::TouchPhase::Move,
                    source: egui::MouseWheelSource::Wheel,
                    modifiers: Modifiers::NONE,
                };
                thread::sleep(PAUSE / 4);
                self.step(vec![Event::PointerMoved(within), wheel]);
            }
        }
        self.report(story);
    }

    /// Keeps the newest entry in view for a while.
    fn newest(&mut self, story: &str) {
        self.costs.clear();
        for _ in 0..PLACES {
            self.step(Vec::new());
            thread::sleep(PAUSE);
        }
        self.report(story);
    }

    fn list(&mut self) -> Rect {
        let place = self
            .places
            .get("Conversation")
            .or_else(|| self.places.get("Timeline"));
        *place.expect("a list")
    }

    /// Searches for all entries that contain a text.
    fn find(&mut self, text: &str) {
        self.type_into("Find", text);
        self.costs.clear();
        let start = Instant::now();
        self.key(Key::Enter, Modifiers::NONE);
        loop {
            let find = self.app.model().timeline.find();
            if find.asked.is_none() && find.progress.is_whole() {
                break;
            }
            assert!(start.elapsed() < SEARCH_PATIENCE, "{find:?}");
            self.step(Vec::new());
            thread::sleep(PAUSE);
        }
        let count = self.app.model().timeline.find().count;
        println!(
            "{count} entries with {text:?} found in {:.2?}",
            start.elapsed()
        );
        self.report("meanwhile");
    }

    /// Shows only the matches.
    fn filter(&mut self, text: &str) {
        self.click("Filter");
        self.click(&format!("Only matches of {text}"));
        self.key(Key::Escape, Modifiers::NONE);
        self.rest();
        println!("{} entries in view", self.entries());
    }

    /// Follows the connection of the entry in the middle.
    fn follow(&mut self) {
        self.place("Timeline");
        let middle = self.list().center();
        self.press(middle, PointerButton::Secondary);
        self.click("Follow connection");
        self.place("Conversation");
    }

    /// Scrolls up and down through the picture of the connection.
    fn lifecycle(&mut self, story: &str) {
        self.click("Lifecycle");
        let picture = self.place("Save picture…").center() + vec2(0.0, 200.0);
        self.rest();
        self.costs.clear();
        for place in 0..PLACES {
            let lines = if place % 60 < 30 { 9.0 } else { -9.0 };
            let wheel = Event::MouseWheel {
                unit: egui::MouseWheelUnit::Line,
                delta: vec2(0.0, lines),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            };
            thread::sleep(PAUSE / 4);
            self.step(vec![Event::PointerMoved(picture), wheel]);
        }
        self.report(story);
    }

    /// Prints what the frames cost since the last time.
    fn report(&mut self, story: &str) {
        let percentiles = |mut costs: Vec<f64>| {
            costs.sort_by(f64::total_cmp);
            let at = |part: f64| costs[((costs.len() - 1) as f64 * part) as usize];
            format!(
                "p50 {:.2}, p99 {:.2}, most {:.2} ms",
                at(0.5),
                at(0.99),
                at(1.0)
            )
        };
        println!("{story}, {} frames:", self.costs.len());
        println!(
            "  on the clock {}",
            percentiles(self.costs.iter().map(|it| it.0).collect())
        );
        println!(
            "  at work {} (target p99 ≤ 4 ms)",
            percentiles(self.costs.iter().map(|it| it.1).collect())
        );
        self.costs.clear();
    }
}

fn pointer(pos: Pos2, button: PointerButton, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The CPU time of this thread so far; wall-clock time if that is not available.
fn at_work() -> Duration {
    #[cfg(target_os = "linux")]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
    }
    #[cfg(not(target_os = "linux"))]
    {
        use std::sync::LazyLock;
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }
}

/// Peers that send small messages at a steady pace and read the echoes.
struct Traffic {
    ends: Arc<AtomicBool>,
    thread: thread::JoinHandle<()>,
}

impl Traffic {
    fn start(server: SocketAddr) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ends);
        let thread = thread::Builder::new()
            .name("traffic".to_owned())
            .spawn(move || run_traffic(server, &end))
            .expect("a thread");
        Self { ends, thread }
    }

    fn end(self) {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.join().expect("an end in order");
    }
}

fn run_traffic(server: SocketAddr, end: &AtomicBool) {
    let mut peers: Vec<_> = (0..PEERS).map(|_| connect(server)).collect();
    let mut rounds: u32 = 0;
    let mut echo = [0; 16];
    while !end.load(Ordering::Relaxed) {
        let start = Instant::now();
        let message = format!("message {rounds:>8}");
        for peer in &mut peers {
            // One write each: formatting directly into the socket would make two.
            peer.write_all(message.as_bytes())
                .expect("a peer that is read");
            // The echoes are read one round later, so that no peer waits for another.
            if rounds > 0 {
                peer.read_exact(&mut echo).expect("the echo");
            }
        }
        rounds += 1;
        let each = Duration::from_secs(1) / MESSAGES_PER_SECOND;
        thread::sleep(each.saturating_sub(start.elapsed()));
    }
}
