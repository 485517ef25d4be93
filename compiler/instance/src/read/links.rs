//! Links between resources: products to their APIs and groups, gateways to their APIs, tags to what they mark.
//!
//! A link is a line of an array (`apis.json`) or a folder of its own (`apis/<api>/productApiInformation.json`).

use std::collections::HashSet;

use super::{Folder, Reader};
use crate::files::MAX_FILE_BYTES;
use crate::findings::{Place, WRONG_TYPE};
use crate::members::Members;
use crate::model::definition::Definition;
use crate::model::id::ResourceId;
use crate::model::table::{Table, fold};
use crate::resources::Link;
use crate::resources::api::Api;
use crate::resources::product::Product;
use crate::text::value::Node;

/// How links to one kind of resource are written.
pub(super) struct LinkKind {
    /// The folder that holds a folder for each.
    folder: &'static str,
    /// The file that holds an array of all.
    file: &'static str,
    /// The member of a link's own file that names what it leads to, where that is not the folder's name.
    id: &'static str,
}

pub(super) const APIS: LinkKind = LinkKind { folder: "apis", file: "apis.json", id: "apiId" };
pub(super) const GROUPS: LinkKind = LinkKind { folder: "groups", file: "groups.json", id: "groupId" };
pub(super) const PRODUCTS: LinkKind = LinkKind { folder: "products", file: "products.json", id: "productId" };
pub(super) const TAGS: LinkKind = LinkKind { folder: "tags", file: "tags.json", id: "tagId" };
pub(super) const USERS: LinkKind = LinkKind { folder: "users", file: "users.json", id: "userId" };

impl Reader<'_> {
    /// The links of one kind in `folder`, each once.
    pub(super) fn links(&mut self, folder: &Folder, kind: &LinkKind) -> Vec<Link> {
        let mut links = Vec::new();
        if let Some(name) = folder.file(kind.file).map(str::to_owned) {
            self.evidence.link_file = true;
            let source = self.read(folder, &name, MAX_FILE_BYTES);
            if let Some(root) = source.and_then(|source| self.json(&source, false)) {
                self.array(&root, &mut links);
            }
        }
        for child in self.children(folder, kind.folder) {
            self.evidence.link_folder = true;
            let information = child.files().find(|name| ends_with(name, "Information.json")).map(str::to_owned);
            let is = |name: &str| information.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name));
            self.evidence.version_6_file |= is("apiTagInformation.json") || is("productTagInformation.json");
            let shown = match &information {
                Some(name) => format!("{}/{name}", child.display()),
                None => child.display().to_owned(),
            };
            let root = information
                .and_then(|name| self.read(&child, &name, MAX_FILE_BYTES))
                .and_then(|source| self.json(&source, false));
            let definition = root.map(Definition::new);
            let properties = definition.as_ref().map(Definition::properties);
            let named = properties.and_then(|properties| {
                let id = ResourceId::parse(properties.str(kind.id, &mut self.out)?);
                Some(Link::new(id.name(), properties.place(kind.id)?))
            });
            links.push(named.unwrap_or_else(|| Link::new(child.own_name(), Place::file(&shown))));
        }
        let mut seen = HashSet::new();
        links.retain(|link| seen.insert(fold(&link.name)));
        links
    }

    /// The links of an array of names, or of objects with a name.
    fn array(&mut self, root: &Node, links: &mut Vec<Link>) {
        if !matches!(root.value, crate::text::value::Value::Array(_)) {
            let message = format!("the file holds {}, and an array of names is read", root.kind());
            self.out.at(&WRONG_TYPE, root, message);
        }
        for item in root.items() {
            match name_of(item) {
                Some(name) => links.push(Link::new(name.as_str().unwrap_or(""), Place::from(name))),
                None => {
                    let message = format!("the array holds {}, and an object with a `name` is read", item.kind());
                    self.out.at(&WRONG_TYPE, item, message);
                }
            }
        }
    }

    /// Adds the tag of `folder` to the APIs and products that stand below it.
    pub(super) fn tag_links(
        &mut self,
        folder: &Folder,
        tag: &str,
        apis: &mut Table<Api>,
        products: &mut Table<Product>,
    ) {
        let (to_apis, to_products) = (self.links(folder, &APIS), self.links(folder, &PRODUCTS));
        self.evidence.links_below_tags |= !to_apis.is_empty() || !to_products.is_empty();
        for link in to_apis {
            if let Some(api) = apis.get_mut(&link.name) {
                add(&mut api.tags, Link::new(tag, link.place));
            }
        }
        for link in to_products {
            if let Some(product) = products.get_mut(&link.name) {
                add(&mut product.tags, Link::new(tag, link.place));
            }
        }
    }
}

/// Adds a link, unless there is one of that name.
pub(super) fn add(links: &mut Vec<Link>, link: Link) {
    if !links.iter().any(|known| known.name.eq_ignore_ascii_case(&link.name)) {
        links.push(link);
    }
}

/// The names that a member lists: texts, or objects with a name.
pub(super) fn listed(members: Members, key: &str) -> Vec<Link> {
    let items = members.any(key).map_or(&[][..], Node::items);
    items
        .iter()
        .filter_map(name_of)
        .map(|name| Link::new(ResourceId::parse(name.as_str().unwrap_or("")).name(), Place::from(name)))
        .collect()
}

fn name_of(item: &Node) -> Option<&Node> {
    let named = if item.as_object().is_some() { item.get("name").or_else(|| item.get("id"))? } else { item };
    named.as_str().is_some_and(|name| !name.is_empty()).then_some(named)
}

fn ends_with(name: &str, end: &str) -> bool {
    name.len().checked_sub(end.len()).and_then(|at| name.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}
