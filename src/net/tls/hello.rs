//! What a client offers in its hello and what a server chooses in its own (RFC 8446 section 4.1), read from their bytes.
//!
//! rustls hides part of this. The bytes are a peer's: a hello that is cut short or contradicts itself gives what could be
//! read of it.

use super::registry;
use super::version::TlsVersion;

/// How many items of each list are kept.
pub const MAX_OFFERED: usize = 256;
/// How many bytes of a name are kept.
pub const MAX_NAME_BYTES: usize = 255;

/// What a client offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hello {
    /// The versions, most wanted first.
    pub versions: Vec<TlsVersion>,
    /// The name of the server that it wants (SNI); `None` if it names none.
    pub server_name: Option<String>,
    /// The protocols that it wants to speak (ALPN), most wanted first. Bytes that are not text are replaced.
    pub alpn: Vec<String>,
    /// The cipher suites by their names in IANA's registry; an unknown one as `0x0A0A`.
    pub suites: Vec<String>,
    /// The groups for the exchange of keys, named likewise.
    pub groups: Vec<String>,
    /// The signature schemes, named likewise.
    pub schemes: Vec<String>,
    /// Whether it offers to resume an earlier session. One of TLS 1.2 without a ticket cannot be distinguished from none where TLS 1.3
    /// is offered as well.
    pub resumes: bool,
    /// Its random number, which key logs are ordered by.
    pub random: [u8; 32],
    /// Whether all of it could be read, and no list had more than [`MAX_OFFERED`] items.
    pub is_whole: bool,
}

impl Hello {
    /// Returns about how many bytes of memory it takes.
    pub(super) fn held_bytes(&self) -> usize {
        let lists = [&self.alpn, &self.suites, &self.groups, &self.schemes];
        let texts = lists.into_iter().flatten().chain(&self.server_name);
        let texts: usize = texts.map(|it| size_of::<String>() + it.len()).sum();
        size_of::<Self>() + texts
    }
}

/// What a server chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChosenSuite {
    pub(super) version: TlsVersion,
    pub(super) suite: u16,
}

impl Hello {
    /// Reads the body of a `ClientHello`, without the header of the handshake message.
    pub fn read(body: &[u8]) -> Self {
        let mut hello = Self::default();
        let mut body = Bytes(body);
        hello.is_whole = hello.read_body(&mut body).is_some() && body.0.is_empty();
        if hello.versions.is_empty() {
            hello.is_whole = false;
        }
        hello
    }

    fn read_body(&mut self, body: &mut Bytes<'_>) -> Option<()> {
        let legacy_version = TlsVersion::of(body.u16()?);
        self.versions = vec![legacy_version];
        self.random.copy_from_slice(body.take(32)?);
        let session = body.list8()?;
        let (suites, has_all) = body.list16()?.numbers();
        self.suites = suites.into_iter().map(registry::suite).collect();
        body.list8()?; // The compression methods: `null` is the only one that is left.
        if body.0.is_empty() {
            // Before TLS 1.3 there may be no extensions.
            self.resumes = !session.0.is_empty();
            return has_all.then_some(());
        }
        let mut has_all = has_all;
        let mut extensions = body.list16()?;
        let mut has_ticket = false;
        while !extensions.0.is_empty() {
            let kind = extensions.u16()?;
            let content = extensions.list16()?;
            has_ticket |= kind == extension::SESSION_TICKET && !content.0.is_empty();
            has_all &= self.read_extension(kind, content)?;
        }
        // In TLS 1.3 the session id is there for old boxes on the way only (RFC 8446, D.4).
        let is_tls13 = self.versions.contains(&TlsVersion::Tls13);
        self.resumes |= has_ticket || (!is_tls13 && !session.0.is_empty());
        has_all.then_some(())
    }

    /// Reads one extension. `Some(false)`: it has more items than are kept.
    fn read_extension(&mut self, kind: u16, mut content: Bytes<'_>) -> Option<bool> {
        let mut has_all = true;
        let mut named = |list: Bytes<'_>, name: fn(u16) -> String| {
            let (numbers, all) = list.numbers();
            has_all &= all;
            numbers.into_iter().map(name).collect()
        };
        match kind {
            extension::SERVER_NAME => {
                let mut list = content.list16()?;
                while !list.0.is_empty() {
                    let is_host = list.take(1)? == [0];
                    let name = list.list16()?;
                    if is_host && self.server_name.is_none() {
                        self.server_name = Some(text(name.0));
                    }
                }
            }
            extension::GROUPS => self.groups = named(content.list16()?, registry::group),
            extension::SIGNATURES => self.schemes = named(content.list16()?, registry::scheme),
            extension::ALPN => {
                let mut list = content.list16()?;
                while !list.0.is_empty() {
                    let protocol = list.list8()?;
                    if self.alpn.len() < MAX_OFFERED {
                        self.alpn.push(text(protocol.0));
                    } else {
                        has_all = false;
                    }
                }
            }
            extension::PRE_SHARED_KEY => self.resumes = true,
            extension::SUPPORTED_VERSIONS => {
                let (numbers, all) = content.list8()?.numbers();
                has_all &= all;
                self.versions = numbers.into_iter().map(TlsVersion::of).collect();
            }
            _ => {}
        }
        Some(has_all)
    }
}

impl ChosenSuite {
    /// Reads the body of a `ServerHello`, without the header of the handshake message.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let mut body = Bytes(body);
        let mut version = TlsVersion::of(body.u16()?);
        body.take(32)?;
        body.list8()?;
        let suite = body.u16()?;
        body.take(1)?;
        if let Some(mut extensions) = body.list16() {
            while let Some(kind) = extensions.u16() {
                let Some(mut content) = extensions.list16() else {
                    break;
                };
                if kind == extension::SUPPORTED_VERSIONS
                    && let Some(number) = content.u16()
                {
                    version = TlsVersion::of(number);
                }
            }
        }
        Some(Self { version, suite })
    }
}

/// Numbers of extensions (<https://www.iana.org/assignments/tls-extensiontype-values>).
mod extension {
    pub(super) const SERVER_NAME: u16 = 0;
    pub(super) const GROUPS: u16 = 10;
    pub(super) const SIGNATURES: u16 = 13;
    pub(super) const ALPN: u16 = 16;
    pub(super) const SESSION_TICKET: u16 = 35;
    pub(super) const PRE_SHARED_KEY: u16 = 41;
    pub(super) const SUPPORTED_VERSIONS: u16 = 43;
}

/// Bytes that are still to be read.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        let bytes = self.take(2)?;
        Some(u16::from_be_bytes(bytes.try_into().ok()?))
    }

    /// Takes a list behind the number of its bytes, which is one byte.
    fn list8(&mut self) -> Option<Self> {
        let count = self.take(1)?.first().copied()?;
        self.take(count.into()).map(Self)
    }

    /// Takes a list behind the number of its bytes, which is two bytes.
    fn list16(&mut self) -> Option<Self> {
        let count = self.u16()?;
        self.take(count.into()).map(Self)
    }

    /// Reads a list of numbers. Also returns whether those are all of them.
    fn numbers(self) -> (Vec<u16>, bool) {
        let pairs = self.0.chunks_exact(2);
        let is_even = pairs.remainder().is_empty();
        let has_all = is_even && pairs.len() <= MAX_OFFERED;
        let numbers = pairs.take(MAX_OFFERED);
        let numbers = numbers.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        (numbers.collect(), has_all)
    }
}

fn text(bytes: &[u8]) -> String {
    let kept = &bytes[..bytes.len().min(MAX_NAME_BYTES)];
    String::from_utf8_lossy(kept).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The first message of the handshake in RFC 8448, section 3.
    const RFC_8448: &str = "0303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7\
        000006130113031302010000910000000b0009000006736572766572ff01000100000a00140012001d00170018\
        0019010001010102010301040023000000330026002400 1d002099381de560e4bd43d23d8e435a7dbafeb3c06e51\
        c13cae4d5413691e529aaf2c002b0003020304000d0020001e0403050306030203080408050806040105010601\
        02010402050206020202002d00020101001c00024001";

    fn bytes_of(hex: &str) -> Vec<u8> {
        let digits: Vec<char> = hex.chars().filter(char::is_ascii_hexdigit).collect();
        let pairs = digits.chunks(2).map(|pair| pair.iter().collect::<String>());
        pairs
            .map(|pair| u8::from_str_radix(&pair, 16).unwrap())
            .collect()
    }

    #[test]
    fn the_hello_of_rfc_8448_is_read_whole() {
        let hello = Hello::read(&bytes_of(RFC_8448));
        assert!(hello.is_whole, "{hello:?}");
        assert_eq!(hello.versions, [TlsVersion::Tls13]);
        assert_eq!(hello.server_name.as_deref(), Some("server"));
        assert_eq!(
            hello.suites,
            [
                "TLS_AES_128_GCM_SHA256",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_AES_256_GCM_SHA384"
            ]
        );
        assert_eq!(hello.groups[..2], ["x25519", "secp256r1"]);
        assert_eq!(hello.groups.len(), 9);
        assert_eq!(hello.schemes[0], "ecdsa_secp256r1_sha256");
        assert_eq!(hello.schemes.len(), 15);
        assert_eq!(hello.random[..2], [0xcb, 0x34]);
        assert!(hello.alpn.is_empty() && !hello.resumes);
    }

    #[test]
    fn the_server_hello_of_rfc_8448_says_what_was_chosen() {
        let body = bytes_of(
            "0303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e0033\
             0024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304",
        );
        let chosen = ChosenSuite::read(&body).unwrap();
        assert_eq!((chosen.version, chosen.suite), (TlsVersion::Tls13, 0x1301));
    }

    #[test]
    fn a_hello_that_is_cut_gives_what_it_has() {
        let whole = bytes_of(RFC_8448);
        for len in 0..whole.len() {
            let hello = Hello::read(&whole[..len]);
            // Without its list of extensions, it is what an older client says.
            assert!(!hello.is_whole || len == 45, "{len}");
        }
        assert!(Hello::read(&whole[..45]).versions == [TlsVersion::Tls12]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_within_bounds(body in proptest::collection::vec(any::<u8>(), 0..600)) {
            check_bounds(&body);
        }

        #[test]
        fn a_damaged_hello_is_read_within_bounds(
            changes in proptest::collection::vec((0_usize..196, any::<u8>()), 0..12)
        ) {
            let mut body = bytes_of(RFC_8448);
            for (at, byte) in changes {
                let at = at % body.len();
                body[at] = byte;
            }
            check_bounds(&body);
        }
    }

    fn check_bounds(body: &[u8]) {
        let hello = Hello::read(body);
        let lists = [&hello.suites, &hello.groups, &hello.schemes, &hello.alpn];
        assert!(lists.iter().all(|list| list.len() <= MAX_OFFERED));
        assert!(hello.versions.len() <= MAX_OFFERED);
        ChosenSuite::read(body);
    }
}
