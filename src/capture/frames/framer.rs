//! Cuts the streams of a session into frames, entry by entry, by the framings of their endpoints and
//! directions. Where there is a rule, each datagram is a frame by itself. Keeps no payload.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use crate::capture::entry::{Entry, StreamId};
use crate::capture::frame_rules::FrameRules;
use crate::net::EndpointId;
use crate::payload::framing::{Cutter, Fault, Framing};

/// A frame of a stream, and the chunks that it spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutFrame {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// The stream.
    pub stream: StreamId,
    /// Its range in the stream.
    pub range: Range<u64>,
    /// Why it breaks its framing's rule, if it does.
    pub fault: Option<Fault>,
    /// The chunk with its first byte.
    pub first: ChunkPlace,
    /// The chunk with its last byte.
    pub last: ChunkPlace,
    /// When it was complete, in nanoseconds since the session began: with its last byte, or later, when its silence was
    /// over, its stream ended, or another byte showed that nothing belongs to it any more.
    pub complete_nanos: u64,
}

/// A chunk of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChunkPlace {
    /// The number of its entry.
    pub entry: u64,
    /// When it was received or sent, in nanoseconds since the session began.
    pub nanos: u64,
    /// Its offset in the stream.
    pub offset: u64,
    /// Its index among the stream's chunks, counted from 0.
    pub index: u64,
}

impl ChunkPlace {
    /// The place before any chunk.
    const NONE: Self = Self {
        entry: 0,
        nanos: 0,
        offset: 0,
        index: u64::MAX,
    };
}

impl CutFrame {
    /// Returns how many chunks it spans.
    pub fn chunk_count(&self) -> u64 {
        self.last.index - self.first.index + 1
    }

    /// Returns how long after its last byte it was complete, in nanoseconds.
    pub fn late_nanos(&self) -> u64 {
        self.complete_nanos.saturating_sub(self.last.nanos)
    }

    /// Returns its length in bytes.
    pub fn len_bytes(&self) -> u64 {
        self.range.end - self.range.start
    }
}

/// Cuts the streams that have a framing, by endpoint and direction.
///
/// Frames are emitted in the order in which they are completed. A silence ends when its time has passed, as shown by
/// any entry, whatever its connection.
#[derive(Debug, Default)]
pub struct Framer {
    rules: Arc<FrameRules>,
    streams: HashMap<StreamId, CutStream>,
    /// When silences end, in nanoseconds since the session began.
    deadlines: BTreeSet<(u64, StreamId)>,
    /// The time so far.
    now_nanos: u64,
}

impl Framer {
    /// Starts before the first entry.
    pub fn new(rules: Arc<FrameRules>) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }

    /// Returns whether an entry holds bytes that are cut into frames, or a datagram that is one.
    pub fn cuts(&self, entry: &Entry) -> bool {
        self.rules.cuts(entry)
    }

    /// Takes the next entry and emits the frames that it completes.
    ///
    /// If only the first bytes of a chunk were kept, the rest counts as a gap.
    pub fn push(&mut self, entry: &Entry, emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        self.pass(entry.event.stamp.0, emit);
        match entry.stream_id().zip(entry.payload()) {
            Some((stream, payload)) if entry.is_datagram() => {
                if self.cuts(entry) {
                    emit(&datagram(stream, entry, &payload.bytes));
                }
            }
            Some((stream, payload)) => self.push_chunk(stream, entry, &payload.bytes, emit),
            None => self.finish_all(entry.ended_streams(), emit),
        }
    }

    /// Advances the time to `nanos`: silences that end before it are over.
    pub fn pass(&mut self, nanos: u64, emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        self.now_nanos = self.now_nanos.max(nanos);
        while let Some(&(deadline, key)) = self.deadlines.first()
            && deadline <= nanos
        {
            self.deadlines.pop_first();
            if let Some(stream) = self.streams.get_mut(&key) {
                let CutStream { cutter, places } = stream;
                places.latest.complete_nanos = deadline;
                cutter.pass(nanos, &mut |frame| {
                    places.emit(frame.range, frame.fault, emit);
                });
            }
        }
    }

    /// Returns when the next silence ends, in nanoseconds since the session began.
    pub fn deadline_nanos(&self) -> Option<u64> {
        self.deadlines.first().map(|&(deadline, _)| deadline)
    }

    /// Returns whether the newest bytes of a stream are a complete frame, except that the rest of its line break may
    /// still arrive.
    pub fn is_whole(&self, stream: StreamId) -> bool {
        let stream = self.streams.get(&stream);
        stream.is_some_and(|stream| stream.cutter.is_whole())
    }

    /// Notes that entries are missing before the next one: incomplete frames end with a gap, and all streams begin anew.
    pub fn skip(&mut self, emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        for key in self.by_newest(self.streams.keys().copied().collect()) {
            if let Some(CutStream { cutter, places }) = self.streams.get_mut(&key) {
                cutter.skip(0, &mut |frame| places.emit(frame.range, frame.fault, emit));
            }
        }
        self.streams.clear();
        self.deadlines.clear();
    }

    /// Ends all streams: incomplete frames are emitted as they are.
    pub fn end(&mut self, emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        self.finish_all(self.streams.keys().copied().collect(), emit);
    }

    /// Ends streams in the order of their newest chunks.
    fn finish_all(&mut self, keys: Vec<StreamId>, emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        for key in self.by_newest(keys) {
            self.finish(key, emit);
        }
    }

    /// Sorts streams by their newest chunks.
    fn by_newest(&self, mut keys: Vec<StreamId>) -> Vec<StreamId> {
        keys.sort_by_key(|key| {
            let newest = self
                .streams
                .get(key)
                .and_then(|it| it.places.recent.front());
            (newest.map(|chunk| chunk.entry), *key)
        });
        keys
    }

    fn push_chunk(
        &mut self,
        key: StreamId,
        entry: &Entry,
        bytes: &[u8],
        emit: &mut (impl FnMut(&CutFrame) + ?Sized),
    ) {
        let endpoint = entry.event.endpoint;
        let rule = self.rules.of(endpoint, key.direction);
        let Some(framing) = rule.and_then(|rule| rule.framing.as_ref()) else {
            return;
        };
        let new = || CutStream::new(endpoint, key, framing);
        if !framing.is_stateless() {
            self.streams.entry(key).or_insert_with(new);
            learn_from_opposite(&mut self.streams, key);
        }
        let stream = self.streams.entry(key).or_insert_with(new);
        let before = stream.cutter.deadline_nanos();
        stream.push(entry, bytes, emit);
        let deadline = stream.cutter.deadline_nanos();
        if let Some(before) = before {
            self.deadlines.remove(&(before, key));
        }
        self.deadlines
            .extend(deadline.map(|deadline| (deadline, key)));
    }

    fn finish(&mut self, key: StreamId, emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        if let Some(mut stream) = self.streams.remove(&key) {
            if let Some(deadline) = stream.cutter.deadline_nanos() {
                self.deadlines.remove(&(deadline, key));
            }
            let CutStream { cutter, places } = &mut stream;
            places.latest.complete_nanos = self.now_nanos;
            cutter.finish(&mut |frame| places.emit(frame.range, frame.fault, emit));
        }
    }
}

/// Returns the frame that a datagram is. Of one of which only the first bytes were kept, the rest counts as a gap.
fn datagram(stream: StreamId, entry: &Entry, bytes: &[u8]) -> CutFrame {
    let nanos = entry.event.stamp.0;
    let offset = entry.stream().offset;
    let kept_bytes = bytes.len() as u64;
    let place = ChunkPlace {
        entry: entry.number,
        nanos,
        offset,
        index: 0,
    };
    CutFrame {
        endpoint: entry.event.endpoint,
        stream,
        range: offset..offset.saturating_add(kept_bytes),
        fault: (kept_bytes < entry.size_bytes).then_some(Fault::Gap),
        first: place,
        last: place,
        complete_nanos: nanos,
    }
}

/// Lets the cutter of a stream know what the other direction has said about it.
fn learn_from_opposite(streams: &mut HashMap<StreamId, CutStream>, key: StreamId) {
    let other = StreamId::new(key.connection, key.direction.opposite());
    if let [Some(stream), Some(other)] = streams.get_disjoint_mut([&key, &other]) {
        stream.cutter.learn(&mut other.cutter);
    }
}

#[derive(Debug)]
struct CutStream {
    cutter: Cutter,
    places: Places,
}

impl CutStream {
    fn new(endpoint: EndpointId, key: StreamId, framing: &Framing) -> Self {
        let latest = CutFrame {
            endpoint,
            stream: key,
            range: 0..0,
            fault: None,
            first: ChunkPlace::NONE,
            last: ChunkPlace::NONE,
            complete_nanos: 0,
        };
        Self {
            cutter: Cutter::new(framing),
            places: Places {
                latest,
                recent: VecDeque::new(),
                most_recent: framing.lookback() + 1,
                chunks: 0,
            },
        }
    }

    fn push(&mut self, entry: &Entry, bytes: &[u8], emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        let Self { cutter, places } = self;
        let position = entry.stream();
        let nanos = entry.event.stamp.0;
        places.latest.complete_nanos = nanos;
        let missing = position.offset.saturating_sub(cutter.offset());
        if missing > 0 {
            cutter.skip(missing, &mut |frame| {
                places.emit(frame.range, frame.fault, emit);
            });
        }
        let chunk = ChunkPlace {
            entry: entry.number,
            nanos,
            offset: cutter.offset(),
            index: places.chunks,
        };
        places.push(chunk, cutter.pending().is_empty());
        cutter.push(bytes, nanos, &mut |frame| {
            places.emit(frame.range, frame.fault, emit);
        });
    }
}

/// The chunks of a stream that a frame may still span.
#[derive(Debug)]
struct Places {
    /// The last emitted frame, except that its first chunk already belongs to the next frame.
    latest: CutFrame,
    /// The newest chunks: a delimiter, or the length of the next frame, may start in any of them.
    recent: VecDeque<ChunkPlace>,
    /// How many chunks that can span, plus the one before it.
    most_recent: usize,
    chunks: u64,
}

impl Places {
    /// Adds the next chunk. If no frame is open, one starts in it.
    fn push(&mut self, chunk: ChunkPlace, begins: bool) {
        self.chunks += 1;
        if self.recent.len() >= self.most_recent {
            self.recent.pop_back();
        }
        self.recent.push_front(chunk);
        if begins {
            self.latest.first = chunk;
        }
    }

    /// Emits a frame with the chunks that it spans. Called for every frame, so the range and fault are passed in
    /// registers.
    #[inline]
    fn emit(
        &mut self,
        range: Range<u64>,
        fault: Option<Fault>,
        emit: &mut (impl FnMut(&CutFrame) + ?Sized),
    ) {
        let latest = &mut self.latest;
        latest.range = range;
        latest.fault = fault;
        // If a chunk has many frames, most start and end in it, as did the frame before.
        let newest = self.chunks.wrapping_sub(1);
        if latest.first.index == newest && latest.last.index == newest {
            emit(latest);
        } else {
            self.emit_over_chunks(emit);
        }
    }

    #[inline(never)]
    fn emit_over_chunks(&mut self, emit: &mut (impl FnMut(&CutFrame) + ?Sized)) {
        let Self { latest, recent, .. } = self;
        let end = latest.range.end;
        set_to_chunk(&mut latest.last, recent, end.saturating_sub(1));
        emit(latest);
        set_to_chunk(&mut latest.first, recent, end);
    }
}

/// Sets a place to the chunk that contains an offset.
fn set_to_chunk(place: &mut ChunkPlace, newest_first: &VecDeque<ChunkPlace>, offset: u64) {
    let found = newest_first.iter().find(|chunk| chunk.offset <= offset);
    if let Some(chunk) = found.or(newest_first.back()) {
        *place = *chunk;
    }
}

#[cfg(test)]
mod tests;
