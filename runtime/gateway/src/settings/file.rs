//! The form of settings in a file and in the environment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use engine::services::Severity;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use services::client::egress::Egress;
use services::client::tls::Trust;
use services::log::LogFormat;

use super::{ConfigError, DeploymentSettings, Limits, LogSettings, OutgoingSettings, Scheme, Settings, rules};

/// What a setting in the environment is read as.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Flag,
    /// Texts with commas between them.
    List,
}

/// Every setting, as files name it.
const SETTINGS: &[(&str, Kind)] = &[
    ("deployment.gateway-id", Kind::Text),
    ("deployment.instance-id", Kind::Text),
    ("deployment.region", Kind::Text),
    ("deployment.service-id", Kind::Text),
    ("deployment.service-name", Kind::Text),
    ("hosts", Kind::List),
    ("limits.body-timeout", Kind::Text),
    ("limits.drain-timeout", Kind::Text),
    ("limits.head-timeout", Kind::Text),
    ("limits.idle-timeout", Kind::Text),
    ("limits.max-body-bytes", Kind::Number),
    ("limits.max-cache-bytes", Kind::Number),
    ("limits.max-connections", Kind::Number),
    ("limits.max-counters", Kind::Number),
    ("limits.max-head-bytes", Kind::Number),
    ("limits.max-own-depth", Kind::Number),
    ("limits.max-streams", Kind::Number),
    ("limits.max-url-bytes", Kind::Number),
    ("listen", Kind::Text),
    ("log.format", Kind::Text),
    ("log.level", Kind::Text),
    ("log.requests", Kind::Flag),
    ("outgoing.allow", Kind::List),
    ("outgoing.body-timeout", Kind::Text),
    ("outgoing.certificates", Kind::Text),
    ("outgoing.connect-timeout", Kind::Text),
    ("outgoing.deny", Kind::List),
    ("outgoing.idle-timeout", Kind::Text),
    ("outgoing.max-connections", Kind::Number),
    ("scheme", Kind::Text),
    ("secrets", Kind::Text),
    ("threads", Kind::Number),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    listen: Option<std::net::SocketAddr>,
    threads: Option<usize>,
    hosts: Option<Vec<String>>,
    scheme: Option<Scheme>,
    secrets: Option<PathBuf>,
    limits: FileLimits,
    outgoing: FileOutgoing,
    log: FileLog,
    deployment: FileDeployment,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct FileLimits {
    max_connections: Option<usize>,
    max_head_bytes: Option<usize>,
    max_url_bytes: Option<usize>,
    max_body_bytes: Option<u64>,
    max_streams: Option<u32>,
    head_timeout: Option<Time>,
    body_timeout: Option<Time>,
    idle_timeout: Option<Time>,
    drain_timeout: Option<Time>,
    max_own_depth: Option<u8>,
    max_counters: Option<usize>,
    max_cache_bytes: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct FileOutgoing {
    connect_timeout: Option<Time>,
    idle_timeout: Option<Time>,
    body_timeout: Option<Time>,
    max_connections: Option<usize>,
    allow: Option<Vec<String>>,
    deny: Option<Vec<String>>,
    certificates: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct FileLog {
    format: Option<FileFormat>,
    level: Option<FileLevel>,
    requests: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct FileDeployment {
    service_id: Option<String>,
    service_name: Option<String>,
    gateway_id: Option<String>,
    instance_id: Option<String>,
    region: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FileFormat {
    Text,
    Json,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FileLevel {
    Verbose,
    Information,
    Error,
}

/// A length of time: `250ms`, `30s`, `5m`, `1h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Time(Duration);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_time(&text).map(Self).ok_or_else(|| D::Error::custom(format!("`{text}` is no time, such as `30s`")))
    }
}

fn parse_time(text: &str) -> Option<Duration> {
    let text = text.trim();
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(at)?;
    let number: u64 = number.parse().ok()?;
    let milliseconds = match unit.trim() {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    // No more than ten years, so that sums of times stay moments.
    let total = number.checked_mul(milliseconds).filter(|total| *total <= 315_360_000_000)?;
    Some(Duration::from_millis(total))
}

impl Settings {
    /// The settings of a file, if there is one, and of the environment.
    ///
    /// # Errors
    /// If the file cannot be read, or a setting is unknown or has a value that it cannot have.
    pub fn read(path: Option<&Path>) -> Result<Self, ConfigError> {
        let table = match path {
            None => toml::Table::new(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| ConfigError::Read { path: path.to_owned(), error })?;
                // Read as what it should be first, so that a message names the place in the file.
                let wrong = |error: toml::de::Error| ConfigError::File {
                    path: path.to_owned(),
                    message: error.to_string().trim_end().to_owned(),
                };
                toml::from_str::<File>(&text).map_err(wrong)?;
                toml::from_str(&text).map_err(wrong)?
            }
        };
        let environment = |name: &str| std::env::var(name).ok();
        Self::from_table(table, &environment)
    }

    fn from_table(mut table: toml::Table, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        for (setting, kind) in SETTINGS {
            let name = variable_of(setting);
            if let Some(text) = environment(&name) {
                let value = value_of(*kind, &text).ok_or_else(|| ConfigError::Value {
                    name: name.clone(),
                    message: format!("`{text}` is no value of this setting"),
                })?;
                let mut alone = toml::Table::new();
                insert(&mut alone, setting, value.clone());
                // Read alone first, so that a message names the variable.
                File::deserialize(alone).map_err(|error| ConfigError::Value {
                    name: name.clone(),
                    message: error.to_string().trim_end().to_owned(),
                })?;
                insert(&mut table, setting, value);
            }
        }
        let file = File::deserialize(table).map_err(|error| ConfigError::Value {
            name: "settings".to_owned(),
            message: error.to_string().trim_end().to_owned(),
        })?;
        file.settings()
    }
}

fn variable_of(setting: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    "TOLLGATE_".chars().chain(setting.chars().map(plain)).collect()
}

fn value_of(kind: Kind, text: &str) -> Option<toml::Value> {
    Some(match kind {
        Kind::Text => toml::Value::String(text.to_owned()),
        Kind::Number => toml::Value::Integer(text.trim().parse().ok()?),
        Kind::Flag => toml::Value::Boolean(text.trim().parse().ok()?),
        Kind::List => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            toml::Value::Array(items.map(|item| toml::Value::String(item.to_owned())).collect())
        }
    })
}

fn insert(table: &mut toml::Table, setting: &str, value: toml::Value) {
    match setting.split_once('.') {
        None => {
            table.insert(setting.to_owned(), value);
        }
        Some((section, name)) => {
            let section = table.entry(section.to_owned()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
            if let Some(section) = section.as_table_mut() {
                section.insert(name.to_owned(), value);
            }
        }
    }
}

impl File {
    fn settings(self) -> Result<Settings, ConfigError> {
        let default = Settings::default();
        Ok(Settings {
            listen: self.listen.unwrap_or(default.listen),
            threads: self.threads.unwrap_or(default.threads),
            hosts: self.hosts.unwrap_or_default(),
            scheme: self.scheme.unwrap_or(default.scheme),
            secrets: self.secrets,
            limits: self.limits.limits(default.limits),
            outgoing: self.outgoing.settings(default.outgoing)?,
            log: LogSettings {
                format: match self.log.format {
                    Some(FileFormat::Json) => LogFormat::Json,
                    Some(FileFormat::Text) | None => LogFormat::Text,
                },
                level: match self.log.level {
                    Some(FileLevel::Verbose) => Severity::Verbose,
                    Some(FileLevel::Error) => Severity::Error,
                    Some(FileLevel::Information) | None => default.log.level,
                },
                requests: self.log.requests.unwrap_or(default.log.requests),
            },
            deployment: DeploymentSettings {
                service_id: self.deployment.service_id,
                service_name: self.deployment.service_name,
                gateway_id: self.deployment.gateway_id,
                instance_id: self.deployment.instance_id,
                region: self.deployment.region,
            },
        })
    }
}

impl FileLimits {
    fn limits(self, default: Limits) -> Limits {
        let time = |time: Option<Time>, default: Duration| time.map_or(default, |time| time.0);
        Limits {
            max_connections: self.max_connections.unwrap_or(default.max_connections).max(1),
            max_head_bytes: self.max_head_bytes.unwrap_or(default.max_head_bytes),
            max_url_bytes: self.max_url_bytes.unwrap_or(default.max_url_bytes),
            max_body_bytes: self.max_body_bytes.unwrap_or(default.max_body_bytes),
            max_streams: self.max_streams.unwrap_or(default.max_streams).max(1),
            head_timeout: time(self.head_timeout, default.head_timeout),
            body_timeout: time(self.body_timeout, default.body_timeout),
            idle_timeout: time(self.idle_timeout, default.idle_timeout),
            drain_timeout: time(self.drain_timeout, default.drain_timeout),
            max_own_depth: self.max_own_depth.unwrap_or(default.max_own_depth),
            max_counters: self.max_counters.unwrap_or(default.max_counters),
            max_cache_bytes: self.max_cache_bytes.unwrap_or(default.max_cache_bytes),
        }
    }
}

impl FileOutgoing {
    fn settings(self, default: OutgoingSettings) -> Result<OutgoingSettings, ConfigError> {
        let time = |time: Option<Time>, default: Duration| time.map_or(default, |time| time.0);
        let egress = match (self.allow, self.deny) {
            (None, None) => default.egress,
            (allow, deny) => {
                let allow = rules(&allow.unwrap_or_default())?;
                Arc::new(Egress::new(allow, deny.map(|deny| rules(&deny)).transpose()?))
            }
        };
        let trust = match self.certificates {
            None => default.trust,
            Some(path) => {
                let pem = std::fs::read(&path).map_err(|error| ConfigError::Read { path: path.clone(), error })?;
                Arc::new(Trust::with_pem(&pem).map_err(|message| ConfigError::File { path, message })?)
            }
        };
        Ok(OutgoingSettings {
            connect_timeout: time(self.connect_timeout, default.connect_timeout),
            idle_timeout: time(self.idle_timeout, default.idle_timeout),
            body_timeout: time(self.body_timeout, default.body_timeout),
            max_connections: self.max_connections.unwrap_or(default.max_connections).max(1),
            egress,
            trust,
        })
    }
}

/// The names of all settings with the variables that set them, sorted.
#[must_use]
pub fn names() -> BTreeMap<&'static str, String> {
    SETTINGS.iter().map(|(setting, _)| (*setting, variable_of(setting))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, environment: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let find = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
        Settings::from_table(toml::from_str(text).unwrap(), &find)
    }

    #[test]
    fn the_environment_has_the_word_over_the_file() {
        let text = "listen = '0.0.0.0:80'\nhosts = ['a']\n[limits]\nhead-timeout = '5s'\nmax-connections = 7";
        let environment =
            [("TOLLGATE_LIMITS_MAX_CONNECTIONS", "9"), ("TOLLGATE_HOSTS", "b, c"), ("TOLLGATE_LOG_REQUESTS", "true")];
        let settings = read(text, &environment).unwrap();
        assert_eq!(settings.listen.to_string(), "0.0.0.0:80");
        assert_eq!(settings.hosts, ["b", "c"]);
        assert_eq!((settings.limits.max_connections, settings.limits.head_timeout), (9, Duration::from_secs(5)));
        assert!(settings.log.requests);
        assert_eq!(settings.limits.max_body_bytes, Limits::default().max_body_bytes);
    }

    #[test]
    fn every_setting_of_the_table_is_one_of_the_file() {
        let value = |setting: &str, kind: Kind| match (setting, kind) {
            ("listen", _) => "127.0.0.1:1",
            ("scheme", _) => "https",
            ("log.format", _) => "json",
            ("log.level", _) => "error",
            ("outgoing.allow" | "outgoing.deny", _) => "10.0.0.0/8",
            ("outgoing.certificates", _) => "",
            (_, Kind::Number | Kind::Text) if setting.ends_with("timeout") => "3s",
            (_, Kind::Number) => "3",
            (_, Kind::Flag) => "true",
            _ => "x",
        };
        for (setting, kind) in SETTINGS.iter().filter(|(setting, _)| *setting != "outgoing.certificates") {
            let name = variable_of(setting);
            let read = read("", &[(&name, value(setting, *kind))]);
            assert!(read.is_ok(), "{setting}: {:?}", read.err());
        }
        assert!(SETTINGS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (environment, expected) in [
            (("TOLLGATE_THREADS", "many"), "TOLLGATE_THREADS: `many` is no value"),
            (("TOLLGATE_LISTEN", "here"), "TOLLGATE_LISTEN: "),
            (("TOLLGATE_LIMITS_HEAD_TIMEOUT", "5"), "TOLLGATE_LIMITS_HEAD_TIMEOUT: `5` is no time"),
            (("TOLLGATE_OUTGOING_ALLOW", "http://x"), "`http://x` is neither"),
        ] {
            let message = read("", &[environment]).unwrap_err().to_string();
            assert!(message.starts_with(expected), "{message}");
        }
        let message = read("limit = 3", &[]).unwrap_err().to_string();
        assert!(message.contains("unknown field `limit`"), "{message}");
    }

    #[test]
    fn times_have_units() {
        for (text, milliseconds) in [("250ms", 250), ("30s", 30_000), ("5 m", 300_000), ("1h", 3_600_000)] {
            assert_eq!(parse_time(text), Some(Duration::from_millis(milliseconds)), "{text}");
        }
        for bad in ["", "5", "s", "-1s", "5d", "99999999999999999999s", "9999999999h"] {
            assert_eq!(parse_time(bad), None, "{bad}");
        }
    }
}
