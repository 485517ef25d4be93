//! `<set-backend-service>`: sends the request to another backend.

mod base_url;
#[cfg(feature = "check")]
mod check;
#[cfg(feature = "run")]
mod run;

pub use base_url::{BaseUrl, Given};
#[cfg(feature = "check")]
pub use check::{NO_BACKEND, TWO_BACKENDS};
use policies_macros::Policy;

use crate::value::{Attr, BackendId, NameText, Text};

crate::keywords! {
    /// Which replica of a Service Fabric service answers.
    ReplicaType {
        /// The one that writes.
        Primary = "primary",
        /// One that reads.
        Secondary = "secondary",
    }
}

/// Sends the request to another backend: to a URL, or to a backend of the instance.
#[derive(Policy)]
#[policy(
    element = "set-backend-service",
    sections(inbound, backend),
    undocumented(outbound, on_error),
    runs = Now,
    check,
    source = "https://learn.microsoft.com/azure/api-management/set-backend-service-policy"
)]
pub struct SetBackendService {
    /// The URL of the backend; the path and query of the request come behind it.
    pub base_url: Option<Attr<BaseUrl>>,
    /// The backend of the instance: one, or a pool of them.
    pub backend_id: Option<Attr<BackendId>>,
    /// When a Service Fabric service is looked up again.
    #[attr(not_yet)]
    pub sf_resolve_condition: Option<Attr<bool>>,
    /// The instance of a Service Fabric service.
    #[attr(not_yet)]
    pub sf_service_instance_name: Option<Attr<NameText>>,
    /// The partition of a Service Fabric service.
    #[attr(not_yet)]
    pub sf_partition_key: Option<Attr<Text>>,
    /// The listener of a Service Fabric service.
    #[attr(not_yet)]
    pub sf_listener_name: Option<Attr<NameText>>,
    /// The replica of a Service Fabric service.
    #[attr(not_yet)]
    pub sf_replica_type: Option<Attr<ReplicaType>>,
    /// The application that Dapr calls.
    #[attr(not_yet)]
    pub dapr_app_id: Option<Attr<NameText>>,
    /// The method of the application that Dapr calls.
    #[attr(not_yet)]
    pub dapr_method: Option<Attr<NameText>>,
    /// The namespace of the application that Dapr calls.
    #[attr(not_yet)]
    pub dapr_namespace: Option<Attr<NameText>>,
}
