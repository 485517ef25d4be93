//! Which of the four folder layouts an instance has.
//!
//! The reader takes every file wherever any layout puts it, because real folders mix them: tools change and old files
//! stay. The layout is only a name for what was found. Not here: the reading itself (`read`).

/// A folder layout, by the tool that writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// APIOps toolkit, versions 1 to 5.
    L1,
    /// APIOps toolkit, version 6.
    L2,
    /// APIOps toolkit, version 7.
    L3,
    /// APIOps command line.
    L4,
}

/// Signs of a layout that were met while reading.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// `namedValues`, `policyFragments` or `versionSets`, without a blank.
    pub(crate) camel_case_folder: bool,
    /// `operationInformation.json`.
    pub(crate) operation_file: bool,
    /// `tags/<tag>/apis` or `tags/<tag>/products`.
    pub(crate) links_below_tags: bool,
    /// `apis/<api>/tags/<tag>/apiTagInformation.json`, its like for products, or `workspaceInformation.json`.
    pub(crate) version_6_file: bool,
    /// A link with a folder of its own, such as `products/<product>/apis/<api>`.
    pub(crate) link_folder: bool,
    /// Links in one file, such as `products/<product>/apis.json`.
    pub(crate) link_file: bool,
    /// `apiVersionSetInformation.json` or `apiVersionSet.json`.
    pub(crate) old_version_set_file: bool,
}

impl Evidence {
    /// The layout that the signs speak for; version 7 of the toolkit, which is current, where nothing speaks.
    pub(crate) fn layout(self) -> Layout {
        if self.camel_case_folder || self.operation_file {
            Layout::L4
        } else if self.links_below_tags {
            Layout::L3
        } else if self.version_6_file {
            Layout::L2
        } else if self.link_folder {
            Layout::L3
        } else if self.link_file || self.old_version_set_file {
            Layout::L1
        } else {
            Layout::L3
        }
    }
}
