//! The file: an ELF object with a trailer.
//!
//! The trailer stands at the end of the file, where tools that read ELF do not look. It is read first: which version of
//! the format, which processor, which host calls, and a hash over everything before it. Nothing else is looked at
//! before all of that is right.

use object::write::{Object as Writer, StandardSegment, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, Object as _, ObjectSection as _, SectionKind, SymbolFlags, SymbolKind,
    SymbolScope,
};
use sha2::{Digest, Sha256};

/// The version of the format that this code writes and reads.
pub const FORMAT: u16 = 1;

const MAGIC: &[u8; 8] = b"TOLLGATE";
/// Magic, format, processor, features, digest of the host calls, hash.
const TRAILER_LEN: usize = 8 + 2 + 2 + 4 + 32 + 32;
/// The largest bundle that is read.
const MAX_BYTES: usize = 1 << 30;

const CODE: &str = ".text";
const MANIFEST: &str = ".tollgate.manifest";
const DOCUMENTS: &str = ".tollgate.documents";
const LISTINGS: &str = ".tollgate.listings";

/// What is in a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The machine code of all documents, one after the other.
    pub code: Vec<u8>,
    /// What the gateway knows of the instance, as its reader understands it.
    pub manifest: Vec<u8>,
    /// The documents, in postcard form.
    pub documents: Vec<u8>,
    /// The typed form of each document for people, in postcard form; not needed to run.
    pub listings: Vec<u8>,
    /// The names and places of the functions in the code.
    pub symbols: Vec<(String, u32, u32)>,
}

/// What code was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The processor.
    pub processor: Processor,
    /// Features that it must have beyond its baseline; a bit each, none defined so far.
    pub features: u32,
    /// The digest of the host calls that the code was compiled against.
    pub hosts: [u8; 32],
}

/// Processors that code is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Processor {
    /// x86-64.
    X86_64,
    /// 64-bit ARM.
    Aarch64,
    /// One that this version does not know, by its number.
    Other(u16),
}

impl Processor {
    /// The processor that this program runs on.
    #[must_use]
    pub fn current() -> Self {
        if cfg!(target_arch = "x86_64") {
            Self::X86_64
        } else if cfg!(target_arch = "aarch64") {
            Self::Aarch64
        } else {
            Self::Other(0)
        }
    }

    fn number(self) -> u16 {
        match self {
            Self::X86_64 => 1,
            Self::Aarch64 => 2,
            Self::Other(number) => number,
        }
    }

    fn from_number(number: u16) -> Self {
        match number {
            1 => Self::X86_64,
            2 => Self::Aarch64,
            other => Self::Other(other),
        }
    }
}

impl std::fmt::Display for Processor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::X86_64 => f.write_str("x86-64"),
            Self::Aarch64 => f.write_str("aarch64"),
            Self::Other(number) => write!(f, "processor {number}"),
        }
    }
}

/// Why a file is not read as a bundle.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It does not end as a bundle does.
    #[error("this is not a bundle")]
    NotABundle,
    /// It is larger than any bundle.
    #[error("a bundle of {bytes} bytes is larger than {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The largest size.
        limit: usize,
    },
    /// It was written by another version of the format.
    #[error("bundle format {found} cannot be read; this program reads format {supported}")]
    Format {
        /// The file's format.
        found: u16,
        /// The format that is read.
        supported: u16,
    },
    /// Its code is for another processor.
    #[error("the bundle's code is for {found}; this machine is {current}")]
    Processor {
        /// What the code is for.
        found: Processor,
        /// What this machine is.
        current: Processor,
    },
    /// Its code needs features that the processor does not have.
    #[error("the bundle's code needs processor features {missing:#x} that this machine does not have")]
    Features {
        /// The missing ones.
        missing: u32,
    },
    /// Its code was compiled against other host calls.
    #[error("the bundle was compiled for another version of the gateway; compile the instance again")]
    Hosts,
    /// Its bytes are not those that were written.
    #[error("the bundle is damaged: its contents do not match their hash")]
    Damaged,
    /// The hash is right, yet a part is missing: it was written by something else.
    #[error("the bundle has no part `{part}`")]
    Missing {
        /// The name of the section.
        part: &'static str,
    },
}

/// The bytes of a bundle.
///
/// # Panics
/// If the object cannot be put together, which its fixed shape excludes.
#[must_use]
pub fn write(contents: &Contents, target: Target) -> Vec<u8> {
    let architecture = match target.processor {
        Processor::Aarch64 => Architecture::Aarch64,
        _ => Architecture::X86_64,
    };
    let mut object = Writer::new(BinaryFormat::Elf, architecture, Endianness::Little);
    let segment = object.segment_name(StandardSegment::Text).to_vec();
    let code = object.add_section(segment, CODE.into(), SectionKind::Text);
    object.append_section_data(code, &contents.code, 16);
    for (name, start, len) in &contents.symbols {
        object.add_symbol(Symbol {
            name: name.clone().into_bytes(),
            value: u64::from(*start),
            size: u64::from(*len),
            kind: SymbolKind::Text,
            scope: SymbolScope::Compilation,
            weak: false,
            section: SymbolSection::Section(code),
            flags: SymbolFlags::None,
        });
    }
    for (name, bytes) in
        [(MANIFEST, &contents.manifest), (DOCUMENTS, &contents.documents), (LISTINGS, &contents.listings)]
    {
        let section = object.add_section(Vec::new(), name.into(), SectionKind::Metadata);
        object.append_section_data(section, bytes, 1);
    }
    let Ok(mut file) = object.write() else { panic!("an object of code and data can be written") };
    file.extend_from_slice(MAGIC);
    file.extend(FORMAT.to_le_bytes());
    file.extend(target.processor.number().to_le_bytes());
    file.extend(target.features.to_le_bytes());
    file.extend(target.hosts);
    let hash: [u8; 32] = Sha256::digest(&file).into();
    file.extend(hash);
    file
}

/// What a bundle's trailer says, whether or not this machine can run its code.
///
/// # Errors
/// If the file has no trailer.
pub fn read_target(file: &[u8]) -> Result<(u16, Target), ReadError> {
    let start = file.len().checked_sub(TRAILER_LEN).ok_or(ReadError::NotABundle)?;
    let trailer = file.get(start..).ok_or(ReadError::NotABundle)?;
    let (magic, rest) = trailer.split_first_chunk::<8>().ok_or(ReadError::NotABundle)?;
    if magic != MAGIC {
        return Err(ReadError::NotABundle);
    }
    let (format, rest) = rest.split_first_chunk::<2>().ok_or(ReadError::NotABundle)?;
    let (processor, rest) = rest.split_first_chunk::<2>().ok_or(ReadError::NotABundle)?;
    let (features, rest) = rest.split_first_chunk::<4>().ok_or(ReadError::NotABundle)?;
    let (hosts, _) = rest.split_first_chunk::<32>().ok_or(ReadError::NotABundle)?;
    let target = Target {
        processor: Processor::from_number(u16::from_le_bytes(*processor)),
        features: u32::from_le_bytes(*features),
        hosts: *hosts,
    };
    Ok((u16::from_le_bytes(*format), target))
}

/// The contents of a bundle whose code this machine can run.
///
/// # Errors
/// The first of these that does not hold: it is a bundle, of this format, for this processor and its features, compiled
/// against these host calls, and undamaged.
pub fn read(file: &[u8], current: Target) -> Result<Contents, ReadError> {
    if file.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: file.len(), limit: MAX_BYTES });
    }
    let (format, target) = read_target(file)?;
    if format != FORMAT {
        return Err(ReadError::Format { found: format, supported: FORMAT });
    }
    if target.processor != current.processor {
        return Err(ReadError::Processor { found: target.processor, current: current.processor });
    }
    if target.features & !current.features != 0 {
        return Err(ReadError::Features { missing: target.features & !current.features });
    }
    let (covered, hash) = file.split_last_chunk::<32>().ok_or(ReadError::NotABundle)?;
    let computed: [u8; 32] = Sha256::digest(covered).into();
    if computed != *hash {
        return Err(ReadError::Damaged);
    }
    if target.hosts != current.hosts {
        return Err(ReadError::Hosts);
    }
    let object = object::File::parse(file).map_err(|_| ReadError::Damaged)?;
    let section = |part: &'static str| -> Result<Vec<u8>, ReadError> {
        let section = object.section_by_name(part).ok_or(ReadError::Missing { part })?;
        Ok(section.data().map_err(|_| ReadError::Damaged)?.to_vec())
    };
    Ok(Contents {
        code: section(CODE)?,
        manifest: section(MANIFEST)?,
        documents: section(DOCUMENTS)?,
        listings: section(LISTINGS)?,
        symbols: Vec::new(),
    })
}

/// A value in postcard form.
///
/// # Panics
/// If the value cannot be written, which the types of this crate exclude.
#[must_use]
pub fn to_bytes<T: serde::Serialize>(value: &T) -> Vec<u8> {
    match postcard::to_allocvec(value) {
        Ok(bytes) => bytes,
        Err(error) => panic!("a bundle's part cannot be written: {error}"),
    }
}

/// The value of a part in postcard form.
///
/// # Errors
/// [`ReadError::Damaged`] if it is not one.
pub fn from_bytes<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, ReadError> {
    postcard::from_bytes(bytes).map_err(|_| ReadError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Contents, Target, Vec<u8>) {
        let contents = Contents {
            code: vec![0xC3; 40],
            manifest: b"manifest".to_vec(),
            documents: b"documents".to_vec(),
            listings: Vec::new(),
            symbols: vec![("inbound".into(), 0, 16)],
        };
        let target = Target { processor: Processor::current(), features: 0, hosts: [7; 32] };
        let file = write(&contents, target);
        (contents, target, file)
    }

    #[test]
    fn what_was_written_is_read() {
        let (contents, target, file) = sample();
        let read = read(&file, target).unwrap();
        assert_eq!(read, Contents { symbols: Vec::new(), ..contents });
    }

    #[test]
    fn every_flipped_byte_is_refused() {
        let (_, target, file) = sample();
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 1;
            assert!(read(&damaged, target).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_bundle_of_another_kind_is_refused_with_the_reason() {
        let (contents, target, file) = sample();
        assert_eq!(read(b"", target), Err(ReadError::NotABundle));
        assert_eq!(read(&[0; 500], target), Err(ReadError::NotABundle));
        let other = Target { processor: Processor::Other(9), ..target };
        let error = read(&write(&contents, other), target).unwrap_err();
        assert_eq!(error, ReadError::Processor { found: Processor::Other(9), current: Processor::current() });
        let newer = Target { hosts: [8; 32], ..target };
        assert_eq!(read(&write(&contents, newer), target), Err(ReadError::Hosts));
        let features = Target { features: 4, ..target };
        assert_eq!(read(&write(&contents, features), target), Err(ReadError::Features { missing: 4 }));
        let mut older = file;
        let format = older.len() - TRAILER_LEN + 8;
        older[format] = 0;
        assert_eq!(read(&older, target), Err(ReadError::Format { found: 0, supported: FORMAT }));
        for len in 0..600 {
            let _ = read(&older[..len.min(older.len())], target);
        }
    }
}
