//! What makes two requests equal for the cache.
//!
//! Every part is written with its length before it, so that no two requests with different parts have the same key.

use dotnet::context::headers::Name;
use dotnet::throw::Throw;
use engine::exchange::{Exchange, Upstream};

use super::CacheLookup;
use crate::query;

/// A key under construction.
#[derive(Default)]
struct Key(Vec<u8>);

impl Key {
    fn part(&mut self, text: &[u8]) {
        self.0.extend_from_slice(text.len().to_string().as_bytes());
        self.0.push(b':');
        self.0.extend_from_slice(text);
    }

    fn kind(&mut self, kind: u8) {
        self.0.push(kind);
    }
}

impl CacheLookup {
    /// The key of the request.
    pub(super) fn key<'x>(&'x self, exchange: &mut Exchange<'x>) -> Result<String, Throw> {
        let mut key = Key::default();
        let request = exchange.request();
        key.part(request.original_url.host.get().to_utf8().to_ascii_lowercase().as_bytes());
        key.part(request.original_url.path.get().to_utf8().as_bytes());
        key.part(request.url.path.get().to_utf8().as_bytes());
        match exchange.upstream {
            Upstream::Api => key.kind(b'a'),
            Upstream::Backend { id, .. } => {
                key.kind(b'b');
                key.part(id.as_bytes());
            }
            Upstream::Url(url) => {
                key.kind(b'u');
                for part in [&url.scheme, &url.host, &url.path, &url.query] {
                    key.part(part.as_bytes());
                }
                key.part(url.port.to_string().as_bytes());
            }
        }
        // An API's versions and revisions may share host and path.
        let api = exchange.context.api.get();
        key.part(api.map_or("", |api| &api.id).as_bytes());
        self.query(exchange, &mut key)?;
        self.headers(exchange, &mut key)?;
        self.developer(exchange, &mut key)?;
        Ok(String::from_utf8(key.0).unwrap_or_else(|error| hex(&error.into_bytes())))
    }

    fn query<'x>(&'x self, exchange: &mut Exchange<'x>, key: &mut Key) -> Result<(), Throw> {
        let found = exchange.request().url.query().to_utf8();
        if self.vary_by_query_parameter.is_empty() {
            key.kind(b'q');
            key.part(found.as_bytes());
            return Ok(());
        }
        for names in &self.vary_by_query_parameter {
            let names = names.text.get(exchange)?.unwrap_or("");
            for name in names.split(';').map(str::trim).filter(|name| !name.is_empty()) {
                key.kind(b'p');
                key.part(name.to_ascii_lowercase().as_bytes());
                for (encoded, whole) in query::parts(found.as_bytes()) {
                    if query::is_named(&exchange.cx, encoded, name) {
                        key.kind(b'=');
                        key.part(whole.get(encoded.len()..).unwrap_or(&[]));
                    }
                }
            }
        }
        Ok(())
    }

    fn headers<'x>(&'x self, exchange: &mut Exchange<'x>, key: &mut Key) -> Result<(), Throw> {
        for header in &self.vary_by_header {
            let name: Name<'x> = header.text.get(exchange)?;
            key.kind(b'h');
            key.part(name.as_str().to_ascii_lowercase().as_bytes());
            for value in exchange.request().headers.headers.get(name) {
                key.kind(b'=');
                key.part(value.bytes());
            }
        }
        Ok(())
    }

    fn developer<'x>(&'x self, exchange: &mut Exchange<'x>, key: &mut Key) -> Result<(), Throw> {
        let by_developer = self.vary_by_developer.get(exchange)?;
        let by_groups = self.vary_by_developer_groups.get(exchange)?;
        let user = exchange.context.user.get();
        if by_developer {
            key.kind(b'd');
            key.part(user.map_or("", |user| &user.id).as_bytes());
        }
        if by_groups {
            key.kind(b'g');
            let mut groups: Vec<&str> = user.map_or_else(Vec::new, |user| user.groups.iter().map(|g| &*g.id).collect());
            groups.sort_unstable();
            groups.iter().for_each(|group| key.part(group.as_bytes()));
        }
        Ok(())
    }
}

/// Bytes that are no text, as text that no other key is.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::from("x"), |text, byte| text + &format!("{byte:02x}"))
}
