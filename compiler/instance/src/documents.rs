//! Every policy document of an instance with the scope it belongs to: what the checker and the compiler go through.
//!
//! Not here: which documents one request runs through, and in which order (the compiler, the gateway).

use crate::resources::api::{Api, Resolver};
use crate::resources::operation::Operation;
use crate::resources::policy::{Fragment, Policy};
use crate::resources::product::Product;
use crate::{Instance, Resources, Workspace};

/// What a policy document is for.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'i> {
    /// Every API of the service.
    Global,
    /// Every API of a workspace.
    Workspace(&'i Workspace),
    /// Calls in the context of a product.
    Product(&'i Product),
    /// Every operation of an API.
    Api(&'i Api),
    /// One operation.
    Operation(&'i Api, &'i Operation),
    /// Wherever it is included.
    Fragment(&'i Fragment),
    /// One field of a GraphQL API.
    Resolver(&'i Api, &'i Resolver),
}

/// A policy document, or a fragment, of an instance.
#[derive(Clone, Copy, Debug)]
pub struct PolicyDocument<'i> {
    /// The workspace that it stands in.
    pub workspace: Option<&'i Workspace>,
    /// What it is for.
    pub scope: Scope<'i>,
    /// Its text.
    pub policy: &'i Policy,
}

impl Scope<'_> {
    /// The word that the reference of policies uses: `global`, `workspace`, `product`, `api`, `operation`; besides,
    /// `fragment` and `resolver`.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Workspace(_) => "workspace",
            Self::Product(_) => "product",
            Self::Api(_) => "api",
            Self::Operation(..) => "operation",
            Self::Fragment(_) => "fragment",
            Self::Resolver(..) => "resolver",
        }
    }
}

impl<'i> PolicyDocument<'i> {
    /// A name that no other document of the instance has: `apis/orders/operations/get-order`, or `global`.
    #[must_use]
    pub fn path(&self) -> String {
        let path = match self.scope {
            Scope::Global => return "global".to_owned(),
            Scope::Workspace(workspace) => return format!("workspaces/{}", workspace.name),
            Scope::Product(product) => format!("products/{}", product.name),
            Scope::Api(api) => format!("apis/{}", api.name),
            Scope::Operation(api, operation) => format!("apis/{}/operations/{}", api.name, operation.name),
            Scope::Fragment(fragment) => format!("fragments/{}", fragment.name),
            Scope::Resolver(api, resolver) => format!("apis/{}/resolvers/{}", api.name, resolver.name),
        };
        match self.workspace {
            Some(workspace) => format!("workspaces/{}/{path}", workspace.name),
            None => path,
        }
    }

    /// The resources that it can name: those it stands among.
    #[must_use]
    pub fn resources(&self, instance: &'i Instance) -> &'i Resources {
        self.workspace.map_or(&instance.service, |workspace| &workspace.resources)
    }
}

impl Instance {
    /// Every policy document and fragment: the service's, then each workspace's; in each the scope as a whole first,
    /// then fragments, products, APIs and their operations.
    #[must_use]
    pub fn documents(&self) -> Vec<PolicyDocument<'_>> {
        let mut documents = Vec::new();
        for (workspace, resources) in self.scopes() {
            collect(workspace, resources, &mut documents);
        }
        documents
    }
}

fn collect<'i>(workspace: Option<&'i Workspace>, resources: &'i Resources, out: &mut Vec<PolicyDocument<'i>>) {
    let mut add = |scope: Scope<'i>, policy: Option<&'i Policy>| {
        out.extend(policy.map(|policy| PolicyDocument { workspace, scope, policy }));
    };
    add(workspace.map_or(Scope::Global, Scope::Workspace), resources.policy.as_ref());
    for fragment in &resources.fragments {
        add(Scope::Fragment(fragment), fragment.policy.as_ref());
    }
    for product in &resources.products {
        add(Scope::Product(product), product.policy.as_ref());
    }
    for api in &resources.apis {
        add(Scope::Api(api), api.policy.as_ref());
        for operation in &api.operations {
            add(Scope::Operation(api, operation), operation.policy.as_ref());
        }
        for resolver in &api.resolvers {
            add(Scope::Resolver(api, resolver), resolver.policy.as_ref());
        }
    }
}
