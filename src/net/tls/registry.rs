//! The names that IANA's registries give to the numbers in a hello. An unknown number is its own name: `0x0A0A`.

use rustls::CipherSuite;

/// Returns the name of a cipher suite.
pub(super) fn suite(number: u16) -> String {
    match CipherSuite::from(number).as_str() {
        // rustls spells those of TLS 1.3 in its own way.
        Some(name) => name.replacen("TLS13_", "TLS_", 1),
        None => unknown(number),
    }
}

/// Returns the name of a group for the exchange of keys.
pub(super) fn group(number: u16) -> String {
    let name = match number {
        0x0013 => "secp192r1",
        0x0015 => "secp224r1",
        0x0016 => "secp256k1",
        0x0017 => "secp256r1",
        0x0018 => "secp384r1",
        0x0019 => "secp521r1",
        0x001a => "brainpoolP256r1",
        0x001b => "brainpoolP384r1",
        0x001c => "brainpoolP512r1",
        0x001d => "x25519",
        0x001e => "x448",
        0x001f => "brainpoolP256r1tls13",
        0x0020 => "brainpoolP384r1tls13",
        0x0021 => "brainpoolP512r1tls13",
        0x0029 => "curveSM2",
        0x0100 => "ffdhe2048",
        0x0101 => "ffdhe3072",
        0x0102 => "ffdhe4096",
        0x0103 => "ffdhe6144",
        0x0104 => "ffdhe8192",
        0x0200 => "MLKEM512",
        0x0201 => "MLKEM768",
        0x0202 => "MLKEM1024",
        0x11eb => "SecP256r1MLKEM768",
        0x11ec => "X25519MLKEM768",
        0x11ed => "SecP384r1MLKEM1024",
        0x6399 => "X25519Kyber768Draft00",
        other => return unknown(other),
    };
    name.to_owned()
}

/// Returns the name of a signature scheme. Those that only TLS 1.2 has are pairs of a hash and a signature.
pub(super) fn scheme(number: u16) -> String {
    let name = match number {
        0x0201 => "rsa_pkcs1_sha1",
        0x0203 => "ecdsa_sha1",
        0x0401 => "rsa_pkcs1_sha256",
        0x0403 => "ecdsa_secp256r1_sha256",
        0x0501 => "rsa_pkcs1_sha384",
        0x0503 => "ecdsa_secp384r1_sha384",
        0x0601 => "rsa_pkcs1_sha512",
        0x0603 => "ecdsa_secp521r1_sha512",
        0x0708 => "sm2sig_sm3",
        0x0804 => "rsa_pss_rsae_sha256",
        0x0805 => "rsa_pss_rsae_sha384",
        0x0806 => "rsa_pss_rsae_sha512",
        0x0807 => "ed25519",
        0x0808 => "ed448",
        0x0809 => "rsa_pss_pss_sha256",
        0x080a => "rsa_pss_pss_sha384",
        0x080b => "rsa_pss_pss_sha512",
        0x081a => "ecdsa_brainpoolP256r1tls13_sha256",
        0x081b => "ecdsa_brainpoolP384r1tls13_sha384",
        0x081c => "ecdsa_brainpoolP512r1tls13_sha512",
        0x0904 => "mldsa44",
        0x0905 => "mldsa65",
        0x0906 => "mldsa87",
        0x0301 => "rsa_pkcs1_sha224",
        0x0303 => "ecdsa_sha224",
        0x0202 => "dsa_sha1",
        0x0302 => "dsa_sha224",
        0x0402 => "dsa_sha256",
        0x0502 => "dsa_sha384",
        0x0602 => "dsa_sha512",
        other => return unknown(other),
    };
    name.to_owned()
}

fn unknown(number: u16) -> String {
    format!("0x{number:04X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_registries() {
        // https://www.iana.org/assignments/tls-parameters
        assert_eq!(suite(0x1301), "TLS_AES_128_GCM_SHA256");
        assert_eq!(suite(0xc02f), "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assert_eq!(suite(0x000a), "TLS_RSA_WITH_3DES_EDE_CBC_SHA");
        assert_eq!(suite(0x00ff), "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
        assert_eq!(suite(0x0a0a), "0x0A0A");
        assert_eq!(group(0x11ec), "X25519MLKEM768");
        assert_eq!(group(0x001d), "x25519");
        assert_eq!(group(0xfafa), "0xFAFA");
        assert_eq!(scheme(0x0804), "rsa_pss_rsae_sha256");
        assert_eq!(scheme(0x0403), "ecdsa_secp256r1_sha256");
    }
}
