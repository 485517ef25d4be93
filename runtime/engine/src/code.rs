//! Machine code in memory: copied into pages of its own, which are made executable and never written again.

use std::io;

use memmap2::{Mmap, MmapMut};

/// Executable code. It is given back to the system when it is dropped, so whoever may still run it holds it.
pub struct Code {
    // `None` for no code, which cannot be mapped.
    pages: Option<Mmap>,
}

impl Code {
    /// Executable pages with a copy of `bytes`. At no time is a page both writable and executable.
    ///
    /// # Errors
    /// If the system has no memory, or allows no executable memory.
    pub fn new(bytes: &[u8]) -> io::Result<Self> {
        if bytes.is_empty() {
            return Ok(Self { pages: None });
        }
        let mut pages = MmapMut::map_anon(bytes.len())?;
        pages.copy_from_slice(bytes);
        Ok(Self { pages: Some(pages.make_exec()?) })
    }

    /// The address of an offset; `None` outside of the code.
    #[must_use]
    pub fn address(&self, offset: u32) -> Option<*const ()> {
        let pages = self.pages.as_ref()?;
        pages.get(offset as usize).map(|byte| std::ptr::from_ref(byte).cast())
    }
}
