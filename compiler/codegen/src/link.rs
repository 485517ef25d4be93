//! Puts the functions of a document one after the other and fills in the distances between them.

use bundle::document::Span;
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::entity::PrimaryMap;
use cranelift_codegen::ir::{ExternalName, UserExternalName, UserExternalNameRef};
use cranelift_codegen::{FinalizedMachReloc, FinalizedRelocTarget};

/// A function or segment of a document, by its number: segments come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeId(u32);

/// The name space of functions in Cranelift's names; nothing refers to segments.
const FUNCTIONS: u32 = 1;

impl CodeId {
    /// The position of its code.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// A function's code, of a document with so many segments.
    pub fn function(index: usize, segments: usize) -> Self {
        Self(u32::try_from(index + segments).unwrap_or(u32::MAX))
    }
}

/// The name by which code refers to a function of its document.
pub fn function_name(index: u32) -> UserExternalName {
    UserExternalName::new(FUNCTIONS, index)
}

/// A place in the code of a function that gets the distance to another.
pub struct Relocation {
    at: u32,
    addend: i64,
    target: u32,
}

/// The relocations of a compiled function; `None` if one is of a kind that does not occur.
pub fn relocations(
    relocs: &[FinalizedMachReloc],
    names: &PrimaryMap<UserExternalNameRef, UserExternalName>,
) -> Option<Vec<Relocation>> {
    let one = |reloc: &FinalizedMachReloc| {
        let FinalizedRelocTarget::ExternalName(ExternalName::User(name)) = &reloc.target else {
            return None;
        };
        let name = names.get(*name)?;
        let known = matches!(reloc.kind, Reloc::X86CallPCRel4 | Reloc::X86PCRel4) && name.namespace == FUNCTIONS;
        known.then_some(Relocation { at: reloc.offset, addend: reloc.addend, target: name.index })
    };
    relocs.iter().map(one).collect()
}

/// The functions of a document so far.
#[derive(Default)]
pub struct Linker {
    segments: usize,
    parts: Vec<Part>,
    bytes: usize,
}

struct Part {
    name: String,
    code: Vec<u8>,
    relocations: Vec<Relocation>,
}

/// The code of a document.
pub struct Linked {
    /// The machine code.
    pub bytes: Vec<u8>,
    /// Where each part begins.
    pub offsets: Vec<u32>,
    /// The parts by name.
    pub symbols: Vec<(String, Span)>,
}

impl Linker {
    /// The number of a segment. All segments are numbered before the first function.
    pub fn segment(&mut self, index: usize) -> CodeId {
        self.segments = self.segments.max(index + 1);
        CodeId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The number of a function.
    pub fn function(&self, index: usize) -> CodeId {
        CodeId::function(index, self.segments)
    }

    /// Bytes of code so far.
    pub fn len(&self) -> usize {
        self.bytes
    }

    /// Adds the code of a part; parts come in the order of their numbers.
    pub fn define(&mut self, id: CodeId, name: &str, code: &[u8], relocations: Vec<Relocation>) {
        debug_assert_eq!(id.index(), self.parts.len());
        self.bytes += code.len();
        self.parts.push(Part { name: name.to_owned(), code: code.to_vec(), relocations });
    }

    /// One stretch of code of all parts.
    pub fn link(self) -> Linked {
        const ALIGNMENT: usize = 16;
        const TRAP: u8 = 0xCC;
        let mut linked = Linked { bytes: Vec::new(), offsets: Vec::new(), symbols: Vec::new() };
        for part in &self.parts {
            linked.bytes.resize(linked.bytes.len().next_multiple_of(ALIGNMENT), TRAP);
            let start = u32::try_from(linked.bytes.len()).unwrap_or(u32::MAX);
            let len = u32::try_from(part.code.len()).unwrap_or(u32::MAX);
            linked.offsets.push(start);
            linked.symbols.push((part.name.clone(), Span { start, len }));
            linked.bytes.extend_from_slice(&part.code);
        }
        for (part, start) in self.parts.iter().zip(linked.offsets.clone()) {
            for relocation in &part.relocations {
                let place = start + relocation.at;
                let target = linked.offsets.get(relocation.target as usize + self.segments).copied().unwrap_or(0);
                let distance = i64::from(target) + relocation.addend - i64::from(place);
                let distance = i32::try_from(distance).unwrap_or(0).to_le_bytes();
                if let Some(bytes) = linked.bytes.get_mut(place as usize..place as usize + 4) {
                    bytes.copy_from_slice(&distance);
                }
            }
        }
        linked
    }
}
