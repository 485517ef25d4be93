//! References from one resource to another: `/products/starter`, or the absolute id of Azure Resource Manager.

/// What a reference names, with what stands before the service cut off.
///
/// `/subscriptions/…/providers/Microsoft.ApiManagement/service/contoso/loggers/x`, `/loggers/x` and `loggers/x` are
/// the same; a single word is the name of a resource whose kind the place of the reference tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceId(Vec<String>);

impl ResourceId {
    /// Reads a reference.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let segments: Vec<&str> = text.trim().split('/').filter(|segment| !segment.is_empty()).collect();
        let service = segments.windows(2).position(|pair| {
            matches!(pair, [provider, service] if provider.eq_ignore_ascii_case("Microsoft.ApiManagement")
                && service.eq_ignore_ascii_case("service"))
        });
        let relative = match service {
            Some(at) => segments.get(at + 3..).unwrap_or(&[]),
            None => &segments,
        };
        Self(relative.iter().map(|segment| (*segment).to_owned()).collect())
    }

    /// The path below the service, without a slash at either end: `products/starter`.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.join("/")
    }

    /// Whether it names the service itself.
    #[must_use]
    pub fn is_service(&self) -> bool {
        self.0.is_empty()
    }

    /// The workspace it lies in, if it names one.
    #[must_use]
    pub fn workspace(&self) -> Option<&str> {
        match self.0.as_slice() {
            [kind, name, ..] if kind.eq_ignore_ascii_case("workspaces") => Some(name),
            _ => None,
        }
    }

    /// The name of the last resource.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// Kind and name of the resource, the workspace left out: `("products", "starter")`, the kind empty for a single
    /// word and the name empty for a whole kind (`/apis`).
    #[must_use]
    pub fn target(&self) -> (&str, &str) {
        let below = if self.workspace().is_some() { self.0.get(2..).unwrap_or(&[]) } else { &self.0 };
        match below {
            [] => ("", ""),
            [single] if is_kind(single) => (single, ""),
            [single] => ("", single),
            [kind, name, ..] => (kind, name),
        }
    }
}

/// The kinds that a reference may name as a whole.
fn is_kind(segment: &str) -> bool {
    ["apis", "products"].iter().any(|kind| segment.eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_and_absolute_ids_name_the_same() {
        let prefix = "/subscriptions/0/resourceGroups/rg/providers/microsoft.apimanagement/Service/contoso";
        let cases = [
            ("/products/starter", ("products", "starter"), None),
            ("products/starter/", ("products", "starter"), None),
            (&format!("{prefix}/products/starter"), ("products", "starter"), None),
            (&format!("{prefix}/workspaces/w/apis/a"), ("apis", "a"), Some("w")),
            (&format!("{prefix}/apis"), ("apis", ""), None),
            (&format!("{prefix}/"), ("", ""), None),
            ("/apis", ("apis", ""), None),
            ("starter", ("", "starter"), None),
            ("/", ("", ""), None),
            ("", ("", ""), None),
        ];
        for (text, target, workspace) in cases {
            let id = ResourceId::parse(text);
            assert_eq!((id.target(), id.workspace()), (target, workspace), "{text}");
        }
        assert!(ResourceId::parse(prefix).is_service());
        assert_eq!(ResourceId::parse(prefix).name(), "");
    }
}
