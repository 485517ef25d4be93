//! Hashes and keyed hashes through their rows.

use crate::testing::{Harness, Null, call, with_harness};
use crate::word::Word;

const HASH: &str = "System.Security.Cryptography.HashAlgorithm";

/// Makes an object, hashes a text with it and shows the hash in hexadecimal digits.
fn hash_of(harness: &mut Harness<'_>, object: Word, text: &str) -> String {
    let compute = format!("{HASH}::byte[] ComputeHash(byte[] buffer)");
    let bytes = harness.word(&compute, &[&object, &text.as_bytes()]);
    hex(harness, bytes)
}

fn hex(harness: &mut Harness<'_>, bytes: Word) -> String {
    let shown = harness.show(Some(crate::testing::ty("byte[]")), bytes);
    let inside = shown.trim_start_matches('[').trim_end_matches(']');
    inside.split(", ").filter(|n| !n.is_empty()).map(|n| format!("{:02x}", n.parse::<u8>().unwrap())).collect()
}

#[test]
fn every_class_computes_its_hash() {
    let rows = [
        ("MD5::static MD5 Create()", "900150983cd24fb0d6963f7d28e17f72"),
        ("SHA1::static SHA1 Create()", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("SHA1Managed::SHA1Managed()", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("HashAlgorithm::static HashAlgorithm Create()", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("SHA256::static SHA256 Create()", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "SHA384Managed::SHA384Managed()",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        ),
        (
            "SHA512::static SHA512 Create()",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
    ];
    with_harness(|harness| {
        for (maker, expected) in rows {
            let object = harness.word(&format!("System.Security.Cryptography.{maker}"), &[]);
            assert_eq!(hash_of(harness, object, "abc"), expected, "{maker}");
            assert_eq!(hash_of(harness, object, "abc"), expected, "{maker}, again");
        }
    });
}

#[test]
fn keyed_hashes_use_their_key() {
    let rows = [
        ("HMACMD5", "4e4748e62b463521f6775fbf921234b5"),
        ("HMACSHA1", "2088df74d5f2146b48146caf4965377e9d0be3a4"),
        ("HMACSHA256", "6e9ef29b75fffc5b7abae527d58fdadb2fe42e7219011976917343065f58ed4a"),
        (
            "HMACSHA384",
            "0fd3ae3237be98c64a075b7394989fc6789f31788fada42eada85ee6698bde2feae20b66271b67544b9062c773b2d86f",
        ),
        (
            "HMACSHA512",
            "e477384d7ca229dd1426e64b63ebf2d36ebd6d7e669a6735424e72ea6c01d3f8\
             b56eb39c36d8232f5427999b8d1a3f9cd1128fc69f4d75b434216810fa367e98",
        ),
    ];
    with_harness(|harness| {
        for (class, expected) in rows {
            let maker = format!("System.Security.Cryptography.{class}::{class}(byte[] key)");
            let object = harness.word(&maker, &[&b"key".as_slice()]);
            let found = hash_of(harness, object, "message");
            assert_eq!(found, expected, "{class}");
            assert_eq!(hash_of(harness, object, "message"), found, "{class}, again");
        }
    });
}

#[test]
fn names_find_algorithms() {
    let rows = [
        ("HashAlgorithm", "hashName", "SHA-256", "System.Security.Cryptography.SHA256Managed"),
        ("HashAlgorithm", "hashName", "md5", "System.Security.Cryptography.MD5CryptoServiceProvider"),
        ("HashAlgorithm", "hashName", "HMACSHA256", "System.Security.Cryptography.HMACSHA256"),
        (
            "HashAlgorithm",
            "hashName",
            "System.Security.Cryptography.SHA512",
            "System.Security.Cryptography.SHA512Managed",
        ),
        ("HashAlgorithm", "hashName", "NOPE", "<null>"),
        ("HashAlgorithm", "hashName", "SHA256Managed", "<null>"),
        ("HMAC", "algorithmName", "HMACSHA512", "System.Security.Cryptography.HMACSHA512"),
        ("KeyedHashAlgorithm", "algName", "hmacmd5", "System.Security.Cryptography.HMACMD5"),
    ];
    for (class, parameter, name, expected) in rows {
        let member = format!("System.Security.Cryptography.{class}::static {class} Create(string {parameter})");
        assert_eq!(call(&member, &[&name]), expected, "{class} {name}");
    }
    assert_eq!(
        call("System.Security.Cryptography.HMAC::static HMAC Create(string algorithmName)", &[&"SHA256"]),
        "InvalidCastException: Unable to cast object of type 'System.Security.Cryptography.SHA256Managed' to type \
         'System.Security.Cryptography.HMAC'."
    );
    assert_eq!(
        call(&format!("{HASH}::static HashAlgorithm Create(string hashName)"), &[&Null]),
        "ArgumentNullException: Value cannot be null. (Parameter 'hashName')"
    );
}

#[test]
fn pieces_are_hashed_like_the_whole() {
    with_harness(|harness| {
        let object = harness.word("System.Security.Cryptography.SHA256::static SHA256 Create()", &[]);
        let block = format!(
            "{HASH}::int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)"
        );
        let last = format!("{HASH}::byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)");
        let hash = format!("{HASH}::byte[] Hash {{ get; }}");
        assert_eq!(harness.call(&hash, &[&object]), "<null>");
        assert_eq!(harness.call(&block, &[&object, &b"xab".as_slice(), &1, &2, &Null, &0]), "2");
        assert_eq!(
            harness.call(&hash, &[&object]),
            "CryptographicUnexpectedOperationException: Hash must be finalized before the hash value is retrieved."
        );
        assert_eq!(harness.call(&last, &[&object, &b"c".as_slice(), &0, &1]), "[99]");
        let bytes = harness.word(&hash, &[&object]);
        assert_eq!(hex(harness, bytes), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let part = format!("{HASH}::byte[] ComputeHash(byte[] buffer, int offset, int count)");
        let bytes = harness.word(&part, &[&object, &b"xabcx".as_slice(), &1, &3]);
        assert_eq!(hex(harness, bytes), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        for (offset, count, expected) in [
            (-1, 2, "ArgumentOutOfRangeException: Non-negative number required. (Parameter 'offset')"),
            (2, 4, "ArgumentException: Value was invalid."),
            (2, -1, "ArgumentException: Value was invalid."),
            (
                2,
                2,
                "ArgumentException: Offset and length were out of bounds for the array or count is greater than the \
                 number of elements from index to the end of the source collection.",
            ),
        ] {
            assert_eq!(harness.call(&part, &[&object, &b"abc".as_slice(), &offset, &count]), expected);
        }
        harness.call(&format!("{HASH}::void Dispose()"), &[&object]);
        assert_eq!(
            harness.call(&part, &[&object, &b"abc".as_slice(), &0, &1]),
            "ObjectDisposedException: Cannot access a disposed object."
        );
    });
}

#[test]
fn keys_can_be_read_and_changed() {
    with_harness(|harness| {
        let object = harness.word("System.Security.Cryptography.HMACSHA256::HMACSHA256()", &[]);
        let set = "System.Security.Cryptography.KeyedHashAlgorithm::byte[] Key { set; }";
        let get = "System.Security.Cryptography.KeyedHashAlgorithm::byte[] Key { get; }";
        let key = harness.word(get, &[&object]);
        assert_eq!(hex(harness, key).len(), 128);
        harness.call(set, &[&object, &b"key".as_slice()]);
        assert_eq!(
            hash_of(harness, object, "message"),
            "6e9ef29b75fffc5b7abae527d58fdadb2fe42e7219011976917343065f58ed4a"
        );
        harness.call(set, &[&object, &vec![b'k'; 100].as_slice()]);
        let key = harness.word(get, &[&object]);
        assert_eq!(hex(harness, key).len(), 64, "a key longer than a block is hashed");
        let expected = "0482265a92ce176b0374f2192380b21e2d40126432c52f865cc0957053ae7a14";
        assert_eq!(hash_of(harness, object, "m"), expected);
    });
}

#[test]
fn names_of_hashes_are_values() {
    let get = |name: &str| {
        format!("System.Security.Cryptography.HashAlgorithmName::static HashAlgorithmName {name} {{ get; }}")
    };
    with_harness(|harness| {
        let sha256 = harness.word(&get("SHA256"), &[]);
        let same = harness
            .word("System.Security.Cryptography.HashAlgorithmName::HashAlgorithmName(string name)", &[&"SHA256"]);
        let other = harness.word(&get("SHA1"), &[]);
        let equal = "System.Security.Cryptography.HashAlgorithmName::static bool operator ==(HashAlgorithmName left, HashAlgorithmName right)";
        assert_eq!(harness.call(equal, &[&sha256, &same]), "True");
        assert_eq!(harness.call(equal, &[&sha256, &other]), "False");
        assert_eq!(harness.call("System.Object::bool Equals(object obj)", &[&sha256, &same]), "True");
        assert_eq!(harness.call("System.Object::string ToString()", &[&sha256]), "SHA256");
        assert_eq!(
            harness.call("System.Security.Cryptography.HashAlgorithmName::string Name { get; }", &[&Null]),
            "<null>"
        );
    });
}

#[test]
fn random_bytes_fill_arrays() {
    with_harness(|harness| {
        let object =
            harness.word("System.Security.Cryptography.RNGCryptoServiceProvider::RNGCryptoServiceProvider()", &[]);
        let base = "System.Security.Cryptography.RandomNumberGenerator";
        let bytes = crate::testing::Arg::word(&vec![0_u8; 300].as_slice(), &mut harness.cx);
        harness.call(&format!("{base}::void GetNonZeroBytes(byte[] data)"), &[&object, &bytes]);
        assert!(!hex(harness, bytes).as_bytes().chunks(2).any(|pair| pair == b"00"));
        harness.call(&format!("{base}::void GetBytes(byte[] data)"), &[&object, &bytes]);
        assert!(hex(harness, bytes).as_bytes().chunks(2).any(|pair| pair == b"00"));
        let part = format!("{base}::void GetBytes(byte[] data, int offset, int count)");
        assert!(harness.call(&part, &[&object, &bytes, &299, &2]).starts_with("ArgumentException: "));
        assert_eq!(harness.call(&part, &[&object, &bytes, &299, &1]), "void");
    });
}
