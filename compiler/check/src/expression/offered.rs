//! What an author may write at a place of an expression: the members behind a point, the names that need none before
//! them. For completion in editors.
//!
//! Not here: which place it is, and how offers are shown (`ide`).

use std::collections::HashSet;

use dotnet::catalogue::signature::MemberKind;
use dotnet::catalogue::{self, MemberDef, TypeDef};
use dotnet::ty::{Shape, Ty};

use super::allow;
use super::tables::lookup::{self, hierarchy};
use super::tables::{Member, names, table};

/// A name that can be written.
#[derive(Clone)]
pub struct Offer {
    /// The name.
    pub name: &'static str,
    /// What it stands for.
    pub kind: OfferKind,
    /// How far from the receiver's own type the declaring type is; extension methods are farther than all types.
    pub distance: usize,
}

/// What an offered name stands for.
#[derive(Clone)]
pub enum OfferKind {
    /// A property or field, with the type it was found in.
    Value(Ty, &'static MemberDef),
    /// Methods of one name: the overloads, with the type the first was found in.
    Methods(Ty, Vec<&'static MemberDef>),
    /// A constant of an enumeration.
    Constant(Ty),
    /// A property of an anonymous type or a named element of a tuple, with its type.
    Part(Ty),
    /// A type.
    Type(&'static TypeDef),
    /// A namespace.
    Namespace,
}

/// The members that may follow the point behind a value of type `ty`.
#[must_use]
pub fn members_of_value(ty: Ty, allow_list: bool) -> Vec<Offer> {
    let mut offers = Offers { offers: Vec::new(), allow_list };
    if let Shape::Anonymous(parts) | Shape::Tuple(parts) = ty.shape {
        for (name, ty) in parts.iter().zip(ty.args).filter(|(name, _)| !name.is_empty()) {
            offers.offers.push(Offer { name, kind: OfferKind::Part(*ty), distance: 0 });
        }
    }
    let hierarchy = hierarchy(ty);
    for (distance, owner) in hierarchy.iter().enumerate() {
        for member in table(owner.def).members.iter().filter(|member| !member.is_static) {
            offers.member(*owner, member, distance);
        }
    }
    let mut names: Vec<_> = lookup::all_extensions().iter().collect();
    names.sort_by_key(|(name, _)| **name);
    for member in names.into_iter().flat_map(|(_, members)| members) {
        if extends(member, ty) {
            offers.member(Ty::construct(member.owner, &[]), member, hierarchy.len());
        }
    }
    offers.offers
}

/// The members that may follow the point behind the name of a type: static ones, constants, nested types.
#[must_use]
pub fn members_of_type(ty: Ty, allow_list: bool) -> Vec<Offer> {
    let mut offers = Offers { offers: Vec::new(), allow_list };
    for (name, _) in ty.def.constants {
        if !allow_list || allow::allows(ty.def.name, name) {
            offers.offers.push(Offer { name, kind: OfferKind::Constant(ty), distance: 0 });
        }
    }
    for (distance, owner) in hierarchy(ty).into_iter().enumerate() {
        for member in table(owner.def).members.iter().filter(|member| member.is_static) {
            offers.member(owner, member, distance);
        }
    }
    offers.types_in(ty.def.name);
    offers.offers
}

/// What a namespace holds: types, and further namespaces.
#[must_use]
pub fn members_of_namespace(namespace: &str, allow_list: bool) -> Vec<Offer> {
    let mut offers = Offers { offers: Vec::new(), allow_list };
    offers.types_in(namespace);
    let mut inside: Vec<&'static str> = names::namespaces()
        .iter()
        .filter_map(|name| name.strip_prefix(namespace)?.strip_prefix('.').filter(|rest| !rest.contains('.')))
        .collect();
    inside.sort_unstable();
    offers.offers.extend(inside.into_iter().map(|name| Offer { name, kind: OfferKind::Namespace, distance: 1 }));
    offers.offers
}

/// The types that can be named without their namespace.
#[must_use]
pub fn types(allow_list: bool) -> Vec<Offer> {
    let mut known = HashSet::new();
    let offered = names::visible_types().filter(|def| !allow_list || allow::allows_type(def.name));
    let offered = offered.filter(|def| known.insert(def.short_name()));
    offered.map(|def| Offer { name: def.short_name(), kind: OfferKind::Type(def), distance: 0 }).collect()
}

/// Whether an extension method may stand behind a value of type `ty`. What the type arguments of an open parameter are
/// does not matter: the call tells.
fn extends(member: &Member, ty: Ty) -> bool {
    let Some(parameter) = member.parameters.first().map(|parameter| parameter.ty) else { return false };
    if parameter.is_parameter() || ty.is_subtype_of(parameter) {
        return true;
    }
    if !parameter.is_open() {
        return false;
    }
    let fits = |from: &Ty| {
        let args = || from.args.iter().zip(parameter.args);
        std::ptr::eq(from.def, parameter.def) && args().all(|(from, to)| to.is_open() || from.is_subtype_of(*to))
    };
    hierarchy(ty).iter().any(fits) || ty.interfaces().iter().any(fits)
}

struct Offers {
    offers: Vec<Offer>,
    allow_list: bool,
}

impl Offers {
    fn member(&mut self, owner: Ty, member: &'static Member, distance: usize) {
        let is_offered = match member.kind {
            MemberKind::Method | MemberKind::Field => true,
            // An indexer is written with brackets.
            MemberKind::Getter => member.parameters.is_empty(),
            _ => false,
        };
        let is_allowed = || !self.allow_list || allow::allows(member.declaring_type(), member.name);
        if !is_offered || !is_allowed() {
            return;
        }
        let known = self.offers.iter_mut().find(|offer| offer.name == member.name);
        match (known.map(|offer| &mut offer.kind), member.kind) {
            (Some(OfferKind::Methods(_, overloads)), MemberKind::Method) => {
                if !overloads.iter().any(|known| known.signature == member.def.signature) {
                    overloads.push(member.def);
                }
            }
            // A nearer member hides it.
            (Some(_), _) => {}
            (None, MemberKind::Method) => {
                let kind = OfferKind::Methods(owner, vec![member.def]);
                self.offers.push(Offer { name: member.name, kind, distance });
            }
            (None, _) => {
                self.offers.push(Offer { name: member.name, kind: OfferKind::Value(owner, member.def), distance });
            }
        }
    }

    fn types_in(&mut self, outer: &str) {
        let inside = catalogue::all().iter().copied().filter(|def| def.namespace() == outer && names::is_public(def));
        let mut known = HashSet::new();
        for def in inside.filter(|def| !self.allow_list || allow::allows_type(def.name)) {
            if known.insert(def.short_name()) {
                self.offers.push(Offer { name: def.short_name(), kind: OfferKind::Type(def), distance: 0 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::types::STRING;

    fn names(offers: &[Offer]) -> Vec<&'static str> {
        offers.iter().map(|offer| offer.name).collect()
    }

    #[test]
    fn values_offer_their_members_and_extension_methods_that_fit() {
        let text = names(&members_of_value(STRING, true));
        for expected in ["Length", "Substring", "AsJwt", "ToString"] {
            assert!(text.contains(&expected), "{expected}");
        }
        assert!(!text.contains(&"IsNullOrEmpty"), "a static member");
        assert!(!text.contains(&"GetValueOrDefault"), "an extension method of dictionaries");
        assert!(!text.contains(&"Item"), "an indexer");
        let context = names(&members_of_value(Ty(&dotnet::context::CONTEXT), true));
        assert!(context.contains(&"Request") && context.contains(&"Variables"));
    }

    #[test]
    fn each_name_is_offered_once_with_all_its_overloads() {
        let offers = members_of_value(STRING, false);
        let mut once = HashSet::new();
        assert!(offers.iter().all(|offer| once.insert(offer.name)));
        let substring = offers.iter().find(|offer| offer.name == "Substring").map(|offer| &offer.kind);
        assert!(matches!(substring, Some(OfferKind::Methods(_, overloads)) if overloads.len() == 2));
    }

    #[test]
    fn types_offer_static_members_and_constants() {
        assert!(names(&members_of_type(STRING, true)).contains(&"IsNullOrEmpty"));
        let comparison = catalogue::find("System.StringComparison", 0).unwrap();
        assert!(names(&members_of_type(Ty::construct(comparison, &[]), false)).contains(&"OrdinalIgnoreCase"));
    }

    #[test]
    fn namespaces_offer_types_and_namespaces() {
        let newtonsoft = names(&members_of_namespace("Newtonsoft.Json", true));
        assert!(newtonsoft.contains(&"JsonConvert") && newtonsoft.contains(&"Linq"), "{newtonsoft:?}");
    }

    #[test]
    fn what_the_service_refuses_is_not_offered() {
        assert!(!names(&types(true)).contains(&"Environment"));
        assert!(names(&types(true)).contains(&"JObject"));
    }
}
